"""The shell of an organisation's workspace: its rail of areas, what waits, how each area stands.

What is in it comes from the rooms, through the registries of `core`; an area for which no room
has registered a sheet says that it is not here yet.
"""

from dataclasses import dataclass

from django.urls import reverse

from benchside.core.registries import (
    Standing,
    ToDo,
    WorkspaceTab,
    area_reports,
    todo_sources,
    workspace_tabs,
)
from benchside.organisations.queries import Seat


@dataclass(frozen=True, slots=True)
class Area:
    """One of the six: `code` names its colour, `what` says what it is for."""

    key: str
    title: str
    code: str
    what: str


AREAS = (
    Area("visibility", "Visibility", "vis", "Technicians are known, by name and by what they do."),
    Area("recognition", "Recognition", "rec", "Registration, credentials and marks."),
    Area("careers", "Careers", "car", "Job families, pathways and development plans."),
    Area("sustainability", "Sustainability", "sus", "Which skills are held, and by how many."),
    Area("impact", "Impact", "imp", "The Commitment, its action plan, and what came of it."),
    Area("outreach", "Outreach", "out", "Events, tours, clubs and visits to schools."),
)
BY_KEY = {area.key: area for area in AREAS}


@dataclass(frozen=True, slots=True)
class RailLink:
    title: str
    url: str
    code: str = "none"
    current: bool = False


@dataclass(frozen=True, slots=True)
class AreaLine:
    """How one area stands, for the overview."""

    area: Area
    url: str
    is_here: bool
    standings: list[Standing]


def tabs(seat: Seat, area: str) -> list[WorkspaceTab]:
    """The sheets of an area that this member's roles open."""
    held = {one.role for one in seat.memberships}
    return [
        tab for tab in workspace_tabs if tab.area == area and (not tab.roles or tab.roles & held)
    ]


def rail(seat: Seat, path: str) -> list[RailLink]:
    """Overview, the six areas, then the organisation's own affairs."""
    slug = seat.organisation.slug
    overview = reverse("workspace:overview", args=[slug])
    links = [RailLink("Overview", overview, current=path == overview)]
    for area in AREAS:
        url = reverse(f"workspace:{area.key}", args=[slug])
        links.append(RailLink(area.title, url, area.code, path.startswith(url)))
    for tab in tabs(seat, ""):
        url = tab.url(slug)
        links.append(RailLink(tab.title, url, current=path.startswith(url)))
    return links


def waiting(seat: Seat) -> list[ToDo]:
    """What this member should do, the most pressing first."""
    organisation, viewer = seat.organisation.pk, seat.user.person_id
    found = [thing for source in todo_sources for thing in source.things(organisation, viewer)]
    return sorted(found, key=lambda thing: thing.order)


def area_lines(seat: Seat) -> list[AreaLine]:
    organisation = seat.organisation
    reports: dict[str, list[Standing]] = {}
    for report in area_reports:
        if standing := report.standing(organisation.pk):
            reports.setdefault(report.area, []).append(standing)
    return [
        AreaLine(
            area=area,
            url=reverse(f"workspace:{area.key}", args=[organisation.slug]),
            is_here=bool(tabs(seat, area.key) or reports.get(area.key)),
            standings=reports.get(area.key, []),
        )
        for area in AREAS
    ]
