"""What judges' points come to. Plain values in and out, no Django.

Judges differ in two ways: some give more than others, some spread their points further. Where all
have judged all, the first makes no difference; where somebody kept out of an entry of their own
school, it does. So two things are done, and both are shown to whoever decides:

1. Spread. Each judge's points are drawn nearer to, or further from, their own middle until they
   spread as far as the panel's do on average, but never by more than LARGEST_STRETCH.
2. Leaning. Each point is taken as what the entry is worth plus how the judge leans, fitted by
   least squares; the lean is taken off. An entry seen by the two hardest judges loses nothing.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

FEWEST_TO_STRETCH = 3  # points of a judge, below which their spread says nothing
LARGEST_STRETCH = 2.0
ROUNDS, NEAR_ENOUGH = 1_000, 1e-10
DECIMALS = 2  # two entries closer than this share a place


@dataclass(frozen=True, slots=True)
class Given:
    """What one judge gave one entry in all."""

    judge: int
    entry: int
    points: float


@dataclass(frozen=True, slots=True)
class Hand:
    """How one judge gives points: `lean` above the rest of the panel, `stretch` their spread is
    multiplied by, and their own middle."""

    judge: int
    count: int
    middle: float
    spread: float
    stretch: float
    lean: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands. `plain` is the mean of what was given, `fair` what is ranked by."""

    entry: int
    judges: int
    plain: float
    fair: float
    place: int
    is_tied: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    standings: tuple[Standing, ...]
    hands: tuple[Hand, ...]


def outcome(given: Iterable[Given]) -> Outcome:
    """Entries from best to worst, those with equal points sharing a place; and each judge's hand.

    An entry nobody judged is not in it.
    """
    points = list(given)
    if not points:
        return Outcome((), ())
    by_judge = _by(points, "judge")
    typical = math.sqrt(fmean(pstdev(_values(own)) ** 2 for own in by_judge.values()))
    stretches = {judge: _stretch(_values(own), typical) for judge, own in by_judge.items()}
    stretched = [_stretched(one, by_judge[one.judge], stretches[one.judge]) for one in points]
    worth, leans = _fit(stretched)
    hands = tuple(
        Hand(
            judge=judge,
            count=len(own),
            middle=fmean(_values(own)),
            spread=pstdev(_values(own)),
            stretch=stretches[judge],
            lean=leans[judge],
        )
        for judge, own in sorted(by_judge.items())
    )
    return Outcome(_in_order(worth, _by(points, "entry")), hands)


def _by(points: Iterable[Given], name: str) -> dict[int, list[Given]]:
    found: dict[int, list[Given]] = defaultdict(list)
    for one in points:
        found[getattr(one, name)].append(one)
    return found


def _values(points: Iterable[Given]) -> list[float]:
    return [one.points for one in points]


def _stretch(own: Sequence[float], typical: float) -> float:
    spread = pstdev(own)
    if len(own) < FEWEST_TO_STRETCH or spread == 0 or typical == 0:
        return 1.0
    return min(max(typical / spread, 1 / LARGEST_STRETCH), LARGEST_STRETCH)


def _stretched(one: Given, own: Sequence[Given], stretch: float) -> Given:
    middle = fmean(_values(own))
    return Given(one.judge, one.entry, middle + (one.points - middle) * stretch)


def _fit(points: Sequence[Given]) -> tuple[dict[int, float], dict[int, float]]:
    """Worth of each entry and lean of each judge: least squares, one side after the other.

    Leans of judges who share entries, however indirectly, come to nought together.
    """
    entries, judges = _by(points, "entry"), _by(points, "judge")
    leans = dict.fromkeys(judges, 0.0)
    worth = _worth(entries, leans)
    for _ in range(ROUNDS):
        newer = {
            judge: fmean(one.points - worth[one.entry] for one in own)
            for judge, own in judges.items()
        }
        moved = max(abs(newer[judge] - leans[judge]) for judge in judges)
        leans, worth = newer, _worth(entries, newer)
        if moved < NEAR_ENOUGH:
            break
    return worth, leans


def _worth(entries: Mapping[int, list[Given]], leans: Mapping[int, float]) -> dict[int, float]:
    return {
        entry: fmean(one.points - leans[one.judge] for one in own) for entry, own in entries.items()
    }


def _in_order(worth: Mapping[int, float], given: Mapping[int, list[Given]]) -> tuple[Standing, ...]:
    rounded = {entry: round(value, DECIMALS) for entry, value in worth.items()}
    in_order = sorted(rounded, key=lambda entry: (-rounded[entry], entry))
    values = list(rounded.values())
    return tuple(
        Standing(
            entry=entry,
            judges=len(given[entry]),
            plain=fmean(_values(given[entry])),
            fair=rounded[entry],
            place=1 + sum(value > rounded[entry] for value in values),
            is_tied=values.count(rounded[entry]) > 1,
        )
        for entry in in_order
    )
