"""The public pages of competitions: the same for everybody, and kept whole by the page cache.

The clock changes them too: around the minute of opening, of closing and of the results they are
not kept at all, so that nobody reads "open" after the minute, or the winners before it.
"""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.visibility.contests import queries
from benchside.visibility.contests.enums import Phase
from benchside.visibility.models import Competition

NEAR = timedelta(minutes=15)  # longer than a page is kept
ORDER = (Phase.OPEN, Phase.SOON, Phase.WON, Phase.JUDGED, Phase.OFF)


@require_safe
def competitions(request: HttpRequest) -> HttpResponse:
    """All that are published: open ones first, then those to come, then the rest."""
    found = sorted(queries.public_competitions(), key=lambda one: ORDER.index(one.phase))
    response = render(request, "visibility/competitions/list.html", {"competitions": found})
    return _kept_unless_near(response, *found)


@require_safe
def competition(request: HttpRequest, slug: str) -> HttpResponse:
    one = _public(slug)
    context = {"competition": one, "terms": one.terms.first(), "phase": one.phase}
    response = render(request, "visibility/competitions/competition.html", context)
    return _kept_unless_near(response, one)


@require_safe
def terms(request: HttpRequest, slug: str, version: int | None = None) -> HttpResponse:
    """The terms as they stand, or as they stood in a version before."""
    one = _public(slug)
    shown = one.terms.filter(version=version).first() if version else one.terms.first()
    if shown is None:
        raise Http404
    context = {"competition": one, "terms": shown, "versions": one.terms.all()}
    return render(request, "visibility/competitions/terms.html", context)


@require_safe
def winners(request: HttpRequest, slug: str) -> HttpResponse:
    """Who won. Before the minute it is not there, whoever asks."""
    one = _public(slug)
    if not one.is_announced:
        raise Http404
    context = {
        "competition": one,
        "prizes": queries.winners(one),
        "shortlist": queries.shortlist_shown(one),
    }
    return render(request, "visibility/competitions/winners.html", context)


def _public(slug: str) -> Competition:
    return get_object_or_404(queries.whole(queries.public_competitions()), slug=slug)


def _kept_unless_near(response: HttpResponse, *shown: Competition) -> HttpResponse:
    """`private` where the clock will soon make this page untrue."""
    soon = timezone.now() + NEAR
    if any(one.next_change and one.next_change <= soon for one in shown):
        response["Cache-Control"] = "private, no-cache"
    return response
