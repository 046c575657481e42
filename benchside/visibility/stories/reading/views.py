"""Public pages of stories: kept whole by the page cache, the same for everybody."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from benchside.careers.live import live_catalogue
from benchside.visibility.stories.reading import feed, oembed, pages
from benchside.visibility.stories.reading.listing import PAGE_SIZE, StoryListing, story_listing
from benchside.visibility.stories.reading.queries import (
    for_partners,
    public,
    roles_without,
    story_at,
    told,
)
from benchside.visibility.stories.reading.shown import Told

View = Callable[..., HttpResponseBase]
INVITED = 6  # roles nobody tells of, named on the list


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """All stories, narrowed by the address alone: see `_list`."""
    found = story_listing(live_catalogue(), dict(request.GET.lists()))
    more = {
        "facets": found.facets(),
        "relax": found.relax(),
        "sort_options": found.sort_options(),
        "invited": roles_without()[:INVITED],
        "feed_url": feed.feed_url(found.selection.on_page(1).address()),
    }
    return _list(request, "visibility/stories/stories.html", found, more)


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """One story (see `pages.context`). Withdrawn, not yet seen and never there are the same 404."""
    return render(request, "visibility/stories/story.html", pages.context(_found(slug)))


@require_safe
def stories_feed(request: HttpRequest) -> HttpResponse:
    """The newest of those that the same address would list, as Atom."""
    found = story_listing(live_catalogue(), dict(request.GET.lists()))
    newest = [one.key for one in found.found][: feed.MOST]
    text = feed.atom(
        told(public().filter(pk__in=newest)),
        found.heading if found.selection.chosen else "Technicians' stories",
        found.url(found.selection.on_page(1)),
        feed.feed_url(found.selection.on_page(1).address()),
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def oembed_answer(request: HttpRequest) -> HttpResponse:
    """oEmbed, as JSON. 404 for what is no story of ours, and 403 for one whose person said no to
    partners' pages, as its specification has it; 501 for XML."""
    asked = request.GET
    if asked.get("format", "json") != "json":
        return HttpResponse("Only JSON is made here: leave out format.", status=501)
    found = story_at(slug) if (slug := oembed.slug_of(asked.get("url", ""))) else None
    if found is None:
        raise Http404
    if not found.uses.by_partners:
        return JsonResponse({"error": "This technician tells their story here alone."}, status=403)
    size = oembed.size(asked.get("maxwidth", ""), asked.get("maxheight", ""))
    response = JsonResponse(oembed.answer(found, size))
    response["Access-Control-Allow-Origin"] = "*"
    return response


# --- a film elsewhere -----------------------------------------------------------------------------
@require_safe
def film(request: HttpRequest, slug: str) -> HttpResponse:
    """The one page that asks another site for something: a film there, once somebody chose to."""
    found = _found(slug)
    if found.film is None or not found.film.is_elsewhere:
        raise Http404
    response = render(request, "visibility/stories/film.html", {"story": found})
    response._csp_update = {"frame-src": [found.film.frame_origin]}  # type: ignore[attr-defined]
    return response


# --- in the frames of partners --------------------------------------------------------------------
def framed(view: View) -> View:
    """May stand in a page of another site: it holds no session and changes nothing."""
    return csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(view))


@framed
@require_safe
def story_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """404 also where the person did not say yes to partners' pages."""
    found = next(iter(told(for_partners().filter(slug=slug))), None)
    if found is None:
        raise Http404
    return render(request, "visibility/stories/embed.html", {"story": found})


@framed
@require_safe
def stories_embed(request: HttpRequest) -> HttpResponse:
    """Those that partners may show, narrowed as the list is."""
    found = story_listing(live_catalogue(), dict(request.GET.lists()), partners=True)
    return _list(request, "visibility/stories/embeds.html", found, {})


# --- what they share ------------------------------------------------------------------------------
def _found(slug: str) -> Told:
    found = story_at(slug)
    if found is None:
        raise Http404
    return found


def _list(
    request: HttpRequest, template: str, found: StoryListing, more: dict[str, Any]
) -> HttpResponse:
    """A page of cards. A page beyond the last is a 404 that shows the last.

    found        of `StoryListing`: heading, total, selection, is_empty, applied, canonical
    cards        of `Card` on this page; page: Django's `Page`
    ignored      sentences on what was left out and what to do
    facets, sort_options, relax, invited (roles nobody tells of), feed_url: on the site's own page
    """
    context = {
        "found": found,
        "cards": found.cards,
        "page": found.page,
        "page_size": PAGE_SIZE,
        "ignored": found.ignored(),
        "base_url_of_list": reverse("visibility:stories"),
        **more,
    }
    return render(request, template, context, status=404 if found.is_beyond else 200)
