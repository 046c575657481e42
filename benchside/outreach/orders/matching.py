"""Which school of the real lists was typed: one that is sure, some to choose from, or none."""

from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from benchside.organisations import live_places, queries
from benchside.organisations.finding import tokens
from benchside.organisations.models import KnownPlace, Organisation
from benchside.outreach.orders.schools import typed_as

MOST_SHOWN = 4
LOOKED_AT = 12
# Half the schools of the country have one of these in their name: they tell nothing apart.
COMMON = {"school", "academy", "college", "primary", "secondary", "high", "the", "of", "and"}


@dataclass(frozen=True, slots=True)
class Meant:
    """`place` when it is sure; else `candidates` to ask about, perhaps none."""

    place: KnownPlace | None = None
    candidates: tuple[KnownPlace, ...] = ()


def meant(name: str, postcode: str) -> Meant:
    """By name and postcode. A school at the very postcode whose name fits is sure; without one,
    those whose names fit are asked about."""
    found = live_places.find(f"{name} {postcode}", limit=LOOKED_AT).places
    if not found:
        found = live_places.find(name, limit=LOOKED_AT).places
    fitting = [place for place in found if _fits(name, place)]
    there = [place for place in fitting if place.postcode == postcode]
    if len(there) == 1:
        return Meant(place=there[0])
    return Meant(candidates=tuple((there or _nearby(fitting, postcode))[:MOST_SHOWN]))


def _nearby(places: list[KnownPlace], postcode: str) -> list[KnownPlace]:
    """Of the same town by its postcode, or of none that is known."""
    area = postcode.split(" ")[0]
    return [one for one in places if not one.postcode or one.postcode.split(" ")[0] == area]


def _fits(typed: str, place: KnownPlace) -> bool:
    telling = set(tokens(typed)) - COMMON
    named = set(tokens(f"{place.name} {place.other_names}"))
    return bool(telling) and len(telling & named) * 2 >= len(telling)


def place_of(source: str, code: str) -> KnownPlace | None:
    """An open place by its number in a list."""
    found = KnownPlace.objects.filter(source=source[:20], code=code[:12], is_open=True)
    return found.first()


def listed_key(place: KnownPlace) -> str:
    """How a school of a real list is recognised when packs are counted."""
    return f"{place.source}:{place.code}"


def typed_key(name: str, postcode: str) -> str:
    """How a typed school is recognised: a keyed hash, which tells no postcode."""
    digest = salted_hmac("outreach.school", typed_as(name, postcode), algorithm="sha256")
    return f"typed:{digest.hexdigest()}"


def organisation_at(place: KnownPlace | None) -> Organisation | None:
    """Who the place is here, if it has a workspace."""
    return queries.open_among([place]).get(place.pk) if place else None
