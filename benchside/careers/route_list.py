"""The list of routes as a page, a table or a program asks for it: filtered, searched, sorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.urls import reverse

from benchside.careers.enums import Level, Nation, RouteKind
from benchside.careers.facets import Facets, Ids, Kind, Value, kind_of
from benchside.careers.listing import Link
from benchside.careers.live import LiveCatalogue
from benchside.careers.models import Role, Route
from benchside.careers.models.routes import CLOSED
from benchside.careers.search import find_routes
from benchside.careers.selection import Selection, read
from benchside.careers.wording import counted, listed

PAGE_SIZE = 25
USUAL = "title"
SORTS = {
    "best": "Best match",
    "title": "A to Z",
    "level": "Level, lowest first",
    "length": "Length, shortest first",
    "kind": "Kind",
}
OPEN_AT_FIRST = ("kind", "level")
OTHERS, YES = "others", "yes"
LONG = 1_000  # months: a length nobody gives comes last
KIND_ORDER = {kind: place for place, kind in enumerate(RouteKind.values)}


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A route in a list, and the live roles it opens."""

    route: Route
    roles: list[Role]


@dataclass(frozen=True, slots=True)
class Option:
    """`count` routes have this value and fit all that is chosen in the other facets."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    is_open: bool
    options: list[Option]


@dataclass(frozen=True)
class RouteListing:
    """All routes that fit an address, with what the reader should be told."""

    live: LiveCatalogue
    facets_of: Facets
    selection: Selection
    ignored: list[str]
    within: Ids | None
    rows: list[RouteRow] = field(default_factory=list)
    corrected: str = ""

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def nations(self) -> tuple[str, ...]:
        return self.selection.values.get("nation", ())

    @property
    def heading(self) -> str:
        """ "98 routes in England": a list never leaves open whose routes these are."""
        there = {row.route.nation for row in self.rows} or set(self.nations)
        names = listed([str(label) for slug, label in Nation.choices if slug in there])
        found = counted(self.total, "route")
        return f"{found} in {names}" if names else found

    @property
    def is_unlisted(self) -> bool:
        """Whether only nations are chosen of which we hold no single route."""
        values = self.facets_of.kinds["nation"].values
        return bool(self.nations) and not any(values[slug].ids for slug in self.nations)

    def page(self) -> Page[RouteRow]:
        return Paginator(self.rows, PAGE_SIZE).get_page(self.selection.page)

    def url(self, selection: Selection | None = None, name: str = "careers:routes") -> str:
        address = (self.selection if selection is None else selection).address()
        return f"{reverse(name)}?{address}" if address else reverse(name)

    def facets(self) -> list[Facet]:
        """All but the nation, which the page switches by links of its own."""
        values = self.selection.values
        counts = self.facets_of.counts(values, self._reach)
        everywhere = {name: slugs for name, slugs in values.items() if name != OTHERS}
        counts[OTHERS] = {YES: len(self.facets_of.matching(everywhere, self.within))}
        shown = [kind for name, kind in self.facets_of.kinds.items() if name != "nation"]
        return [self._facet(kind, counts[kind.name]) for kind in shown]

    def _facet(self, kind: Kind, counts: Mapping[str, int]) -> Facet:
        chosen = self.selection.values.get(kind.name, ())
        options = [
            Option(slug, value.label, counts[slug], slug in chosen)
            for slug, value in kind.values.items()
        ]
        return Facet(kind.name, kind.label, bool(chosen) or kind.name in OPEN_AT_FIRST, options)

    @property
    def _reach(self) -> Ids | None:
        """Where nobody asked for others, only routes that open one of our roles."""
        if OTHERS in self.selection.values:
            return self.within
        ours = _opening(self.live)
        return ours if self.within is None else ours & self.within

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

    def switch(self) -> list[tuple[str, str, str, bool]]:
        """The nation switch: slug, label, address of this list there, whether it is this one."""
        here = self.nations
        return [
            (slug, str(label), self.url(self._in_nation(slug)), here == (slug,))
            for slug, label in Nation.choices
        ]

    def _in_nation(self, slug: str) -> Selection:
        bare = self.selection
        for one in self.nations:
            bare = bare.without("nation", one)
        return bare.adding("nation", slug, self.facets_of)

    def sort_options(self) -> list[tuple[str, str, bool]]:
        return [
            (value, label, value == self.selection.order)
            for value, label in SORTS.items()
            if value != "best" or self.selection.query
        ]


def route_listing(live: LiveCatalogue, params: Mapping[str, Sequence[str]]) -> RouteListing:
    """The list of routes that an address (values by name) asks for. Closed ones are in none."""
    facets = facets_over(live)
    selection, ignored = read(params, facets, SORTS, USUAL)
    results = find_routes(selection.query) if selection.query else None
    order = [int(hit.key) for hit in results.hits] if results else None
    within = frozenset(order) if order is not None else None
    found = RouteListing(live, facets, selection, ignored, within)
    ids = facets.matching(selection.values, found._reach)
    by_id = {route.pk: route for route in live.routes if route.pk in ids}
    routes = [by_id[pk] for pk in (order or by_id) if pk in by_id]
    rows = [RouteRow(route, live.roles_by(route)) for route in _sorted(routes, selection.order)]
    corrected = results.corrected if results else ""
    return RouteListing(live, facets, selection, ignored, within, rows, corrected)


def facets_over(live: LiveCatalogue) -> Facets:
    """nation, kind, level, sector, and whether routes to jobs we have no page of come too."""
    records = [(route.pk, route) for route in live.routes if route.standing != CLOSED]
    everything = frozenset(key for key, _ in records)
    levels = [(str(value), label) for value, label in Level.choices]
    by_nation = {
        slug: Value(slug, str(label), frozenset(key for key, one in records if one.nation == slug))
        for slug, label in Nation.choices
    }
    sectors = [(sector.slug, sector.name) for sector in live.sectors]
    others = Value(YES, "Routes to other jobs too", everything)
    return Facets(
        everything,
        [
            Kind("nation", "Nation", by_nation),  # all four, also one we hold nothing of
            kind_of("kind", "Kind", RouteKind.choices, records, lambda route: [route.kind]),
            kind_of("level", "Level", levels, records, lambda route: [str(route.level)]),
            kind_of(
                "sector",
                "Sector it leads to",
                sectors,
                records,
                lambda route: [role.sector.slug for role in live.roles_by(route)],
            ),
            Kind(OTHERS, "Jobs we have no page of", {YES: others}),
        ],
    )


def _opening(live: LiveCatalogue) -> Ids:
    return frozenset(route.pk for route in live.routes if live.roles_by(route))


def _sorted(routes: list[Route], order: str) -> list[Route]:
    """Best first as the search gave them; else as asked, and by title where that is the same."""
    if order == "best":
        return routes
    by_title = sorted(routes, key=lambda route: (route.title.casefold(), route.slug))
    if order == "level":
        return sorted(by_title, key=lambda route: route.level or LONG)
    if order == "length":
        return sorted(by_title, key=lambda route: route.months or LONG)
    if order == "kind":
        return sorted(by_title, key=lambda route: (KIND_ORDER[route.kind], route.level or LONG))
    return by_title
