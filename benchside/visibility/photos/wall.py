"""What an address asks of the wall, and a place on it: plain values, no database.

The wall is read from a place, not by number of page: the newest first, and from any place the
next so many older or newer. So the hundredth page costs what the first does, and a picture that
comes meanwhile pushes nothing over the edge.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

LONGEST = 120
FILTERS = ("school", "trade", "year", "campaign")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
FURTHEST = 2**62  # microseconds and numbers beyond are nobody's


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a picture hangs: when it was approved, and its number where two were at one moment."""

    at: datetime
    number: int

    def __str__(self) -> str:
        return f"{_micro(self.at):x}-{self.number:x}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """None for what is no place."""
        at, _, number = text.partition("-")
        try:
            micro, count = int(at, 16), int(number, 16)
        except ValueError:
            return None
        if not (0 <= micro < FURTHEST and 0 <= count < FURTHEST):
            return None
        try:
            return cls(EPOCH + timedelta(microseconds=micro), count)
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """As typed in the address: slugs, a year, and from where to read on, older or newer."""

    school: str = ""
    trade: str = ""
    year: str = ""
    campaign: str = ""
    older: Place | None = None
    newer: Place | None = None

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    def without(self, name: str) -> "Asked":
        return replace(self.at_the_top, **{name: ""})  # type: ignore[arg-type]

    @property
    def at_the_top(self) -> "Asked":
        return replace(self, older=None, newer=None)

    def older_than(self, place: Place) -> "Asked":
        return replace(self, older=place, newer=None)

    def newer_than(self, place: Place) -> "Asked":
        return replace(self, older=None, newer=place)

    @property
    def query_string(self) -> str:
        """With the question mark, or nothing."""
        said = dict(self.chosen)
        if self.older:
            said["older"] = str(self.older)
        elif self.newer:
            said["newer"] = str(self.newer)
        return f"?{urlencode(said)}" if said else ""


def read(given: Mapping[str, str]) -> Asked:
    """Any address asks something; what cannot be used is left out by whoever looks it up."""
    older = Place.read(given.get("older", ""))
    return Asked(
        **{name: clean(given.get(name, "")) for name in FILTERS},
        older=older,
        newer=None if older else Place.read(given.get("newer", "")),
    )


def clean(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:LONGEST]


def _micro(moment: datetime) -> int:
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
