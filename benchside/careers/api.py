"""The catalogue for programs: open data, no key, no cookie."""

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from benchside.careers.api_lists import Slugs, given, next_page, not_found, refuse_strangers
from benchside.careers.listing import listing
from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.models import Sector
from benchside.careers.route_list import SORTS as ROUTE_SORTS
from benchside.careers.route_list import facets_over, route_listing
from benchside.careers.schemas import (
    RoleOut,
    RolePage,
    RouteOut,
    RoutePage,
    SectorOut,
    SectorWithRoles,
    in_list,
    route_in_list,
    sector_values,
    whole,
    whole_route,
)
from benchside.careers.selection import LONGEST_QUERY, SORTS
from benchside.core.public_api import PROBLEMS

MOST = 100
router = Router(tags=["Roles and sectors"])


class RoleQuery(Schema):
    """Repeat a parameter for either (`sector=a&sector=b`); different ones narrow the list."""

    q: str = Field("", max_length=LONGEST_QUERY, description="Everyday words; spelling is mended")
    subject: Slugs = Field([], description="School subjects that help, such as physics")
    sector: Slugs = Field([], description="Slugs of sectors: see /api/v1/sectors")
    level: Slugs = Field([], description="Starting levels, 2 to 7: 3 is like A levels")
    setting: Slugs = Field([], description="Where the work is done, such as laboratory")
    way: Slugs = Field([], description="Kinds of way in, such as t-level")
    hands: Slugs = Field([], description="hands or screen; a role that is both has either")
    indoors: Slugs = Field([], description="indoors or outdoors")
    people: Slugs = Field([], description="people or quiet")
    place: Slugs = Field([], description="one-place or travel")
    kit: Slugs = Field([], description="Kit the role uses, such as multimeter")
    sort: str = Field("", description="best, number, title or sector")
    limit: int = Field(20, ge=1, le=MOST, description=f"Roles a page, at most {MOST}")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many to pass over")

    def filters(self) -> dict[str, list[str]]:
        """As an address has them, without what is not given."""
        return given(self)


@router.get(
    "/roles", response={200: RolePage, **PROBLEMS}, summary="Roles that fit, a page at a time"
)
def list_roles(request: HttpRequest, asked: Query[RoleQuery]) -> RolePage:
    """By number; best first where words are looked for. An unknown value or name is refused."""
    live = live_catalogue()
    filters = asked.filters()
    refuse_strangers(request, filters, live.facets, RoleQuery, SORTS)
    found = listing(live, filters)
    until = asked.offset + asked.limit
    return RolePage(
        items=[in_list(role) for role in found.roles[asked.offset : until]],
        total=found.total,
        limit=asked.limit,
        offset=asked.offset,
        next=next_page("roles", filters, asked.limit, until) if until < found.total else None,
        corrected=found.results.corrected if found.results else "",
    )


@router.get("/roles/{slug}", response={200: RoleOut, **PROBLEMS}, summary="All about one role")
def one_role(request: HttpRequest, slug: str) -> RoleOut:
    live = live_catalogue()
    role = live.by_slug.get(slug)
    if role is None:
        raise not_found("role", slug, list(live.by_slug), "/api/v1/roles")
    return whole(role)


@router.get("/sectors", response={200: list[SectorOut], **PROBLEMS}, summary="All sectors")
def list_sectors(request: HttpRequest) -> list[SectorOut]:
    live = live_catalogue()
    return [_sector(SectorOut, sector, live) for sector in live.sectors]


@router.get(
    "/sectors/{slug}", response={200: SectorWithRoles, **PROBLEMS}, summary="A sector and its roles"
)
def one_sector(request: HttpRequest, slug: str) -> SectorWithRoles:
    live = live_catalogue()
    for sector in live.sectors:
        if sector.slug == slug:
            items = [in_list(role) for role in live.roles_in(sector)]
            return SectorWithRoles(**sector_values(sector, len(items)), items=items)
    raise not_found("sector", slug, [one.slug for one in live.sectors], "/api/v1/sectors")


class RouteQuery(Schema):
    """Repeat a parameter for either (`kind=htq&kind=t-level`); different ones narrow the list."""

    q: str = Field("", max_length=LONGEST_QUERY, description="Everyday words; spelling is mended")
    nation: Slugs = Field([], description="england, scotland, wales or northern-ireland")
    kind: Slugs = Field([], description="Kinds of route, such as t-level")
    level: Slugs = Field([], description="Levels, 2 to 7: 3 is like A levels")
    sector: Slugs = Field([], description="Slugs of sectors that hold a role it opens")
    others: Slugs = Field([], description="yes: also routes that open none of our roles")
    sort: str = Field("", description="best, title, level, length or kind")
    limit: int = Field(20, ge=1, le=MOST, description=f"Routes a page, at most {MOST}")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many to pass over")

    def filters(self) -> dict[str, list[str]]:
        """As an address has them, without what is not given."""
        return given(self)


@router.get(
    "/routes",
    response={200: RoutePage, **PROBLEMS},
    tags=["Routes"],
    summary="Routes that fit, a page at a time",
)
def list_routes(request: HttpRequest, asked: Query[RouteQuery]) -> RoutePage:
    """By title; best first where words are looked for. None that has closed is in the list."""
    live = live_catalogue()
    filters = asked.filters()
    refuse_strangers(request, filters, facets_over(live), RouteQuery, ROUTE_SORTS)
    found = route_listing(live, filters)
    until = asked.offset + asked.limit
    return RoutePage(
        items=[route_in_list(row.route, row.roles) for row in found.rows[asked.offset : until]],
        total=found.total,
        limit=asked.limit,
        offset=asked.offset,
        next=next_page("routes", filters, asked.limit, until) if until < found.total else None,
    )


@router.get(
    "/routes/{slug}",
    response={200: RouteOut, **PROBLEMS},
    tags=["Routes"],
    summary="All about one route",
)
def one_route(request: HttpRequest, slug: str) -> RouteOut:
    """Also of one that has closed: read its `standing`."""
    live = live_catalogue()
    route = live.route_by_slug.get(slug)
    if route is None:
        raise not_found("route", slug, list(live.route_by_slug), "/api/v1/routes")
    return whole_route(route, live.roles_by(route))


def _sector(shape: type[SectorOut], sector: Sector, live: LiveCatalogue) -> SectorOut:
    return shape(**sector_values(sector, len(live.roles_in(sector))))
