"""Which roles are like this one, and why. Plain values in and out.

Likeness is a weighted sum of shares from 0 to 1: how alike the six interests are, and how much
of kit, skills, subjects and sector two roles share. The interests are standardised over all
roles first: most technicians are realistic and investigative, so raw values make all alike.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_OF_A_SECTOR = 2
WEIGHTS = {"interests": 0.3, "kit": 0.25, "skills": 0.25, "subjects": 0.1, "sector": 0.1}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a role is compared by. `interests` are six values from 1 to 7; the rest are slugs."""

    number: int
    interests: tuple[float, ...]
    kit: frozenset[str]
    skills: frozenset[str]
    subjects: frozenset[str]
    sector: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """`shared` names what says most: ("kit", "multimeter"), or ("interests", "")."""

    number: int
    score: float
    shared: tuple[str, str]


class Neighbours:
    """All roles, ready to be asked who is near whom. The same roles give the same answers."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.profiles = sorted(profiles, key=lambda one: one.number)
        columns = list(zip(*(one.interests for one in self.profiles), strict=True))
        self._means = [math.fsum(column) / len(column) for column in columns]
        self._spreads = [
            math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column)) or 1.0
            for column, mean in zip(columns, self._means, strict=True)
        ]
        self._vectors = {one.number: self._standard(one.interests) for one in self.profiles}
        self._uses = {
            name: Counter(slug for one in self.profiles for slug in getattr(one, name))
            for name in ("kit", "skills", "subjects")
        }

    def of(self, profile: Profile, count: int = 4) -> list[Likeness]:
        """The nearest, best first; of one sector at most MOST_OF_A_SECTOR."""
        vector = self._standard(profile.interests)
        found = [
            Likeness(
                other.number, self._score(profile, vector, other), self._shared(profile, other)
            )
            for other in self.profiles
            if other.number != profile.number
        ]
        found.sort(key=lambda one: (-one.score, one.number))
        return self._spread(found, count)

    def _spread(self, found: Sequence[Likeness], count: int) -> list[Likeness]:
        sectors = {one.number: one.sector for one in self.profiles}
        taken: Counter[str] = Counter()
        chosen = []
        for one in found:
            if taken[sectors[one.number]] < MOST_OF_A_SECTOR:
                taken[sectors[one.number]] += 1
                chosen.append(one)
        return chosen[:count]

    def _score(self, one: Profile, vector: tuple[float, ...], other: Profile) -> float:
        parts = {
            "interests": (1 + cosine(vector, self._vectors[other.number])) / 2,
            "kit": jaccard(one.kit, other.kit),
            "skills": jaccard(one.skills, other.skills),
            "subjects": jaccard(one.subjects, other.subjects),
            "sector": float(one.sector == other.sector),
        }
        return round(sum(WEIGHTS[name] * part for name, part in parts.items()), 9)

    def _shared(self, one: Profile, other: Profile) -> tuple[str, str]:
        """Kit says most, then skills, then subjects; of each the one fewest roles share."""
        for name, uses in self._uses.items():
            both = getattr(one, name) & getattr(other, name)
            if both:
                return name, min(both, key=lambda slug: (uses[slug], slug))
        return ("sector", one.sector) if one.sector == other.sector else ("interests", "")

    def _standard(self, interests: Sequence[float]) -> tuple[float, ...]:
        return tuple(
            (value - mean) / spread
            for value, mean, spread in zip(interests, self._means, self._spreads, strict=True)
        )


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Of the angle between two vectors, -1 to 1; 0 where one has no direction."""
    length = math.hypot(*one) * math.hypot(*other)
    return math.fsum(a * b for a, b in zip(one, other, strict=True)) / length if length else 0.0


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """What two sets share of what they hold together."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0
