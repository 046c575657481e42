"""The list of routes and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from benchside.careers import route_sheet
from benchside.careers.enums import Nation
from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.lookup import nearest, tidied
from benchside.careers.models.routes import OPEN
from benchside.careers.route_list import PAGE_SIZE, RouteListing, route_listing
from benchside.careers.selection import shown


@require_safe
def routes(request: HttpRequest) -> HttpResponse:
    """The list, filtered, searched and sorted by the address alone, as the list of roles is.

    switch    the nation switch: (slug, name, address, whether it is this one)
    nation    (slug, name) when one is chosen, else None
    is_unlisted  no single route of that nation is held: say what there is instead
    nations   of one nation or of all: slug, label, ways (kinds of way in in general words),
              advice, listed (kinds of which single routes are open)
    rows      of `RouteRow` on this page: route, roles
    facets, applied, sort_options, page, total, heading, ignored, query, corrected
    csv_url, canonical_url
    A page beyond the last is a 404 that shows the last.
    """
    live = live_catalogue()
    found = route_listing(live, dict(request.GET.lists()))
    page = found.page()
    is_beyond = found.selection.page > page.paginator.num_pages
    ignored = list(found.ignored)
    if is_beyond:
        last = page.paginator.num_pages
        ignored.append(f"There is no page {found.selection.page}. This is the last, page {last}.")
    first = found.selection.on_page(1)
    context = {
        "query": found.selection.query,
        "corrected": found.corrected,
        "switch": found.switch(),
        "nation": _one_nation(found),
        "is_unlisted": found.is_unlisted,
        "nations": kinds_by_nation(live, found.nations),
        "rows": list(page),
        "page": page,
        "page_size": PAGE_SIZE,
        "total": found.total,
        "heading": found.heading,
        "facets": found.facets(),
        "applied": found.applied(),
        "sort_options": found.sort_options(),
        "ignored": ignored,
        "csv_url": found.url(first, "careers:routes_csv"),
        "canonical_url": found.url(found.selection.on_page(page.number)),
    }
    return render(request, "careers/routes.html", context, status=404 if is_beyond else 200)


def _one_nation(found: RouteListing) -> tuple[str, str] | None:
    names = dict(Nation.choices)
    return (found.nations[0], names[found.nations[0]]) if len(found.nations) == 1 else None


def kinds_by_nation(live: LiveCatalogue, chosen: tuple[str, ...]) -> list[dict[str, object]]:
    """slug, label, ways and advice of the nations chosen, or of all four."""
    advice = {one.nation: one for one in live.advice}
    return [
        {
            "slug": slug,
            "label": label,
            "ways": [way for way in live.ways if way.nation == slug],
            "advice": advice.get(slug),
            "listed": {
                one.kind
                for one in live.routes
                if one.nation == slug and one.standing == OPEN and live.roles_by(one)
            },
        }
        for slug, label in Nation.choices
        if not chosen or slug in chosen
    ]


@require_safe
def route(request: HttpRequest, slug: str) -> HttpResponse:
    """One route (see `route_sheet.context`), also one that has closed: it says so."""
    live = live_catalogue()
    if slug in live.route_by_slug:
        context = route_sheet.context(live.route_by_slug[slug], live)
        return render(request, "careers/route.html", context)
    meant = tidied(slug)
    if meant in live.route_by_slug:
        return redirect("careers:route", slug=meant, permanent=True)
    near = [live.route_by_slug[one] for one in nearest(slug, live.route_by_slug)]
    context = {"asked": shown(slug), "near": near}
    return render(request, "careers/route_missing.html", context, status=404)
