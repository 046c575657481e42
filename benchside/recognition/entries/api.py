"""The registers for programs: look somebody up, one entry. What pages do not show is not here."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from benchside.assessment.standards import AwardState
from benchside.core.public_api import PROBLEMS
from benchside.recognition.entries import queries
from benchside.recognition.entries.publishing import Published, Sheet, glossary, status_key
from benchside.recognition.entries.views.public import address_of, public_sheet
from benchside.recognition.models import Register

MOST = 100
router = Router(tags=["Registers"])


class StatusOut(Schema):
    key: str = Field(description="Its title for programs, such as suspended or removed; never why")
    title: str
    meaning: str
    stands: bool = Field(description="Whether they are registered and may use the letters")


class RegisterOut(Schema):
    slug: str
    name: str
    letters: str
    level: str
    keeper: str
    is_open: bool = Field(description="Whether it takes applications")
    statuses: list[StatusOut]


class EntryOut(Schema):
    """An entry as the body publishes it at this second."""

    url: str
    on: str = Field(description="Slug of its register")
    number: str
    name: str
    letters: str = Field(description="Empty while they may not use them")
    status: StatusOut
    body: str
    admitted_on: date
    period_from: date
    period_until: date | None
    area: str = Field(description="Empty unless the person shows it")
    employer: str = Field(description="Empty unless the person shows it")


class NoticeOut(Schema):
    title: str
    words: str
    since: date
    ends: date | None = Field(description="The last day of what it tells of")
    until: date | None = Field(description="The last day on which it is shown")


class SheetOut(EntryOut):
    since: date = Field(description="From which day they have this status")
    former_names: list[str] = Field(description="Those the person shows")
    notices: list[NoticeOut]


class EntryPage(Schema):
    items: list[EntryOut]
    more: bool = Field(description="Whether there are more than are given out: ask for less")
    limit: int
    offset: int


class LookUp(Schema):
    q: str = Field(
        min_length=1,
        max_length=queries.LONGEST_WORDS,
        description="Name in any order, the last word perhaps only begun; or a number",
    )
    limit: int = Field(20, ge=1, le=MOST, description=f"Entries a page, at most {MOST}")
    offset: int = Field(0, ge=0, le=queries.MOST, description="How many to pass over")


@router.get("/registers", response={200: list[RegisterOut], **PROBLEMS}, summary="All registers")
def list_registers(request: HttpRequest) -> list[RegisterOut]:
    return [_register(one) for one in queries.registers()]


@router.get(
    "/registers/find", response={200: EntryPage, **PROBLEMS}, summary="Look up in all registers"
)
def find(request: HttpRequest, asked: Query[LookUp]) -> EntryPage:
    """Whole or nothing: an entry that is not published is not found by any word."""
    return _page(list(queries.registers()), asked)


@router.get(
    "/registers/{slug}/entries",
    response={200: EntryPage, **PROBLEMS},
    summary="Look up in one register",
)
def find_in(request: HttpRequest, slug: str, asked: Query[LookUp]) -> EntryPage:
    return _page([get_object_or_404(Register, slug=slug)], asked)


@router.get(
    "/registers/{slug}/entries/{number}",
    response={200: SheetOut, **PROBLEMS},
    summary="One entry",
)
def one_entry(request: HttpRequest, slug: str, number: str) -> SheetOut:
    """404 for a number that was never given and for one that is not published alike."""
    return _sheet(public_sheet(get_object_or_404(Register, slug=slug), number))


def _page(among: list[Register], asked: LookUp) -> EntryPage:
    found = queries.look_up(asked.q, among)
    until = asked.offset + asked.limit
    return EntryPage(
        items=[
            EntryOut(**_values(one)) for one in queries.in_order(found.ids[asked.offset : until])
        ],
        more=found.more or len(found.ids) > until,
        limit=asked.limit,
        offset=asked.offset,
    )


def _register(one: Register) -> RegisterOut:
    rules = one.rules
    return RegisterOut(
        slug=one.slug,
        name=one.name,
        letters=one.letters,
        level=rules.level,
        keeper=rules.keeper,
        is_open=one.is_open,
        statuses=[_status(state) for state in glossary(one)],
    )


def _status(state: AwardState) -> StatusOut:
    return StatusOut(
        key=status_key(state), title=state.title, meaning=state.meaning, stands=state.stands
    )


def _values(one: Published) -> dict[str, Any]:
    return {
        "url": address_of(one),
        "on": one.register.slug,
        "number": one.number,
        "name": one.name,
        "letters": one.letters,
        "status": _status(one.state),
        "body": one.body,
        "admitted_on": one.admitted_on,
        "period_from": one.from_day,
        "period_until": one.until,
        "area": one.area,
        "employer": one.employer,
    }


def _sheet(sheet: Sheet) -> SheetOut:
    return SheetOut(
        **_values(sheet.entry),
        since=sheet.since,
        former_names=list(sheet.former_names),
        notices=[NoticeOut.model_validate(one, from_attributes=True) for one in sheet.notices],
    )
