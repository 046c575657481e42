"""Which schools are near one another, as far as a list of places tells. No Django.

Best is a straight line on the national grid of Great Britain, whose unit is the metre. A school
without a point on it is placed by words: the same postcode district, town, postcode area or
region, each counted as a distance that is usual for it, so that all fit into one order.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

METRES_A_MILE = 1_609.344
FARTHEST = 40.0  # miles: beyond that nobody is near
# Miles that stand for what two schools share, when there is no point to measure from.
SHARED = (("district", 2.0), ("town", 4.0), ("area", 12.0))
OUTWARD = re.compile(r"([A-Z]{1,2})(\d[A-Z\d]?)(?: ?\d[A-Z]{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a school is: metres on the grid, both or neither, and what its address says."""

    id: int
    easting: int | None = None
    northing: int | None = None
    postcode: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A school near another, and how near in words: "about 3 miles"."""

    id: int
    miles: float
    words: str


def district(postcode: str) -> str:
    """The part before the space, "NG8"; empty for what is no postcode."""
    found = OUTWARD.fullmatch(postcode.strip().upper())
    return f"{found[1]}{found[2]}" if found else ""


def area(postcode: str) -> str:
    """The letters it begins with, "NG"."""
    found = OUTWARD.fullmatch(postcode.strip().upper())
    return found[1] if found else ""


def nearest(here: Spot, others: Iterable[Spot], *, limit: int = 12) -> list[Neighbour]:
    """The nearest of `others` within FARTHEST, nearest first; never the school itself."""
    measured = (_from(here, other) for other in others if other.id != here.id)
    near = [one for one in measured if one is not None and one.miles <= FARTHEST]
    return sorted(near, key=lambda one: (one.miles, one.id))[:limit]


def _from(here: Spot, other: Spot) -> Neighbour | None:
    if None not in (here.easting, here.northing, other.easting, other.northing):
        metres = hypot(here.easting - other.easting, here.northing - other.northing)  # type: ignore[operator]
        miles = metres / METRES_A_MILE
        return Neighbour(other.id, miles, _in_words(miles))
    said = {
        "district": (district(here.postcode), district(other.postcode)),
        "town": (here.town.casefold(), other.town.casefold()),
        "area": (area(here.postcode), area(other.postcode)),
    }
    for kind, miles in SHARED:
        mine, theirs = said[kind]
        if mine and mine == theirs:
            words = "same town" if kind == "town" else f"same postcode {kind}, {mine}"
            return Neighbour(other.id, miles, words)
    return None


def _in_words(miles: float) -> str:
    whole = round(miles)
    if whole < 1:
        return "under a mile"
    return f"about {whole} mile{'' if whole == 1 else 's'}"
