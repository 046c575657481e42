"""The directory as the people of one organisation see it, and how to put it on a site."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from benchside.accounts.models import User
from benchside.organisations import queries
from benchside.organisations.models import Organisation
from benchside.organisations.queries import Seat
from benchside.organisations.views import MemberRequest, members_only
from benchside.visibility import choosing, exports
from benchside.visibility.cards import card_of
from benchside.visibility.circles import Circle, in_circle, people
from benchside.visibility.credit.queries import works_by_id
from benchside.visibility.directory import Directory
from benchside.visibility.directory import directory as directory_of

P = ParamSpec("P")
SNIPPET = """<iframe
  src="{url}"
  title="Technicians at {name}"
  width="100%" height="760" loading="lazy" referrerpolicy="no-referrer">
</iframe>"""


class InsideRequest(HttpRequest):
    """What a page gets: the circle, and the seat of a member; a technician has none."""

    user: User
    circle: Circle
    seat: Seat | None


Inner = Callable[Concatenate[InsideRequest, P], HttpResponse]


def circle_only(view: Inner[P]) -> Callable[..., HttpResponse]:
    """The gate: sign-in, then 404 for whoever is neither a member nor a technician here."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(
        request: InsideRequest, organisation: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        here = get_object_or_404(Organisation.objects.open(), slug=organisation)
        if not in_circle(request.user, here):
            raise Http404
        request.circle = Circle(here)
        request.seat = _seat(request.user, organisation)
        return view(request, *args, **kwargs)

    return checked


def _seat(user: User, slug: str) -> Seat | None:
    try:
        return queries.seat(user, slug)
    except Http404:
        return None


@require_safe
@circle_only
def directory(request: InsideRequest) -> HttpResponse:
    """Everybody who shows themselves here. `found` as in the public directory."""
    found = _found(request, "inside")
    address = found.query_string
    context = {
        "organisation": request.circle.organisation,
        "found": found,
        "cards": found.cards,
        "page": found.page,
        "total": found.page.paginator.count,
        "filters": found.filters(),
        "csv_url": _address(request, "inside_csv") + (f"?{address}" if address else ""),
    }
    return render(request, "visibility/inside.html", context)


@require_safe
@circle_only
def directory_csv(request: InsideRequest) -> HttpResponse:
    found = _found(request, "inside_csv")
    assert found.circle.organisation is not None
    return exports.csv_of(found, f"{found.circle.organisation.slug}-technicians.csv")


@require_safe
@circle_only
def person(request: InsideRequest, public_id: str) -> HttpResponse:
    card = card_of(request.circle, people(request.circle), public_id)
    if card is None:
        raise Http404
    works = works_by_id(request.circle, [public_id])
    context = {
        "organisation": request.circle.organisation,
        "card": card,
        "who": card.person,
        "works": works.get(public_id, []),
    }
    return render(request, "visibility/inside_person.html", context)


@csp_replace({"frame-src": [SELF]})  # the preview
@require_safe
@members_only()
def share(request: MemberRequest) -> HttpResponse:
    """The list for the organisation's own site: choose what is in it, see it, copy it.

    snippet      the frame to copy
    preview_url  what stands in the frame
    feeds        of (title, absolute address)
    """
    organisation = request.seat.organisation
    asked = choosing.read({key: request.GET.get(key, "") for key in ("unit", "skill")})
    selection = replace(asked, organisation=organisation.slug)
    base = reverse("visibility:embed", args=[organisation.slug])
    found = directory_of(Circle(), selection, base, frozenset({"organisation"}))
    usable = replace(
        selection,
        unit=selection.unit if found.chosen.unit else "",
        skill=selection.skill if "skill" in found.chosen.ids else "",
    )
    preview = found.url(usable)
    query = usable.address(leave_out=("organisation",))
    page = reverse("visibility:at", args=[organisation.slug])
    table = reverse("visibility:at_csv", args=[organisation.slug])
    context = {
        "found": found,
        "filters": [one for one in found.filters() if one.name in {"unit", "skill"}],
        "total": found.page.paginator.count,
        "preview_url": preview,
        "page_url": page,
        "snippet": SNIPPET.format(url=f"{settings.BASE_URL}{preview}", name=organisation.name),
        "feeds": [
            ("A page to link to", _whole(page, query)),
            ("JSON, for your own programs", _whole("/api/v1/technicians", usable.address())),
            ("CSV, for a spreadsheet", _whole(table, query)),
        ],
    }
    return render(request, "visibility/share.html", context)


def _whole(path: str, query: str) -> str:
    return f"{settings.BASE_URL}{path}" + (f"?{query}" if query else "")


def _address(request: InsideRequest, name: str) -> str:
    assert request.circle.organisation is not None
    return reverse(f"visibility:{name}", args=[request.circle.organisation.slug])


def _found(request: InsideRequest, name: str) -> Directory:
    selection = replace(choosing.read(request.GET.dict()), organisation="")
    return directory_of(request.circle, selection, _address(request, name))
