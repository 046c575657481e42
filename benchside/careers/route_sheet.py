"""Everything the page of one route shows, open, coming or closed."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from benchside.careers.enums import Nation
from benchside.careers.jsonld import programme, script_text
from benchside.careers.lanes import length_in_words
from benchside.careers.live import LiveCatalogue, RoleCard
from benchside.careers.models import NationWay, Role, Route
from benchside.careers.models.routes import CLOSED, OPEN

MOST_NEXT = 6


def context(route: Route, live: LiveCatalogue) -> dict[str, Any]:
    """What `careers/route.html` is given.

    route      with its source; `standing` is open, coming or closed
    way        of `NationWay`: what holds of all routes of its kind in its nation, or None
    length     its usual length in words
    cards      of `RoleCard`: the live roles it opens
    onward     of `Route`: open ones of a higher level that open some of the same roles
    instead    of `Route`: for a route that has closed, those open now to the same roles
    elsewhere  (slug, name) of the nations whose route this is not
    jsonld     schema.org programme, safe inside a script element; None unless it is open
    """
    roles = live.roles_by(route)
    is_open = route.standing == OPEN
    url = f"{settings.BASE_URL}{route.get_absolute_url()}"
    way = way_of(route, live)
    return {
        "route": route,
        "way": way,
        "length": length_in_words(route.months),
        "cards": [RoleCard(role) for role in roles],
        "onward": [] if route.standing == CLOSED else onward(route, roles),
        "instead": instead(route, roles) if route.standing == CLOSED else [],
        "elsewhere": [(slug, name) for slug, name in Nation.choices if slug != route.nation],
        "jsonld": script_text(programme(route, roles, way, url)) if is_open else None,
    }


def way_of(route: Route, live: LiveCatalogue) -> NationWay | None:
    """What holds of all routes of its kind in its nation."""
    same = (way for way in live.ways if (way.nation, way.kind) == (route.nation, route.kind))
    return next(same, None)


def onward(route: Route, roles: list[Role]) -> list[Route]:
    """Where the same roles can be gone on from: open routes a level up or more, lowest first."""
    if route.level is None:
        return []
    higher = [one for one in _open_to(roles, route) if (one.level or 0) > route.level]
    return sorted(higher, key=lambda one: (one.level or 0, one.title))[:MOST_NEXT]


def instead(route: Route, roles: list[Role]) -> list[Route]:
    """Open routes to the same roles, the likest level first."""
    level = route.level or 0
    return sorted(
        _open_to(roles, route), key=lambda one: (abs((one.level or 0) - level), one.title)
    )[:MOST_NEXT]


def _open_to(roles: list[Role], but: Route) -> list[Route]:
    today = timezone.localdate()
    found = {
        way.route_id: way.route
        for role in roles
        for way in role.route_list.all()
        if way.route_id != but.pk and way.route.is_open_on(today)
    }
    return list(found.values())
