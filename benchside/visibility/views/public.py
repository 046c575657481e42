"""The public directory: pages kept whole by the page cache, the same for everybody."""

from collections.abc import Callable
from dataclasses import replace

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from benchside.careers.jsonld import script_text
from benchside.visibility import choosing, elsewhere, exports, jsonld
from benchside.visibility.cards import card_of
from benchside.visibility.circles import EVERYONE, people
from benchside.visibility.credit.queries import works_by_id
from benchside.visibility.directory import Directory
from benchside.visibility.directory import directory as directory_of
from benchside.visibility.headings import words_for

View = Callable[..., HttpResponseBase]


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody who is public, narrowed by the address alone: see `directory_page`."""
    return directory_page(request, _all(request))


@require_safe
def directory_csv(request: HttpRequest) -> HttpResponse:
    return exports.csv_of(_all(request, "directory_csv"), "technicians.csv")


@require_safe
def at(request: HttpRequest, organisation: str) -> HttpResponse:
    return directory_page(request, _at(request, organisation, "at"))


@require_safe
def at_csv(request: HttpRequest, organisation: str) -> HttpResponse:
    return exports.csv_of(_at(request, organisation, "at_csv"), f"technicians-{organisation}.csv")


@require_safe
def in_unit(request: HttpRequest, organisation: str, unit: int) -> HttpResponse:
    """404 also for a unit in which nobody is shown: what it is called is not ours to tell."""
    asked = choosing.read(request.GET.dict())
    selection = replace(asked, organisation=organisation, unit=str(unit))
    base = reverse("visibility:in_unit", args=[organisation, unit])
    found = directory_of(EVERYONE, selection, base, frozenset({"organisation", "unit"}))
    if found.chosen.unit is None:
        raise Http404
    return directory_page(request, found)


@require_safe
def by_term(request: HttpRequest, name: str, slug: str) -> HttpResponse:
    """Who has a role, a skill or runs a kit. 404 for a word we do not have."""
    selection = choosing.read({**request.GET.dict(), name: slug})
    base = reverse(f"visibility:by_{name}", args=[slug])
    found = directory_of(EVERYONE, selection, base, frozenset({name}))
    if name not in found.chosen.ids:
        raise Http404
    return directory_page(request, found)


@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person's sheet. Hidden, erased and never there are the same 404.

    card    of `Card`
    works   of `credit.queries.Work`: what they had a part in
    jsonld  schema.org Person, safe inside a script element
    """
    card = card_of(EVERYONE, people(EVERYONE), public_id)
    if card is None:
        raise Http404
    works = works_by_id(EVERYONE, [public_id]).get(public_id, [])
    context = {
        "card": card,
        "who": card.person,
        "works": works,
        "jsonld": script_text(jsonld.person(card, works)),
    }
    return render(request, "visibility/person.html", context)


def framed(view: View) -> View:
    """May stand in a page of another site: it holds no session and changes nothing."""
    return csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(view))


@framed
@require_safe
def embed(request: HttpRequest, organisation: str) -> HttpResponse:
    """The list of one organisation, or of its unit, for a frame on its own site."""
    found = _at(request, organisation, "embed")
    return render(request, "visibility/embed.html", {**_context(found), "embedded": True})


# --- what they share ------------------------------------------------------------------------------
def _all(request: HttpRequest, name: str = "directory") -> Directory:
    selection = choosing.read(request.GET.dict())
    return directory_of(EVERYONE, selection, reverse(f"visibility:{name}"))


def _at(request: HttpRequest, organisation: str, name: str) -> Directory:
    selection = replace(choosing.read(request.GET.dict()), organisation=organisation)
    base = reverse(f"visibility:{name}", args=[organisation])
    found = directory_of(EVERYONE, selection, base, frozenset({"organisation"}))
    if "organisation" not in found.chosen.ids:
        raise Http404
    return found


def directory_page(request: HttpRequest, found: Directory) -> HttpResponse:
    """A page of people. A page beyond the last is a 404 that shows the last.

    found    of `Directory`: cards, page, selection, applied, filters, ignored, sort_options
    words    of `headings.Words`
    csv_url  the same people as a file
    beside   of `elsewhere.Beside`: public equipment of the kit the page is about
    """
    is_beyond = found.selection.page > found.page.paginator.num_pages
    context = {**_context(found), "filters": found.filters(), "csv_url": _csv_url(found)}
    if "kit" in found.fixed:
        context["beside"] = elsewhere.equipment_of(found.chosen.ids["kit"])
    return render(request, "visibility/directory.html", context, status=404 if is_beyond else 200)


def _context(found: Directory) -> dict[str, object]:
    return {
        "found": found,
        "words": words_for(found),
        "cards": found.cards,
        "page": found.page,
        "total": found.page.paginator.count,
    }


def _csv_url(found: Directory) -> str:
    asked = found.query_string
    return reverse("visibility:directory_csv") + (f"?{asked}" if asked else "")
