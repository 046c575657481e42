"""Whether the quiz is fair and steady: many readers by chance, and each role answering as itself.

Readers by chance are no pupils. They show what the sum does by itself: which roles it can reach,
how evenly, and how little it leans on one release of the data. Plain values; no Django here.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from benchside.careers.quiz.answers import Answers
from benchside.careers.quiz.matching import BOTH, Matcher, RoleProfile, interest_code, standardised
from benchside.careers.quiz.version import EACH, INTERESTS, Version

READERS = 10_000
SEED = 2026
SKIPPED = 0.05  # of cards, by a reader by chance
SET = 2 / 3  # of switches


@dataclass(frozen=True)
class Exposure:
    """How often each role was among the picks of so many readers. `short` had fewer than six."""

    readers: int
    shown: Mapping[str, int]
    short: int

    @property
    def never(self) -> list[str]:
        return sorted(slug for slug, times in self.shown.items() if not times)

    @property
    def gini(self) -> float:
        """0 where every role is shown as often, near 1 where one takes all places."""
        times = sorted(self.shown.values())
        weighted = sum((2 * rank - len(times) + 1) * one for rank, one in enumerate(times))
        return weighted / (len(times) * sum(times))

    def share_of_commonest(self, count: int = 10) -> float:
        most = sorted(self.shown.values(), reverse=True)[:count]
        return sum(most) / sum(self.shown.values())


@dataclass(frozen=True)
class Agreement:
    """Two ways of asking the same, for so many readers: how many saw the very same six, and how
    many the same role first."""

    readers: int
    same: int
    same_first: int
    places_shared: float  # of six, on average


def by_chance(version: Version, readers: int = READERS, seed: int = SEED) -> Iterator[Answers]:
    """Readers who answer by an even die, skip a card now and then, and leave a switch open."""
    dice = random.Random(seed)  # noqa: S311 - the same readers each time, no secret
    subjects = list(version.subjects)
    for _ in range(readers):
        yield Answers(
            version.name,
            {one.slug: dice.randrange(3) for one in version.cards if dice.random() >= SKIPPED},
            tuple(dice.sample(subjects, dice.randrange(version.subjects_at_most + 1))),
            {
                one.name: dice.choice(one.options).value
                for one in version.switches
                if dice.random() < SET
            },
        )


def exposure(matcher: Matcher, readers: int = READERS, seed: int = SEED) -> Exposure:
    shown = Counter({profile.slug: 0 for profile in matcher.profiles})
    short = 0
    for answers in by_chance(matcher.version, readers, seed):
        picks, _ = matcher.places(answers)
        short += len(picks) < matcher.version.picks
        shown.update(matcher.profiles[place].slug for place in picks)
    return Exposure(readers, shown, short)


def agreement(one: Matcher, other: Matcher, readers: int = READERS, seed: int = SEED) -> Agreement:
    same = first = shared = 0
    for answers in by_chance(one.version, readers, seed):
        ours = [one.profiles[place].slug for place in one.places(answers)[0]]
        theirs = [other.profiles[place].slug for place in other.places(answers)[0]]
        same += set(ours) == set(theirs)
        first += ours[0] == theirs[0]
        shared += len(set(ours) & set(theirs))
    return Agreement(readers, same, first, shared / readers)


# --- each role answering as itself ----------------------------------------------------------------
def missed(matcher: Matcher) -> list[str]:
    """Roles that are not among the six when their own profile answers."""
    found = []
    for profile, standard in zip(matcher.profiles, standardised(matcher.profiles), strict=True):
        answers = as_itself(profile, standard, matcher)
        picks, _ = matcher.places(answers)
        if profile.slug not in {matcher.profiles[place].slug for place in picks}:
            found.append(profile.slug)
    return found


def as_itself(profile: RoleProfile, standard: Sequence[float], matcher: Matcher) -> Answers:
    """What a role would answer: its interests as so many points of ten for each type, its
    three rarest subjects, and every switch it is not both of."""
    version = matcher.version
    cards: dict[str, int] = {}
    for name, value in zip(INTERESTS, standard, strict=True):
        norm = version.norms[name]
        points = min(2 * EACH, max(0, round(EACH * (norm.mean + norm.spread * value))))
        of_type = [card.slug for card in version.cards if card.type == name]
        cards |= {slug: (points + place) // EACH for place, slug in enumerate(of_type)}
    uses = Counter(slug for one in matcher.profiles for slug in one.subjects)
    subjects = sorted(profile.subjects, key=lambda slug: (uses[slug], slug))
    switches = {name: tag for name, tag in profile.tags.items() if tag != BOTH}
    known = tuple(slug for slug in subjects if slug in version.subjects)
    return Answers(version.name, cards, known[: version.subjects_at_most], switches)


# --- against O*NET --------------------------------------------------------------------------------
def agrees(interests: Sequence[float], published: Sequence[int]) -> bool:
    """Whether our order of interests begins as O*NET's high-points do (1 to 6, 0 for none)."""
    wanted = tuple(INTERESTS[place - 1] for place in published if place)
    return interest_code(interests)[: len(wanted)] == wanted


def with_values(
    profiles: Sequence[RoleProfile], values: Mapping[str, Sequence[float]]
) -> list[RoleProfile]:
    """The same roles with other interests, by slug."""
    return [replace(one, interests=tuple(values[one.slug])) for one in profiles]
