"""The quiz on paper: cards with boxes, a sum for six letters, and roles for each pair of letters.

By hand there is no correlation to work out, so the sheet keeps the part of the quiz that can be
done in a lesson: five cards a letter, two points for yes and one for not sure, the two letters
with most. Roles of a pair are those that the quiz itself would put first for somebody who likes
just these two kinds of thing. Plain values in and out; no Django here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from benchside.careers.quiz.matching import RoleProfile, direction, standardised
from benchside.careers.quiz.version import INTERESTS, Version

ROLES_A_PAIR = 4
OF_A_SECTOR = 2
COLUMNS = 2
KINDS = {
    "realistic": ("R", "Making and mending"),
    "investigative": ("I", "Finding out"),
    "artistic": ("A", "Creating"),
    "social": ("S", "Helping"),
    "enterprising": ("E", "Leading"),
    "conventional": ("C", "Keeping order"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A card on paper. `asks` completes "Would you like to"."""

    number: int
    asks: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the sum: the letter, what it stands for, the numbers of its cards."""

    letter: str
    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` of `Line`; `letters`; `pairs`: ("R I", slugs of roles), best first."""

    version: Version
    columns: tuple[tuple[Line, ...], ...]
    letters: tuple[Letter, ...]
    pairs: tuple[tuple[str, tuple[str, ...]], ...]


def sheet(version: Version, profiles: Sequence[RoleProfile]) -> Sheet:
    lines = [Line(number, card.asks) for number, card in enumerate(version.cards, 1)]
    half = -(-len(lines) // COLUMNS)
    return Sheet(
        version=version,
        columns=tuple(tuple(lines[at : at + half]) for at in range(0, len(lines), half)),
        letters=tuple(_letter(version, interest) for interest in INTERESTS),
        pairs=_pairs(profiles),
    )


def _letter(version: Version, interest: str) -> Letter:
    numbers = (place for place, card in enumerate(version.cards, 1) if card.type == interest)
    letter, name = KINDS[interest]
    return Letter(letter, name, tuple(numbers))


def _pairs(profiles: Sequence[RoleProfile]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """All fifteen pairs, whichever of the two letters comes first."""
    directions = [direction(standard) for standard in standardised(profiles)]
    pairs = []
    for one, other in combinations(range(len(INTERESTS)), 2):
        fits = [
            (parts[one] + parts[other], who)
            for parts, who in zip(directions, profiles, strict=True)
        ]
        name = " ".join(KINDS[INTERESTS[place]][0] for place in (one, other))
        pairs.append((name, _best(fits)))
    return tuple(pairs)


def _best(fits: Sequence[tuple[float, RoleProfile]]) -> tuple[str, ...]:
    """The best few, at most two of a sector; of equals, by name."""
    taken: Counter[str] = Counter()
    chosen = []
    for _, profile in sorted(fits, key=lambda fit: (-round(fit[0], 9), fit[1].slug)):
        if taken[profile.sector] < OF_A_SECTOR and len(chosen) < ROLES_A_PAIR:
            taken[profile.sector] += 1
            chosen.append(profile.slug)
    return tuple(chosen)
