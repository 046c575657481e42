"""Where a school that joins in lies: from the real list, or from the middle of its postcode."""

from typing import Any

from django.db.models import Avg

from benchside.organisations.enums import Nation, Region
from benchside.organisations.models import KnownPlace
from benchside.visibility.campaigns.near import district
from benchside.visibility.enums import Phase
from benchside.visibility.models import Pledge

REGIONS = {label.casefold(): value for value, label in Region.choices}
# Words of the register for phases, and for kinds where it gives no phase.
PHASES = (
    ("all-through", Phase.ALL_THROUGH),
    ("primary", Phase.PRIMARY),
    ("secondary", Phase.SECONDARY),
    ("16 plus", Phase.COLLEGE),
    ("further education", Phase.COLLEGE),
    ("sixth form", Phase.COLLEGE),
    ("special", Phase.SPECIAL),
    ("alternative", Phase.SPECIAL),
    ("pupil referral", Phase.SPECIAL),
)


def from_place(place: KnownPlace) -> dict[str, Any]:
    """What the list says of a place, as fields of a pledge."""
    return {
        "place": place,
        "school": place.name,
        "town": place.town,
        "postcode": place.postcode,
        "nation": place.nation,
        "region": region_of(place.area, place.nation),
        "phase": phase_of(place.phase, place.detail),
    }


def locate(pledge: Pledge) -> None:
    """Fill in region, phase and the point on the grid as far as anything tells them."""
    place = pledge.place
    if place is not None:
        pledge.region = pledge.region or region_of(place.area, place.nation)
        pledge.phase = pledge.phase or phase_of(place.phase, place.detail)
        pledge.postcode = pledge.postcode or place.postcode
        pledge.town = pledge.town or place.town
        pledge.easting, pledge.northing = place.easting, place.northing
    pledge.region = pledge.region or region_of("", pledge.nation)
    pledge.nation = pledge.nation or nation_of(pledge.region)
    if pledge.easting is None:
        pledge.easting, pledge.northing = middle_of(pledge.postcode)


def middle_of(postcode: str) -> tuple[int | None, int | None]:
    """The middle of the known places of a postcode district; twice None where none is known."""
    outward = district(postcode)
    if not outward:
        return None, None
    found = KnownPlace.objects.filter(postcode__startswith=f"{outward} ", easting__isnull=False)
    middle = found.aggregate(east=Avg("easting"), north=Avg("northing"))
    if middle["east"] is None:
        return None, None
    return round(middle["east"]), round(middle["north"])


def region_of(area: str, nation: str) -> str:
    """By the list's word for it, else by a nation that is one region."""
    if found := REGIONS.get(area.casefold()):
        return found
    return nation if nation in Region.values else ""


def nation_of(region: str) -> str:
    if region in Nation.values:
        return region
    return Nation.ENGLAND if region else ""


def phase_of(phase: str, detail: str) -> str:
    words = f"{phase} / {detail}".casefold()
    return next((value for word, value in PHASES if word in words), "")
