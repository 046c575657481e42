"""The list of stories that an address asks for: filtered, searched, sorted, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.urls import reverse

from benchside.careers.facets import Facets, Ids, Kind
from benchside.careers.listing import Link
from benchside.careers.live import LiveCatalogue
from benchside.careers.route_list import Facet, Option
from benchside.careers.selection import Selection, read
from benchside.careers.wording import counted, inside, listed
from benchside.visibility.stories.reading.facts import Fact, facets_over, facts
from benchside.visibility.stories.reading.queries import cards, public
from benchside.visibility.stories.reading.shown import Card

PAGE_SIZE = 12
MOST_RELAXATIONS = 4
USUAL = "new"
SORTS = {
    "best": "Best match",
    "new": "Newest first",
    "job": "Job, A to Z",
    "years": "Newest to the job first",
}
OPEN_AT_FIRST = ("sector", "nation")
LONG = 1_000  # years: who does not say comes last


@dataclass(frozen=True)
class StoryListing:
    """All stories that fit an address, with what the reader should be told.

    `everything` are the facts of all there are, `found` those that fit, in order.
    """

    live: LiveCatalogue
    facets_of: Facets
    selection: Selection
    said: list[str]
    within: Ids | None
    everything: Sequence[Fact]
    found: Sequence[Fact]

    @property
    def total(self) -> int:
        return len(self.found)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has told a story yet, whatever was asked."""
        return not self.everything

    @property
    def heading(self) -> str:
        """ "3 technicians in Wales", "No technician who took a T Level"."""
        people = counted(self.total, "technician") if self.total else "No technician"
        values = self.selection.values
        parts = [people]
        if places := self._labels("nation"):
            parts.append(f"in {listed(places, 'or')}")
        if ways := values.get("way"):
            named = [inside(self.facets_of.kinds["way"].values[slug].label) for slug in ways]
            parts.append(f"who came by {listed(named, 'or')}")
        return " ".join(parts)

    def _labels(self, name: str) -> list[str]:
        kind = self.facets_of.kinds[name]
        return [kind.values[slug].label for slug in self.selection.values.get(name, ())]

    @cached_property
    def page(self) -> Page[Fact]:
        """The page asked for, or the last one when there are not so many."""
        return Paginator(list(self.found), PAGE_SIZE).get_page(self.selection.page)

    @property
    def is_beyond(self) -> bool:
        return self.selection.page > self.page.paginator.num_pages

    @cached_property
    def cards(self) -> list[Card]:
        keys = [one.key for one in self.page]
        found = {card.key: card for card in cards(public().filter(pk__in=keys), self.live)}
        return [found[key] for key in keys if key in found]

    def ignored(self) -> list[str]:
        if not self.is_beyond:
            return list(self.said)
        last = self.page.paginator.num_pages
        return [
            *self.said,
            f"There is no page {self.selection.page}. This is the last, page {last}.",
        ]

    def url(self, selection: Selection | None = None, name: str = "visibility:stories") -> str:
        address = (self.selection if selection is None else selection).address()
        return f"{reverse(name)}?{address}" if address else reverse(name)

    @property
    def canonical(self) -> str:
        return self.url(self.selection.on_page(self.page.number))

    def facets(self) -> list[Facet]:
        """Without values that nobody tells of, unless they are asked for."""
        counts = self.facets_of.counts(self.selection.values, self.within)
        found = (self._facet(kind, counts[kind.name]) for kind in self.facets_of.kinds.values())
        return [facet for facet in found if facet.options]

    def _facet(self, kind: Kind, counts: Mapping[str, int]) -> Facet:
        chosen = self.selection.values.get(kind.name, ())
        options = [
            Option(slug, value.label, counts[slug], slug in chosen)
            for slug, value in kind.values.items()
            if value.ids or slug in chosen
        ]
        return Facet(kind.name, kind.label, bool(chosen) or kind.name in OPEN_AT_FIRST, options)

    def applied(self) -> list[Link]:
        """Label and address without it, for the words looked for and each value chosen."""
        found = []
        if self.selection.query:
            found.append(Link(f"“{self.selection.query}”", self.url(self.selection.asking(""))))
        for name, slugs in self.selection.chosen:
            for slug in slugs:
                label = self.facets_of.kinds[name].values[slug].label
                found.append(Link(label, self.url(self.selection.without(name, slug))))
        return found

    def relax(self) -> list[Link]:
        """When nothing fits: what to take away so that something does, most first."""
        if self.total:
            return []
        ways = self.facets_of.relaxations(self.selection.values, self.within)
        best = sorted(ways, key=lambda way: (-way[2], way[:2]))[:MOST_RELAXATIONS]
        return [
            Link(
                self.facets_of.kinds[name].values[slug].label,
                self.url(self.selection.without(name, slug)),
            )
            for name, slug, _ in best
        ]

    def sort_options(self) -> list[tuple[str, str, bool]]:
        return [
            (value, label, value == self.selection.order)
            for value, label in SORTS.items()
            if value != "best" or self.selection.query
        ]


def story_listing(
    live: LiveCatalogue, params: Mapping[str, Sequence[str]], *, partners: bool = False
) -> StoryListing:
    """The list that an address (values by name) asks for.

    For `partners`, of what they may show; and nothing where a part of the address cannot be used,
    for a frame that was made for one region must not one day fill with all.
    """
    everything = [one for one in facts(live) if one.by_partners or not partners]
    facets = facets_over(everything, live)
    selection, ignored = read(params, facets, SORTS, USUAL)
    within = _worded(everything, selection.query) if selection.query else None
    ids: Ids = frozenset() if partners and ignored else facets.matching(selection.values, within)
    found = _sorted([one for one in everything if one.key in ids], selection.order)
    return StoryListing(live, facets, selection, ignored, within, everything, found)


def _worded(everything: Sequence[Fact], query: str) -> Ids:
    """Those that have every word looked for, or its beginning."""
    words = query.casefold().split()
    return frozenset(one.key for one in everything if all(word in one.words for word in words))


def _sorted(found: list[Fact], order: str) -> list[Fact]:
    """They come newest first."""
    if order == "job":
        return sorted(found, key=lambda one: one.title)
    if order == "years":
        return sorted(found, key=lambda one: LONG if one.years is None else one.years)
    return found
