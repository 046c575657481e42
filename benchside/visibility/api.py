"""The directory for programs: what people show to everyone, no key, no cookie."""

from dataclasses import asdict
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from benchside.core.public_api import PROBLEMS, Problem, Refusal
from benchside.visibility import finding
from benchside.visibility.cards import Card, card_of, cards
from benchside.visibility.choosing import LONGEST, Selection, clean
from benchside.visibility.circles import EVERYONE, people
from benchside.visibility.credit.queries import Work, works_by_id
from benchside.visibility.jsonld import ORCID, photo_url

MOST = 100
router = Router(tags=["Technicians"])


class TermOut(Schema):
    slug: str
    name: str


class PlaceOut(Schema):
    title: str = Field(description="Job title, or empty where it is not shown")
    organisation: str
    unit: str


class ContributionOut(Schema):
    """A part somebody had in an output."""

    title: str
    kind: str
    year: int | None
    venue: str
    doi: str
    credit_roles: list[str] = Field(description="Names of CRediT roles, NISO Z39.104-2022")
    named_as: str = Field(description="How the output itself names them")
    note: str
    kit: list[TermOut]
    equipment: list[str]
    confirmed: bool = Field(description="By the lead author; else the technician says so")
    confirmed_by: str
    source: str = Field(description="Who says what it is called: a registry, or typed by hand")


class TechnicianOut(Schema):
    """A person as they show themselves to everyone. What they do not show is empty."""

    id: str = Field(description="Never used again for anybody else")
    url: str
    name: str
    headline: str
    about: str
    letters: str
    places: list[PlaceOut]
    role: TermOut | None
    skills: list[TermOut]
    kit: list[TermOut]
    qualifications: list[str]
    languages: list[str]
    email: str
    link: str
    orcid: str
    photo: str
    photo_says: str = Field(description="What the photograph shows, in words")
    contributions: list[ContributionOut]


class TechnicianPage(Schema):
    items: list[TechnicianOut]
    total: int
    limit: int
    offset: int
    next: str | None = Field(description="Where the next page is")


class TechnicianQuery(Schema):
    """Each narrows the list; together they narrow it more."""

    q: str = Field("", max_length=LONGEST, description="Name, skill, kit or place")
    organisation: str = Field("", max_length=LONGEST, description="Slug of an organisation")
    unit: str = Field("", max_length=10, description="Number of one of its units")
    role: str = Field("", max_length=LONGEST, description="Slug of a role: see /api/v1/roles")
    skill: str = Field("", max_length=LONGEST, description="Slug of a skill")
    kit: str = Field("", max_length=LONGEST, description="Slug of a piece of kit")
    letters: str = Field("", max_length=LONGEST, description="Letters after the name: RSciTech")
    limit: int = Field(20, ge=1, le=MOST, description=f"People a page, at most {MOST}")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many to pass over")

    def filters(self) -> dict[str, str]:
        given = self.model_dump(exclude={"limit", "offset"})
        return {name: said for name, value in given.items() if (said := clean(value))}


@router.get(
    "/technicians",
    response={200: TechnicianPage, **PROBLEMS},
    summary="Technicians who show themselves, a page at a time",
)
def list_technicians(request: HttpRequest, asked: Query[TechnicianQuery]) -> TechnicianPage:
    """By name. An unknown value or name is refused. Who has hidden is gone at once."""
    for name in request.GET:
        if name not in TechnicianQuery.model_fields:
            remedy = f"Use {', '.join(TechnicianQuery.model_fields)}."
            raise Refusal(400, _problem("Unknown parameter", name, name, remedy))
    filters = asked.filters()
    chosen = finding.look_up(
        EVERYONE,
        Selection(**{"query" if name == "q" else name: said for name, said in filters.items()}),  # type: ignore[arg-type]
    )
    for name in filters.keys() - {"q"}:
        if name not in chosen.labels:
            remedy = "Leave it out, or look at /technicians/ for what there is."
            raise Refusal(422, _problem("Unknown value", name, filters[name], remedy))
    found, until = finding.found(chosen), asked.offset + asked.limit
    total = found.count()
    shown = cards(EVERYONE, found[asked.offset : until])
    works = works_by_id(EVERYONE, [card.person.public_id for card in shown])
    return TechnicianPage(
        items=[_whole(card, works.get(card.person.public_id, [])) for card in shown],
        total=total,
        limit=asked.limit,
        offset=asked.offset,
        next=_next(filters, asked.limit, until) if until < total else None,
    )


@router.get(
    "/technicians/{public_id}",
    response={200: TechnicianOut, **PROBLEMS},
    summary="One technician",
)
def one_technician(request: HttpRequest, public_id: str) -> TechnicianOut:
    card = card_of(EVERYONE, people(EVERYONE), clean(public_id))
    if card is None:
        remedy = "Those who are shown are at /api/v1/technicians."
        raise Refusal(404, _problem("Nobody there", "public_id", public_id, remedy))
    works = works_by_id(EVERYONE, [card.person.public_id])
    return _whole(card, works.get(card.person.public_id, []))


def _whole(card: Card, works: list[Work]) -> TechnicianOut:
    who = card.person
    return TechnicianOut(
        id=who.public_id,
        url=f"{settings.BASE_URL}{card.url}",
        name=who.name,
        headline=who.headline,
        about=who.about,
        letters=who.letters,
        places=[PlaceOut(**{key: asdict(place)[key] for key in PLACE}) for place in card.places],
        role=_term(who.role) if who.role else None,
        skills=[_term(pair) for pair in who.skills],
        kit=[_term(pair) for pair in who.kit],
        qualifications=list(who.qualifications),
        languages=list(who.languages),
        email=who.contact_email,
        link=who.contact_url,
        orcid=f"{ORCID}{who.orcid}" if who.orcid else "",
        photo=(photo := photo_url(card)),
        photo_says=card.photo_words if photo else "",
        contributions=[_work(work) for work in works],
    )


def _work(work: Work) -> ContributionOut:
    return ContributionOut(
        title=work.title,
        kind=work.kind,
        year=work.year,
        venue=work.venue,
        doi=work.doi,
        credit_roles=[role.name for role in work.roles],
        named_as=work.stands_as,
        note=work.note,
        kit=[TermOut(slug=slug, name=name) for name, slug in work.kit],
        equipment=[name for name, _ in work.equipment],
        confirmed=work.is_confirmed,
        confirmed_by=work.confirmed_by,
        source=work.source,
    )


PLACE = ("title", "organisation", "unit")


def _term(pair: tuple[str, str]) -> TermOut:
    return TermOut(slug=pair[0], name=pair[1])


def _next(filters: dict[str, str], limit: int, offset: int) -> str:
    asked = urlencode({**filters, "limit": limit, "offset": offset})
    return f"{settings.BASE_URL}/api/v1/technicians?{asked}"


def _problem(title: str, field: str, value: str, remedy: str) -> Problem:
    return Problem(title=title, detail=f"{title}: {value[:LONGEST]}.", field=field, remedy=remedy)
