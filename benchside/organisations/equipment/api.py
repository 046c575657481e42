"""Equipment for programs: what is in the public register, and nothing else."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from benchside.core.public_api import PROBLEMS
from benchside.organisations.equipment import queries
from benchside.organisations.equipment.queries import Asked, Runner
from benchside.organisations.models import Equipment

MOST = 100
router = Router(tags=["Equipment"])


class EquipmentQuery(Schema):
    """Different parameters narrow the list."""

    q: str = Field("", max_length=80, description="Words, all of which must stand somewhere")
    at: str = Field("", max_length=80, description="Slug of an organisation")
    kit: str = Field("", max_length=80, description="Slug of a word of our kit list")
    place: str = Field("", max_length=80, description="Town, region or nation")
    limit: int = Field(20, ge=1, le=MOST, description=f"Items a page, at most {MOST}")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many to pass over")


class RunnerOut(Schema):
    """Somebody who runs it and shows everybody so."""

    name: str
    does: str
    profile: str = Field(description="Their public id")


class EquipmentOut(Schema):
    id: int
    url: str
    type: str
    number: str = Field(description="The organisation's own number")
    name: str
    description: str
    organisation: str
    department: str
    kit: str = Field(description="Slug of the kit term, or empty")
    technique: str
    manufacturer: str
    model: str
    site: str
    building: str
    access: str
    service: str
    runners: list[RunnerOut]


class EquipmentPage(Schema):
    items: list[EquipmentOut]
    total: int = Field(description="How many items fit, on all pages")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page")


@router.get(
    "/equipment",
    response={200: EquipmentPage, **PROBLEMS},
    summary="Equipment that fits, a page at a time",
)
def list_equipment(request: HttpRequest, asked: Query[EquipmentQuery]) -> EquipmentPage:
    """By name. People are named as far as they choose to be."""
    words = {"q": asked.q, "at": asked.at, "kit": asked.kit, "place": asked.place}
    clean = {name: value.replace("\0", "") for name, value in words.items()}
    found = queries.register(
        Asked(words=clean["q"], organisation=clean["at"], kit=clean["kit"], place=clean["place"])
    )
    total, until = found.count(), asked.offset + asked.limit
    some = list(found[asked.offset : until])
    runners = queries.public_runners(some)
    more = {name: value for name, value in clean.items() if value}
    more |= {"limit": str(asked.limit), "offset": str(until)}
    return EquipmentPage(
        items=[_out(one, runners.get(one.pk, [])) for one in some],
        total=total,
        limit=asked.limit,
        offset=asked.offset,
        next=f"{settings.BASE_URL}/api/v1/equipment?{urlencode(more)}" if until < total else None,
    )


def _out(one: Equipment, runners: list[Runner]) -> EquipmentOut:
    return EquipmentOut(
        id=one.pk,
        url=f"{settings.BASE_URL}{one.get_absolute_url()}",
        type=one.kind,
        number=one.internal_id,
        name=one.name,
        description=one.description,
        organisation=one.organisation.name,
        department=one.unit.name if one.unit else "",
        kit=one.kit.slug if one.kit else "",
        technique=one.technique,
        manufacturer=one.manufacturer,
        model=one.model,
        site=one.site,
        building=one.building,
        access=one.access,
        service=one.service,
        runners=[
            RunnerOut(name=each.person.name, does=each.level, profile=each.person.public_id)
            for each in runners
        ],
    )
