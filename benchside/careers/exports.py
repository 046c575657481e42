"""The catalogue as a table; docs/guides/open-data.md says what each column holds."""

from collections.abc import Callable
from operator import attrgetter

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from benchside.careers.listing import listing
from benchside.careers.live import live_catalogue
from benchside.careers.models import INTERESTS, Role
from benchside.careers.route_list import RouteRow, route_listing
from benchside.core.exports import csv_response

SOURCES = (
    "SOC 2020 codes: Office for National Statistics, Open Government Licence v3.0. "
    "Interests: O*NET {release} Database by the U.S. Department of Labor, Employment and Training "
    "Administration (USDOL/ETA), CC BY 4.0. "
    "Routes: Department for Education, Open Government Licence v3.0."
)
SEPARATOR = "; "

COLUMNS: dict[str, Callable[[Role], object]] = {
    "number": lambda role: role.number,
    "slug": lambda role: role.slug,
    "title": lambda role: role.title,
    "url": lambda role: f"{settings.BASE_URL}{role.get_absolute_url()}",
    "sector": lambda role: role.sector.name,
    "level": lambda role: role.level,
    "sentence": lambda role: role.sentence,
    "other_names": lambda role: SEPARATOR.join(role.other_names),
    "subjects": lambda role: SEPARATOR.join(term.name for term in role.subjects.all()),
    "settings": lambda role: SEPARATOR.join(term.name for term in role.settings.all()),
    "skills": lambda role: SEPARATOR.join(term.name for term in role.skills.all()),
    "kit": lambda role: SEPARATOR.join(kit.term.name for kit in role.kit_list.all()),
    "employers": lambda role: SEPARATOR.join(role.employers),
    "hands": lambda role: role.hands,
    "indoors": lambda role: role.indoors,
    "people": lambda role: role.people,
    "place": lambda role: role.place,
    "routes": lambda role: SEPARATOR.join(
        f"{route} ({route.reference or route.get_nation_display()}, {route.as_of})"
        for route in (way.route for way in role.ways())
    ),
    "soc2020": lambda role: role.soc2020,
    "soc2020_title": lambda role: role.soc2020_title,
    "onet_code": lambda role: role.onet_code,
    "onet_title": lambda role: role.onet_title,
    **{name: attrgetter(name) for name in INTERESTS},
    "checked_on": lambda role: role.checked_on,
    "sources": lambda role: SOURCES.format(release=role.onet_release),
}


@require_safe
def roles_csv(request: HttpRequest) -> HttpResponse:
    """All roles that the same address would list, on one page. What is unknown is ignored."""
    found = listing(live_catalogue(), dict(request.GET.lists()))
    rows = ([get(role) for get in COLUMNS.values()] for role in found.roles)
    return csv_response("technician-roles.csv", list(COLUMNS), rows)


ROUTE_COLUMNS: dict[str, Callable[[RouteRow], object]] = {
    "slug": lambda row: row.route.slug,
    "kind": lambda row: row.route.kind,
    "title": lambda row: row.route.title,
    "reference": lambda row: row.route.reference,
    "level": lambda row: row.route.level,
    "months": lambda row: row.route.months,
    "nation": lambda row: row.route.nation,
    "standing": lambda row: row.route.standing,
    "valid_from": lambda row: row.route.valid_from,
    "valid_to": lambda row: row.route.valid_to,
    "roles": lambda row: SEPARATOR.join(role.slug for role in row.roles),
    "url": lambda row: f"{settings.BASE_URL}{row.route.get_absolute_url()}",
    "official_url": lambda row: row.route.url,
    "source": lambda row: f"{row.route.source.name}, {row.route.source.publisher}",
    "licence": lambda row: row.route.source.licence,
    "as_of": lambda row: row.route.as_of,
    "is_stale": lambda row: "yes" if row.route.is_stale else "no",
}


@require_safe
def routes_csv(request: HttpRequest) -> HttpResponse:
    """All routes that the same address would list, on one page. What is unknown is ignored."""
    found = route_listing(live_catalogue(), dict(request.GET.lists()))
    rows = ([get(row) for get in ROUTE_COLUMNS.values()] for row in found.rows)
    return csv_response("routes.csv", list(ROUTE_COLUMNS), rows)
