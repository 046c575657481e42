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
from benchside.core.sitting import Sitting
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
    is_first: bool = False  # of its group: a line is drawn above it


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


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around a page: the rail, and the sheets of the area the page lies in."""

    rail: list[RailLink]
    area: str
    sheets: list[RailLink]


def shell(seat: Seat, path: str) -> Shell:
    """Overview, the six areas, then the organisation's own affairs; `path` says what is open.

    A page belongs to the sheet whose address it lies under, wherever that address stands; of an
    area with one sheet the rail is enough.
    """
    slug = seat.organisation.slug
    overview = reverse("workspace:overview", args=[slug])
    here, area = _open_sheet(seat, path)
    links = [RailLink("Overview", overview, current=path == overview)]
    for one in AREAS:
        url = reverse(f"workspace:{one.key}", args=[slug])
        current = one.key == area if here else path.startswith(url)
        links.append(RailLink(one.title, url, one.code, current))
        area = one.key if current else area
    for at, tab in enumerate(tabs(seat, "")):
        links.append(RailLink(tab.title, tab.url(slug), current=tab.key == here, is_first=at == 0))
    found = tabs(seat, area) if area else []
    sheets = [RailLink(tab.title, tab.url(slug), current=tab.key == here) for tab in found]
    return Shell(links, area, sheets if len(sheets) > 1 else [])


def _open_sheet(seat: Seat, path: str) -> tuple[str, str]:
    """Key and area of the sheet a page lies under, the longest address first; else empty."""
    held = {one.role for one in seat.memberships}
    slug = seat.organisation.slug
    found = [
        (address(slug), tab.key, tab.area)
        for tab in workspace_tabs
        if not tab.roles or tab.roles & held
        for address in (tab.url, tab.also)
        if address
    ]
    under = [one for one in found if path.startswith(one[0])]
    return max(under, key=lambda one: len(one[0]))[1:] if under else ("", "")


def waiting(sitting: Sitting) -> list[ToDo]:
    """What this member should do, the most pressing first."""
    found = [thing for source in todo_sources for thing in source.things(sitting)]
    return sorted(found, key=lambda thing: thing.order)


def area_lines(seat: Seat, sitting: Sitting) -> list[AreaLine]:
    reports: dict[str, list[Standing]] = {}
    for report in area_reports:
        if standing := report.standing(sitting):
            reports.setdefault(report.area, []).append(standing)
    return [
        AreaLine(
            area=area,
            url=reverse(f"workspace:{area.key}", args=[sitting.slug]),
            is_here=bool(tabs(seat, area.key) or reports.get(area.key)),
            standings=reports.get(area.key, []),
        )
        for area in AREAS
    ]
