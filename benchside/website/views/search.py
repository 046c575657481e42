"""The search over everything that can be found by anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from benchside.core.registries import SearchHit, search_providers
from benchside.core.search.query import search as find
from benchside.core.search.results import Results
from benchside.core.search.sources import search_sources
from benchside.core.search.understand import MOST_TYPED, clean

ON_A_PAGE = 20
MOST_BESIDE = 4
EXAMPLES = ("fixes planes", "work with animals", "good at maths", "not in an office")


@dataclass(frozen=True, slots=True)
class KindLink:
    """One kind of result to look at alone: key "" is results."""

    key: str
    label: str
    count: int
    url: str
    is_current: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for `?q=`, of one `kind=`, twenty a `page=`. Any input gets a kind answer.

    query       what was looked for, as it is kept; "" when nothing was typed
    is_empty    nothing was typed: say what can be looked for, offer `examples`
    hits        of `Hit` on this page: kind, title, url, summary, number, why
    plurals     what a kind is called: plurals[hit.kind]
    total       how many fit, of the kind chosen; more: there are more than were counted
    did_you_mean  the query in mended spelling, which the hits already answer; else ""
    understood  what was read out of the words, in words
    kinds       of `KindLink`, everything first; [] when all hits are of one kind
    beside      of (title, hits): the nearest that are found by other means than the index
    ignored     sentences on what was left out and what to do
    page        Django's `Page`; previous_url, next_url: "" at the ends
    examples    of (words, url)
    """
    query, kind, number = (request.GET.get(name, "") for name in ("q", "kind", "page"))
    plurals = {source.key: source.plural for source in search_sources}
    ignored = _ignored(query, kind, plurals)
    kind = kind if kind in plurals else ""
    results, page = _part(query, kind, number)
    context = {
        "query": results.query,
        "is_empty": not results.query,
        "hits": results.hits,
        "plurals": plurals,
        "total": results.total,
        "more": results.more,
        "did_you_mean": results.corrected,
        "understood": results.understood,
        "kinds": _kinds(results, kind, plurals),
        "beside": _beside(query) if results.query and not kind and page.number == 1 else [],
        "ignored": ignored,
        "page": page,
        "previous_url": _url(query, kind, page.number - 1) if page.has_previous() else "",
        "next_url": _url(query, kind, page.number + 1) if page.has_next() else "",
        "examples": [(words, _url(words)) for words in EXAMPLES],
    }
    response = render(request, "website/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _part(query: str, kind: str, number: str) -> tuple[Results, Page]:
    """One page of results: the last for a number beyond it, the first for no number."""
    start = (int(number) - 1) * ON_A_PAGE if number.isdecimal() and 0 < int(number) < 100 else 0
    results = find(query, only=kind, start=start, limit=ON_A_PAGE)
    page = Paginator(range(results.total), ON_A_PAGE).get_page(start // ON_A_PAGE + 1)
    if page.start_index() - 1 not in (start, -1):
        results = find(query, only=kind, start=page.start_index() - 1, limit=ON_A_PAGE)
    return results, page


def _beside(query: str) -> list[tuple[str, Sequence[SearchHit]]]:
    """What rooms find themselves, since it may stand in no index: people, as they are shown now."""
    found = ((one.title, one.find(query, MOST_BESIDE)) for one in search_providers)
    return [(title, hits) for title, hits in found if hits]


def _kinds(results: Results, kind: str, plurals: dict[str, str]) -> list[KindLink]:
    if len(results.kinds) < 2 and not kind:
        return []
    counts = {
        "": sum(results.kinds.values()),
        **{key: results.kinds.get(key, 0) for key in plurals},
    }
    return [
        KindLink(key, plurals.get(key, "Everything"), count, _url(results.query, key), key == kind)
        for key, count in counts.items()
        if count or key == kind
    ]


def _ignored(query: str, kind: str, plurals: dict[str, str]) -> list[str]:
    """What of the address could not be used, and what happens instead."""
    sentences = []
    if len(query) > MOST_TYPED:
        sentences.append(f"That was long, so only its first {MOST_TYPED} letters were used.")
    if kind and kind not in plurals:
        sentences.append("There is no such kind of page here, so this shows every kind.")
    return sentences


def _url(query: str, kind: str = "", page: int = 1) -> str:
    """The address of one page of results, with nothing in it that need not be."""
    wanted = {"q": clean(query), "kind": kind, "page": page if page > 1 else ""}
    return f"{reverse('website:search')}?{urlencode({k: v for k, v in wanted.items() if v})}"
