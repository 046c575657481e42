"""The list of roles as a page shows it: cards, facets with counts and links, ways out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.urls import reverse

from benchside.careers.facets import Ids, Kind
from benchside.careers.headings import heading
from benchside.careers.live import LiveCatalogue, RoleCard
from benchside.careers.models import Role
from benchside.careers.search import find_roles
from benchside.careers.selection import SORTS, Selection, read
from benchside.core.search.results import Results

PAGE_SIZE = 12
OPEN_AT_FIRST = ("subject", "sector")
MOST_RELAXATIONS = 4


class Link(NamedTuple):
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """`count` roles have this value and fit all that is chosen in the other facets."""

    value: str
    label: str
    count: int
    checked: bool
    facet: str
    listing: "Listing"

    @property
    def url(self) -> str:
        """The list with this value ticked or, if it is `checked`, no longer ticked.

        Made when asked for: a page of tick boxes needs none of its two hundred.
        """
        selection = self.listing.selection
        if self.checked:
            return self.listing.url(selection.without(self.facet, self.value))
        facets = self.listing.live.facets
        return self.listing.url(selection.adding(self.facet, self.value, facets))


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    is_open: bool
    options: list[Option]


@dataclass(frozen=True, slots=True)
class SortOption:
    value: str
    label: str
    is_current: bool
    url: str


@dataclass(frozen=True)
class Listing:
    """All roles that fit an address, best first, with what the reader should be told."""

    live: LiveCatalogue
    selection: Selection
    ignored: list[str]
    results: Results | None
    roles: list[Role]
    whys: Mapping[int, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.roles)

    @property
    def heading(self) -> str:
        return heading(self.selection, self.live.facets, self.total)

    @property
    def within(self) -> Ids | None:
        return frozenset(self.whys) if self.results is not None else None

    def page(self) -> Page[RoleCard]:
        """The page asked for, or the last one when there are not so many."""
        cards = [RoleCard(role, self.whys.get(role.pk, "")) for role in self.roles]
        return Paginator(cards, PAGE_SIZE).get_page(self.selection.page)

    def url(self, selection: Selection | None = None, name: str = "careers:roles") -> str:
        address = (self.selection if selection is None else selection).address()
        return f"{reverse(name)}?{address}" if address else reverse(name)

    def facets(self) -> list[Facet]:
        counts = self.live.facets.counts(self.selection.values, self.within)
        return [self._facet(kind, counts[kind.name]) for kind in self.live.facets.kinds.values()]

    def _facet(self, kind: Kind, counts: Mapping[str, int]) -> Facet:
        chosen = self.selection.values.get(kind.name, ())
        options = [
            Option(slug, value.label, counts[slug], slug in chosen, kind.name, self)
            for slug, value in kind.values.items()
        ]
        return Facet(kind.name, kind.label, bool(chosen) or kind.name in OPEN_AT_FIRST, options)

    def applied(self) -> list[Link]:
        """Label and address without it, for the words looked for and each value chosen."""
        found = []
        if self.selection.query:
            found.append(self._without_query())
        for name, slugs in self.selection.chosen:
            for slug in slugs:
                label = self.live.facets.kinds[name].values[slug].label
                found.append(Link(label, self.url(self.selection.without(name, slug))))
        return found

    def _without_query(self) -> Link:
        return Link(f"“{self.selection.query}”", self.url(self.selection.asking("")))

    def relax(self) -> list[Link]:
        """When nothing fits: what to take away so that something does, most first."""
        if self.total:
            return []
        chosen = self.selection.values
        ways = sorted(
            self.live.facets.relaxations(chosen, self.within), key=lambda way: (-way[2], way[:2])
        )
        found = [
            Link(
                self.live.facets.kinds[name].values[slug].label,
                self.url(self.selection.without(name, slug)),
            )
            for name, slug, _ in ways[:MOST_RELAXATIONS]
        ]
        if self.selection.query and self.live.facets.matching(chosen):
            found.append(self._without_query())
        return found

    def did_you_mean(self) -> Link | None:
        """The words in mended spelling, which this list already answers, and their address."""
        if self.results is None or not self.results.corrected:
            return None
        corrected = self.results.corrected
        return Link(corrected, self.url(self.selection.asking(corrected)))

    def sort_options(self) -> list[SortOption]:
        return [
            SortOption(value, label, value == self.selection.order, self.url(then))
            for value, label in SORTS.items()
            if value != "best" or self.selection.query
            for then in [self.selection.sorted_by(value)]
        ]


def listing(live: LiveCatalogue, params: Mapping[str, Sequence[str]]) -> Listing:
    """The list that an address (values by name) asks for."""
    selection, ignored = read(params, live.facets)
    results = find_roles(selection.query) if selection.query else None
    whys = {int(hit.key): hit.why for hit in results.hits} if results else {}
    ids = live.facets.matching(selection.values, frozenset(whys) if results else None)
    roles = [live.by_id[pk] for pk in (whys or live.by_id) if pk in ids]
    return Listing(live, selection, ignored, results, _sorted(roles, selection.order), whys)


def _sorted(roles: list[Role], order: str) -> list[Role]:
    """Roles come best first where words were looked for, else by number."""
    if order == "number":
        return sorted(roles, key=lambda role: role.number)
    if order == "title":
        return sorted(roles, key=lambda role: role.title.casefold())
    if order == "sector":
        return sorted(roles, key=lambda role: (role.sector.order, role.sector.name, role.number))
    return roles
