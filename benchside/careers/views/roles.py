"""The list of roles and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from benchside.careers import sheet
from benchside.careers.listing import PAGE_SIZE, listing
from benchside.careers.live import LiveCatalogue, RoleCard, live_catalogue
from benchside.careers.lookup import nearest, tidied
from benchside.careers.selection import shown


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The list, filtered, searched and sorted by the address alone.

    Repeated parameters: `sector=a&sector=b` is either, `sector=a&subject=c` is both. Besides
    the facets: `q`, `sort` and `page`. What cannot be used is ignored and named. A page beyond
    the last is a 404 that shows the last.

    query        the words looked for, or ""
    facets       of `Facet`: name, label, is_open, options; each `Option`: value, label, count,
                 checked, url
    applied      of `Link`: label, and url without it
    cards        of `RoleCard` on this page: role, why
    page         Django's `Page`
    total        how many roles fit
    heading      a sentence: "57 roles use physics"
    did_you_mean `Link` with the mended spelling that the list already answers, or None
    understood   what was read out of the words, in words
    relax        when nothing fits, of `Link`: what to take away, and the list without it
    ignored      sentences on what was left out and what to do
    sort_options of `SortOption`: value, label, is_current, url
    sort         "" for the usual order, for the form
    page_url     the list's address up to the page's number: "...?subject=music&page="
    compare_url, csv_url, canonical_url
    """
    found = listing(live_catalogue(), dict(request.GET.lists()))
    page = found.page()
    is_beyond = found.selection.page > page.paginator.num_pages
    ignored = list(found.ignored)
    if is_beyond:
        last = page.paginator.num_pages
        ignored.append(f"There is no page {found.selection.page}. This is the last, page {last}.")
    context = {
        "query": found.selection.query,
        "facets": found.facets(),
        "applied": found.applied(),
        "cards": list(page),
        "page": page,
        "page_size": PAGE_SIZE,
        "total": found.total,
        "heading": found.heading,
        "did_you_mean": found.did_you_mean(),
        "understood": found.results.understood if found.results else (),
        "relax": found.relax(),
        "ignored": ignored,
        "sort_options": found.sort_options(),
        "sort": found.selection.sort,
        "page_url": _page_url(found.url(found.selection.on_page(1))),
        "compare_url": reverse("careers:compare"),
        "csv_url": found.url(found.selection.on_page(1), "careers:roles_csv"),
        "canonical_url": found.url(found.selection.on_page(page.number)),
    }
    response = render(request, "careers/roles.html", context, status=404 if is_beyond else 200)
    # A list changed in place stands in the address bar as one asked for whole would.
    response["HX-Push-Url"] = found.url(found.selection.on_page(page.number))
    return response


def _page_url(first: str) -> str:
    return f"{first}{'&' if '?' in first else '?'}page="


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """One role (see `sheet.context`). An address somebody mangled leads there, or says what is
    near."""
    live = live_catalogue()
    if slug in live.by_slug:
        return render(request, "careers/role.html", sheet.context(live.by_slug[slug], live))
    meant = tidied(slug)
    if meant in live.by_slug:
        return redirect("careers:role", slug=meant, permanent=True)
    return _missing(request, live, slug)


@require_safe
def role_by_number(request: HttpRequest, number: int) -> HttpResponse:
    """The number on a poster leads to the page."""
    live = live_catalogue()
    if number in live.by_number:
        return redirect(live.by_number[number], permanent=True)
    return _missing(request, live, str(number))


def _missing(request: HttpRequest, live: LiveCatalogue, asked: str) -> HttpResponse:
    """`asked` is what was looked for, in quotes; `cards` are roles with a name like it."""
    near = [RoleCard(live.by_slug[slug]) for slug in nearest(asked, live.by_slug)]
    context = {"asked": shown(asked), "cards": near}
    return render(request, "careers/role_missing.html", context, status=404)
