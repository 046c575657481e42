"""What the API says of roles and sectors. A change here is a change for other people's programs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from ninja import Schema
from pydantic import Field

from benchside.careers.jsonld import SOC
from benchside.careers.models import INTERESTS, Role, Route, Sector, Term


class TermOut(Schema):
    slug: str
    name: str


class KitOut(TermOut):
    why: str = Field(description="What it is for in this role")


class MomentOut(Schema):
    time: str = Field(examples=["10:30"])
    title: str
    text: str
    key: bool = Field(description="The moment the role is about")


class RouteFactsOut(Schema):
    """A dated fact of one nation: read `standing`, `as_of` and `is_stale` before you show it."""

    slug: str
    kind: str = Field(
        description="apprenticeship, foundation, higher, degree, t-level, v-level, htq or "
        "higher-course"
    )
    kind_name: str = Field(examples=["Advanced apprenticeship"])
    title: str
    reference: str = Field(description="The standard's reference, such as ST0343; may be empty")
    level: int | None
    months: int | None = Field(description="Typical length")
    nation: str = Field(description="england, scotland, wales or northern-ireland")
    standing: str = Field(description="open, coming or closed to new starters, today")
    valid_from: date | None = Field(description="First day on which it may be begun")
    valid_to: date | None = Field(description="Last day on which it may be begun")
    official_url: str
    source: str
    source_url: str
    licence: str
    as_of: date = Field(description="When it was last known to be true")
    is_stale: bool = Field(description="Older than this source's facts are good for")
    url: str = Field(description="The page for people")
    api_url: str


class RoleRouteOut(RouteFactsOut):
    """A way into the role, open today."""

    listed: bool = Field(description="Named by the source itself, not judged a fair start by us")


class CodeOut(Schema):
    code: str
    title: str
    scheme: str


class InterestsOut(Schema):
    """O*NET's occupational interests of the nearest occupation, 1 (low) to 7 (high)."""

    realistic: float
    investigative: float
    artistic: float
    social: float
    enterprising: float
    conventional: float


class RoleInList(Schema):
    number: int
    slug: str
    title: str
    sentence: str
    sector: TermOut
    level: int = Field(description="Usual level of the qualification people start with")
    url: str = Field(description="The page for people")
    api_url: str


class RoleOut(RoleInList):
    other_names: list[str]
    what: str
    where: str
    takes: str
    ways_in: str
    next: str
    day: list[MomentOut]
    tasks: list[str]
    employers: list[str]
    subjects: list[TermOut]
    settings: list[TermOut]
    skills: list[TermOut]
    kit: list[KitOut]
    hands: str = Field(description="hands, screen or both")
    indoors: str = Field(description="indoors, outdoors or both")
    people: str = Field(description="people, quiet or both")
    place: str = Field(description="one-place, travel or both")
    routes: list[RoleRouteOut]
    soc2020: CodeOut
    onet: CodeOut
    interests: InterestsOut
    checked_on: date


class SectorOut(TermOut):
    sentence: str
    roles: int = Field(description="How many live roles it has")
    url: str
    api_url: str


class SectorWithRoles(SectorOut):
    items: list[RoleInList]


class RouteInList(RouteFactsOut):
    roles: list[str] = Field(description="Slugs of the roles it opens")


class RouteOut(RouteInList):
    entry: str = Field(description="What is asked for to start; empty where nobody says")
    job_titles: list[str] = Field(description="Jobs that its official page names")
    topic: str = Field(description="Its heading in the official list; may be empty")


class RoutePage(Schema):
    items: list[RouteInList]
    total: int = Field(description="How many routes fit, on all pages")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page")
    attribution: str = "Department for Education and Skills England, OGL v3.0."


class RolePage(Schema):
    items: list[RoleInList]
    total: int = Field(description="How many roles fit, on all pages")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page")
    corrected: str = Field(description="The words looked for, when their spelling was mended")
    attribution: str = "SOC 2020: ONS, OGL v3.0. Interests: O*NET, USDOL/ETA, CC BY 4.0."


def term(one: Term) -> TermOut:
    return TermOut(slug=one.slug, name=one.name)


def in_list(role: Role) -> RoleInList:
    return RoleInList(
        number=role.number,
        slug=role.slug,
        title=role.title,
        sentence=role.sentence,
        sector=term(role.sector),
        level=role.level,
        url=f"{settings.BASE_URL}{role.get_absolute_url()}",
        api_url=f"{settings.BASE_URL}/api/v1/roles/{role.slug}",
    )


def whole(role: Role) -> RoleOut:
    """Reads relations: fetch them beforehand."""
    return RoleOut(
        **in_list(role).model_dump(),
        **{name: getattr(role, name) for name in AS_THEY_ARE},
        day=[MomentOut(**{"key": False, **moment}) for moment in role.day],
        subjects=[term(one) for one in role.subjects.all()],
        settings=[term(one) for one in role.settings.all()],
        skills=[term(one) for one in role.skills.all()],
        kit=[
            KitOut(slug=kit.term.slug, name=kit.term.name, why=kit.why)
            for kit in role.kit_list.all()
        ],
        routes=[RoleRouteOut(**route_facts(one.route), listed=one.listed) for one in role.ways()],
        soc2020=CodeOut(code=role.soc2020, title=role.soc2020_title, scheme=SOC),
        onet=CodeOut(
            code=role.onet_code, title=role.onet_title, scheme=f"O*NET-SOC, {role.onet_release}"
        ),
        interests=InterestsOut(**dict(zip(INTERESTS, role.interests, strict=True))),
    )


AS_THEY_ARE = (
    *("other_names", "what", "where", "takes", "ways_in", "next", "tasks", "employers"),
    *("hands", "indoors", "people", "place", "checked_on"),
)


ROUTE = (
    *("slug", "kind", "kind_name", "title", "reference", "level", "months", "nation"),
    *("standing", "valid_from", "valid_to", "as_of", "is_stale"),
)


def route_facts(route: Route) -> dict[str, Any]:
    return {name: getattr(route, name) for name in ROUTE} | {
        "official_url": route.url,
        "source": f"{route.source.name}, {route.source.publisher}",
        "source_url": route.source.url,
        "licence": route.source.licence,
        "url": f"{settings.BASE_URL}{route.get_absolute_url()}",
        "api_url": f"{settings.BASE_URL}/api/v1/routes/{route.slug}",
    }


def route_in_list(route: Route, roles: Sequence[Role]) -> RouteInList:
    return RouteInList(**route_facts(route), roles=[role.slug for role in roles])


def whole_route(route: Route, roles: Sequence[Role]) -> RouteOut:
    own = {name: getattr(route, name) for name in ("entry", "job_titles", "topic")}
    return RouteOut(**route_facts(route), **own, roles=[role.slug for role in roles])


def sector_values(sector: Sector, roles: int) -> dict[str, Any]:
    return {
        "slug": sector.slug,
        "name": sector.name,
        "sentence": sector.sentence,
        "roles": roles,
        "url": f"{settings.BASE_URL}{sector.get_absolute_url()}",
        "api_url": f"{settings.BASE_URL}/api/v1/sectors/{sector.slug}",
    }
