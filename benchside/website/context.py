"""What the shell around every page needs: menu, footer, where this page is.

Only addresses that exist are listed. On public pages nothing here asks the database, the session
or the user: a public page is the same for everyone and is cached whole.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from benchside.website import workspace
from benchside.website.middleware import is_private


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Group:
    heading: str
    links: tuple[Link, ...]


def _menu(door: Link) -> tuple[Link, ...]:
    return (
        Link("Roles", reverse("careers:roles")),
        Link("Quiz", reverse("careers:quiz")),
        Link("Stories", reverse("visibility:stories")),
        Link("Sectors", reverse("careers:index")),
        Link("Ways in", reverse("careers:routes")),
        Link("Technicians", reverse("visibility:directory")),
        Link("Parents", "/parents/"),
        Link("Teachers", "/teachers/"),
        Link("About", "/about/"),
        door,
    )


def front_door(request: HttpRequest) -> Link:
    """Sign in; or, where the session is read anyway, the space of whoever is signed in."""
    user = getattr(request, "user", None) if is_private(request) else None
    if user is not None and user.is_authenticated:
        return Link("Your space", reverse("workspace:my"))
    return Link("Sign in", reverse("account_login"))


def _is_current(link: Link, path: str) -> bool:
    """A page belongs to the menu entry it lies under; sectors also hold the catalogue's index."""
    if link.url == reverse("careers:index"):
        return path == link.url or path.startswith(f"{link.url}sectors/")
    return path.startswith(link.url)


def menu(path: str, door: Link) -> tuple[Link, ...]:
    return tuple(Link(link.label, link.url, _is_current(link, path)) for link in _menu(door))


def footer(door: Link) -> tuple[Group, ...]:
    return (
        Group(
            "Explore",
            (
                Link("All roles", reverse("careers:roles")),
                Link("Quiz", reverse("careers:quiz")),
                Link("Sectors", reverse("careers:index")),
                Link("Ways in", reverse("careers:routes")),
                Link("Stories", reverse("visibility:stories")),
                Link("Technicians", reverse("visibility:directory")),
                Link("Equipment", reverse("equipment:register")),
                Link("The wall", reverse("visibility:wall")),
                Link("Search", reverse("website:search")),
                Link("Roles you kept", reverse("careers:favourites")),
            ),
        ),
        Group(
            "Help",
            (
                Link("For parents and carers", "/parents/"),
                Link("For teachers", "/teachers/"),
                Link("Campaigns", reverse("visibility:campaigns")),
                Link("Competitions", reverse("visibility:competitions")),
                Link("Exhibitions", reverse("visibility:exhibitions")),
                Link("Posters by post", reverse("outreach:orders")),
                Link("News", "/news/"),
            ),
        ),
        Group(
            "Work here",
            (
                Link("Open your organisation", reverse("organisations:find")),
                Link("Charters", reverse("impact:charters")),
                Link("Quality marks", reverse("recognition:marks")),
                Link("Check a badge", reverse("recognition:verify")),
                door,
            ),
        ),
        Group(
            "This site",
            (
                Link("About", "/about/"),
                Link("Privacy", "/privacy/"),
                Link("Accessibility", "/accessibility/"),
                Link("API", reverse("api-v1:openapi-view")),
                Link("Style sheet", reverse("website:design")),
            ),
        ),
    )


def concern_url(path: str) -> str:
    return f"{reverse('website:concern')}?{urlencode({'about': path})}"


def shell(request: HttpRequest) -> dict[str, object]:
    """A page whose own address is a secret says by `request.shown_as` which to name instead."""
    path = getattr(request, "shown_as", request.path)
    door = front_door(request)
    return {
        "site_name": settings.SITE_NAME,
        "canonical": f"{settings.BASE_URL}{path}",
        "base_url": settings.BASE_URL,
        "menu": menu(path, door),
        "is_private": is_private(request),
        "footer": footer(door),
        "concern_url": concern_url(path),
        **workspace_of(request),
    }


def workspace_of(request: HttpRequest) -> dict[str, object]:
    """On a page of a workspace: the organisation, the member's seat, the rail and the sheets."""
    seat = getattr(request, "seat", None)
    if seat is None:
        return {}
    around = workspace.shell(seat, getattr(request, "lies_under", "") or request.path)
    return {
        "seat": seat,
        "organisation": seat.organisation,
        "rail": around.rail,
        "area_sheets": around.sheets,
        "area": workspace.BY_KEY.get(around.area),
    }
