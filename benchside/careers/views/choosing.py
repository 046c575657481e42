"""What a reader does with roles: compares up to three, and keeps a list in the browser."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from benchside.careers import comparison
from benchside.careers.listing import Link
from benchside.careers.live import RoleCard, live_catalogue
from benchside.careers.models import Role


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Up to three roles (`?role=a&role=b`) side by side.

    roles    those compared, in the order asked for; one is shown too, and asks for another
    rows     of `comparison.Row`: name, label, cells, differs, is_prose
    without  of `Link`, one a role: the comparison without it
    choices  all other live roles, to add one, while there is room
    ignored  sentences on what was left out
    """
    live = live_catalogue()
    roles, ignored = comparison.chosen(request.GET.getlist("role"), live.by_slug)
    room = len(roles) < comparison.MOST
    context = {
        "roles": roles,
        "rows": comparison.rows(roles) if roles else [],
        "without": [_without(role, roles) for role in roles],
        "choices": [one for one in live.roles if one not in roles] if room else [],
        "ignored": ignored,
    }
    return render(request, "careers/compare.html", context)


def _without(role: Role, roles: list[Role]) -> Link:
    rest = urlencode([("role", one.slug) for one in roles if one != role])
    url = reverse("careers:compare")
    return Link(role.title, f"{url}?{rest}" if rest else url)


@require_safe
def favourites(request: HttpRequest) -> HttpResponse:
    """The list a reader keeps. Nobody tells us what is on it: `cards` are all live roles, and
    favourites.js shows those kept in the browser."""
    cards = [RoleCard(role) for role in live_catalogue().roles]
    return render(request, "careers/favourites.html", {"cards": cards})
