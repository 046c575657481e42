"""Which roles fit a set of answers. Plain values in and out; no Django, no database.

A fit is the weighted sum of three parts, each at most 1:

- interests: Pearson's correlation between the reader's six interests, held against fixed norms,
  and the role's, standardised over all roles. Raw values make nearly all technicians alike.
- subjects: the cosine between the subjects picked and those of the role.
- tags: the share of the switches set that the role agrees with; one that is both agrees in part.

A part the reader said nothing about counts for nobody. Weights, norms and bands are data: see
`version.py`. Neither the order of roles nor of cards has a part in the result.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchside.careers.quiz.answers import Answers, Reading, direction, key
from benchside.careers.quiz.reasons import SAME, Reason, reasons
from benchside.careers.quiz.version import INTERESTS, Band, Version

__all__ = ["Answers", "Matcher", "Pick", "Reason", "Result", "RoleProfile", "interest_code"]

BOTH = "both"  # a role's tag that is neither end of a switch
FIRST_LOOK = 64  # roles put in order at first; all, if those are too few
SCATTER = 0x9E3779B97F4A7C15  # odd: no two keys fall together
MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """What a role is matched by: six interests from 1 to 7, slugs, and a value for each switch."""

    slug: str
    sector: str
    interests: tuple[float, ...]
    subjects: frozenset[str]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pick:
    """A role to show. `reasons` are the answers that counted most, and may be none."""

    slug: str
    sector: str
    fit: float
    band: Band
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """`picks` fit best; `others` are worth a look and from sectors the picks have not."""

    version: str
    answers: Answers
    picks: tuple[Pick, ...]
    others: tuple[Pick, ...]


# 6 directions, subjects as bits, 1 / root of their number, index of the tags
Row = tuple[float, float, float, float, float, float, int, float, int]


class Matcher:
    """All roles, ready to be asked. The same roles and answers give the same result."""

    def __init__(self, profiles: Iterable[RoleProfile], version: Version) -> None:
        self.version = version
        self.profiles = tuple(profiles)
        self._keys = [key(profile.slug) for profile in self.profiles]
        self._bits = {slug: 1 << place for place, slug in enumerate(sorted(version.subjects))}
        self._kinds: list[tuple[str, ...]] = []  # each combination of tags once
        self._rows = self._prepare()

    def match(self, answers: Answers) -> Result:
        """Six picks and two others, fewer only where there are not so many roles or sectors."""
        reading = Reading(answers, self.version)
        fits = self._fits(reading)
        picks, others = self._chosen(fits, reading)
        return Result(
            self.version.name,
            answers,
            tuple(self._pick(place, fits[place], reading) for place in picks),
            tuple(self._pick(place, fits[place], reading) for place in others),
        )

    def places(self, answers: Answers) -> tuple[list[int], list[int]]:
        """Of picks and others in `profiles`, without reasons: for studies of many readers."""
        reading = Reading(answers, self.version)
        return self._chosen(self._fits(reading), reading)

    # --- the sum --------------------------------------------------------------------------------
    def _prepare(self) -> list[Row]:
        kinds: dict[tuple[str, ...], int] = {}
        rows: list[Row] = []
        for profile, standard in zip(self.profiles, standardised(self.profiles), strict=True):
            bits = sum(self._bits.get(slug, 0) for slug in profile.subjects)
            root = 1 / math.sqrt(len(profile.subjects)) if profile.subjects else 0.0
            kind = tuple(profile.tags[switch.name] for switch in self.version.switches)
            a, b, c, d, e, f = direction(standard)
            rows.append((a, b, c, d, e, f, bits, root, kinds.setdefault(kind, len(kinds))))
        self._kinds = list(kinds)
        return rows

    def _fits(self, reading: Reading) -> list[float]:
        """One a role, in the order of `profiles`: at most 1, whatever was left open."""
        weights, answers = reading.weights, reading.answers
        a, b, c, d, e, f = (weights["interests"] * part for part in reading.direction)
        picked = sum(self._bits[slug] for slug in answers.subjects)
        each = reading.each
        shares = [weights["tags"] * self._share(kind, answers.switches) for kind in self._kinds]
        return [
            a * r + b * i + c * t + d * s + e * n + f * v
            + each * root * (bits & picked).bit_count()
            + shares[kind]
            for r, i, t, s, n, v, bits, root, kind in self._rows
        ]  # fmt: skip

    def _share(self, kind: Sequence[str], switches: Mapping[str, str]) -> float:
        if not switches:
            return 0.0
        tags = {one.name: tag for one, tag in zip(self.version.switches, kind, strict=True)}
        agreed = [
            1.0 if tags[name] == value else self.version.both_counts if tags[name] == BOTH else 0.0
            for name, value in switches.items()
        ]
        return math.fsum(agreed) / len(agreed)

    # --- the choice -----------------------------------------------------------------------------
    def _chosen(self, fits: Sequence[float], reading: Reading) -> tuple[list[int], list[int]]:
        """Places of picks and others. A few are put in order first, then all if need be."""
        is_sample = reading.answers.say_nothing
        most = 1 if is_sample else self.version.of_a_sector
        for count in (FIRST_LOOK, len(fits)):
            best = self._sample if is_sample else self._best
            picks, others = self._taken(best(fits, count, reading.key), most)
            if len(picks) == self.version.picks and len(others) == self.version.others:
                break
        return picks, others

    def _taken(self, best: Iterable[int], most: int) -> tuple[list[int], list[int]]:
        picks: list[int] = []
        taken: Counter[str] = Counter()
        left: dict[str, int] = {}  # the best role of each sector that is not among the picks
        for place in best:
            sector = self.profiles[place].sector
            if len(picks) < self.version.picks and taken[sector] < most:
                picks.append(place)
                taken[sector] += 1
            else:
                left.setdefault(sector, place)
        others = [place for sector, place in left.items() if not taken[sector]]
        return picks, others[: self.version.others]

    def _best(self, fits: Sequence[float], count: int, reader: int) -> list[int]:
        """Places of the best fits and all equal to the last of them, best first.

        Of equals, the order is scattered by who asks, so that no role always comes last.
        """
        lowest = heapq.nlargest(count, fits)[-1] if count < len(fits) else -math.inf
        least = lowest - 10**-SAME
        ranked = sorted(
            (-round(fit, SAME), self._scatter(place, reader), place)
            for place, fit in enumerate(fits)
            if fit >= least
        )
        return [place for _, _, place in ranked]

    def _sample(self, fits: Sequence[float], count: int, reader: int) -> list[int]:
        """Where all are equal there is no need to put them all in order."""
        return heapq.nsmallest(
            count, range(len(fits)), key=lambda place: self._scatter(place, reader)
        )

    def _scatter(self, place: int, reader: int) -> int:
        return (self._keys[place] ^ reader) * SCATTER & MASK

    def _pick(self, place: int, fit: float, reading: Reading) -> Pick:
        profile, fit = self.profiles[place], round(fit, SAME)
        bands, says_nothing = self.version.bands, reading.answers.say_nothing
        return Pick(
            slug=profile.slug,
            sector=profile.sector,
            fit=fit,
            band=bands[-1] if says_nothing else self.version.band_of(fit),
            reasons=reasons(reading, profile, self._rows[place][: len(INTERESTS)]),
        )


def interest_code(interests: Sequence[float], most: int = 3) -> tuple[str, ...]:
    """The strongest interests, strongest first; of equals the earlier in INTERESTS."""
    order = sorted(range(len(INTERESTS)), key=lambda place: (-interests[place], place))
    return tuple(INTERESTS[place] for place in order[:most])


def standardised(profiles: Sequence[RoleProfile]) -> list[tuple[float, ...]]:
    """Interests with mean 0 and standard deviation 1 over these roles, type by type."""
    columns = list(zip(*(profile.interests for profile in profiles), strict=True))
    means = [math.fsum(column) / len(column) for column in columns]
    spreads = [
        math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column)) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    return [
        tuple(
            (value - mean) / spread
            for value, mean, spread in zip(profile.interests, means, spreads, strict=True)
        )
        for profile in profiles
    ]
