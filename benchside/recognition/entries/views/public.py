"""Looking somebody up, for everybody: no cookie, nobody is told who asked for whom."""

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.careers.jsonld import script_text
from benchside.organisations.views.tables import words_of
from benchside.recognition.entries import jsonld, queries
from benchside.recognition.entries.publishing import Published, Sheet, glossary, sheet_of
from benchside.recognition.entries.queries import Found
from benchside.recognition.models import Register

A_PAGE = 25


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Over all registers, or the one that is chosen."""
    among = list(queries.registers())
    chosen = request.GET.get("register", "")
    one = next((each for each in among if each.slug == chosen), None)
    found = queries.look_up(words_of(request), [one] if one else among)
    context = {"registers": among, "chosen": one}
    return render(
        request, "recognition/entries/find.html", context | _results(request, found, words_of)
    )


@require_safe
def look_up(request: HttpRequest, register: str) -> HttpResponse:
    """In one register, whose own page this is."""
    here = get_object_or_404(Register, slug=register)
    found = queries.look_up(words_of(request), [here])
    context = {
        "register": here,
        "rules": here.rules,
        "head": here.heads.last(),
        "letter": "B" if words_of(request) else "A",
    }
    return render(
        request, "recognition/entries/register.html", context | _results(request, found, words_of)
    )


def _results(request: HttpRequest, found: Found, words: Any) -> dict[str, Any]:
    """For `_results.html`."""
    page: Page[int] = Paginator(found.ids, A_PAGE).get_page(request.GET.get("page"))
    return {
        "asked": words(request),
        "found": found,
        "page": page,
        "rows": queries.in_order(list(page)),
        "as_of": timezone.now(),
        "most": queries.MOST,
    }


@require_safe
def statuses(request: HttpRequest, register: str) -> HttpResponse:
    here = get_object_or_404(Register, slug=register)
    context = {"register": here, "states": glossary(here)}
    return render(request, "recognition/entries/statuses.html", context)


@require_safe
def entry(request: HttpRequest, register: str, number: str) -> HttpResponse:
    """One entry. For a number that was never given, and for one that nobody may see: the same.
    Written another way, such as in small letters, it leads to its address."""
    here = get_object_or_404(Register, slug=register)
    sheet = _shown(here, number)
    if sheet is None:
        meant = queries.number_meant(here, number)
        if meant not in {"", number}:
            return redirect("recognition:entry", here.slug, meant)
        context = {"register": here, "number": number}
        return render(request, "recognition/entries/nobody.html", context, status=404)
    url = address_of(sheet.entry)
    context = {
        "register": here,
        "rules": here.rules,
        "sheet": sheet,
        "entry": sheet.entry,
        "states": glossary(here),
        "as_of": timezone.now(),
        "url": url,
        "jsonld": script_text(jsonld.entry(sheet, url)),
    }
    return render(request, "recognition/entries/entry.html", context)


def public_sheet(register: Register, number: str) -> Sheet:
    """Raises Http404 for what is not there, or not shown."""
    sheet = _shown(register, number)
    if sheet is None:
        raise Http404
    return sheet


def _shown(register: Register, number: str) -> Sheet | None:
    found = queries.entry_by_number(register, number)
    return sheet_of(found) if found else None


def address_of(entry: Published) -> str:
    """Its page, absolute."""
    path = reverse("recognition:entry", args=[entry.register.slug, entry.number])
    return f"{settings.BASE_URL}{path}"
