"""One version of the quiz: its cards, subjects, switches, weights, norms and bands.

The files of `versions/` are dated data and are never changed once used, so that a code printed
last year still says what it said. Plain values; no Django here.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "versions"
INTERESTS = ("realistic", "investigative", "artistic", "social", "enterprising", "conventional")
EACH = 5  # cards of a type
ANSWERS = {"yes": 2, "not-sure": 1, "no": 0}
PARTS = ("interests", "subjects", "tags")


class BrokenVersion(ValueError):  # noqa: N818 - said to whoever edits the file
    """A version's file that cannot be used; the message names the file, the place, the remedy."""


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """One activity. `asks` completes "Would you like to", `because` completes "You like"."""

    slug: str
    type: str
    asks: str
    because: str
    near: frozenset[str]
    drawing: Mapping[str, Any]
    alt: str


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Switch:
    """A choice between two; it may be left open. `name` is the tag of a role it is held against."""

    name: str
    question: str
    options: tuple[Option, ...]

    def option(self, value: str) -> Option:
        return next(one for one in self.options if one.value == value)


@dataclass(frozen=True, slots=True)
class Band:
    name: str
    pips: int
    at_least: float


@dataclass(frozen=True, slots=True)
class Norm:
    """Mean and standard deviation of the mean answer (0 to 2) to a type's cards."""

    mean: float
    spread: float


@dataclass(frozen=True)
class Version:
    name: str
    mark: str
    released: date
    subjects_at_most: int
    weights: Mapping[str, float]
    norms: Mapping[str, Norm]
    both_counts: float
    picks: int
    of_a_sector: int
    others: int
    bands: tuple[Band, ...]
    switches: tuple[Switch, ...]
    subjects: Mapping[str, str]
    cards: tuple[Card, ...]

    @cached_property
    def by_slug(self) -> Mapping[str, Card]:
        return {card.slug: card for card in self.cards}

    @cached_property
    def by_switch(self) -> Mapping[str, Switch]:
        return {switch.name: switch for switch in self.switches}

    def band_of(self, fit: float) -> Band:
        return next((band for band in self.bands if fit >= band.at_least), self.bands[-1])


@cache
def all_versions() -> tuple[Version, ...]:
    """Every version there is, oldest first. Raises BrokenVersion."""
    found = [read_version(path) for path in sorted(FOLDER.glob("*.toml"))]
    marks = [version.mark for version in found]
    if len(set(marks)) != len(marks):
        raise BrokenVersion(f"Two versions have one mark, of {marks}: give the newer another")
    return tuple(sorted(found, key=lambda version: (version.released, version.name)))


def current() -> Version:
    """The version that is asked today."""
    return all_versions()[-1]


def find(name: str) -> Version | None:
    return next((version for version in all_versions() if version.name == name), None)


def read_version(path: Path) -> Version:
    """Read and check one file. Raises BrokenVersion."""
    try:
        version = _built(tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise BrokenVersion(f"{path.name} cannot be read: {problem!r}") from problem
    faults = list(_faults(version))
    if path.stem != version.name:
        faults.insert(0, f'the file is called {path.stem} but its name is "{version.name}"')
    if faults:
        raise BrokenVersion(f"{path.name}: {'; '.join(faults)}")
    return version


def _built(data: Mapping[str, Any]) -> Version:
    return Version(
        name=data["name"],
        mark=data["mark"],
        released=data["released"],
        subjects_at_most=data["subjects_at_most"],
        weights=data["weights"],
        norms={name: Norm(**data["norms"][name]) for name in INTERESTS},
        both_counts=data["both_counts"],
        **data["places"],
        bands=tuple(Band(**band) for band in data["bands"]),
        switches=tuple(
            Switch(one["name"], one["question"], tuple(Option(**o) for o in one["options"]))
            for one in data["switches"]
        ),
        subjects=data["subjects"],
        cards=tuple(Card(**{**card, "near": frozenset(card["near"])}) for card in data["cards"]),
    )


def _faults(version: Version) -> list[str]:
    found = []
    for name in INTERESTS:
        count = sum(card.type == name for card in version.cards)
        if count != EACH:
            found.append(f"{name} has {count} cards: write {EACH}")
        if version.norms[name].spread <= 0:
            found.append(f"the spread of {name} is not above 0")
    if len(version.by_slug) != EACH * len(INTERESTS):
        found.append("two cards have one slug, or a card has a type there is not")
    if set(version.weights) != set(PARTS) or abs(sum(version.weights.values()) - 1) > 1e-9:
        found.append(f"the weights of {', '.join(PARTS)} do not add up to 1")
    if not 0 <= version.both_counts <= 1:
        found.append("both_counts is not from 0 to 1")
    starts = [band.at_least for band in version.bands]
    if starts != sorted(starts, reverse=True):
        found.append("the bands are not best first")
    return found
