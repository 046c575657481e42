"""The quiz on paper: cards with boxes, a sum for six letters, and roles for each pair of letters.

By hand there is no correlation to work out, so the sheet keeps the part of the quiz that can be
done in a lesson: five cards a letter, two points for yes and one for not sure, the two letters
with most. Roles of a pair are those that the quiz itself puts first for somebody who says yes to
just these two kinds of thing. Plain values in and out; no Django here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from benchside.careers.quiz.answers import Answers
from benchside.careers.quiz.matching import Matcher, RoleProfile
from benchside.careers.quiz.version import ANSWERS, INTERESTS, Version

ROLES_A_PAIR = 4
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
        pairs=_pairs(version, profiles),
    )


def _letter(version: Version, interest: str) -> Letter:
    numbers = (place for place, card in enumerate(version.cards, 1) if card.type == interest)
    letter, name = KINDS[interest]
    return Letter(letter, name, tuple(numbers))


def _pairs(
    version: Version, profiles: Sequence[RoleProfile]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """All fifteen pairs, whichever of the two letters comes first."""
    matcher = Matcher(profiles, version)
    found = []
    for pair in combinations(INTERESTS, 2):
        cards = {card.slug: ANSWERS["yes" if card.type in pair else "no"] for card in version.cards}
        picks = matcher.match(Answers(version.name, cards)).picks
        letters = " ".join(KINDS[interest][0] for interest in pair)
        found.append((letters, tuple(pick.slug for pick in picks[:ROLES_A_PAIR])))
    return tuple(found)
