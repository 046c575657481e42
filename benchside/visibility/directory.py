"""The directory as a page shows it: cards, filters that lead somewhere, ways out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet, Value

from benchside.organisations import tree
from benchside.organisations.models import Organisation, Unit
from benchside.organisations.queries import nodes_of
from benchside.people.models import Profile, ProfileKit, ProfileSkill, Technician
from benchside.visibility import finding
from benchside.visibility.cards import Card, cards
from benchside.visibility.choosing import LETTERS, SORTS, Selection
from benchside.visibility.circles import Circle, employments, people, posts

A_PAGE = 24
MOST_OPTIONS = 400
INDENT = "\u2003"  # an em of space


class Link(NamedTuple):
    label: str
    url: str


class Option(NamedTuple):
    value: str
    label: str
    is_chosen: bool


class Filter(NamedTuple):
    """One list to choose from. Only what somebody shows is in it, and no numbers."""

    name: str
    label: str
    options: list[Option]


LABELS = {
    "organisation": "Organisation",
    "unit": "Unit",
    "role": "Kind of role",
    "skill": "Skill",
    "kit": "Kit",
    "letters": "Letters after the name",
}


@dataclass(frozen=True)
class Directory:
    """`fixed` are filters that the page itself stands for; they are not offered again."""

    circle: Circle
    chosen: finding.Chosen
    base: str
    fixed: frozenset[str] = frozenset()

    @property
    def selection(self) -> Selection:
        return self.chosen.selection

    @cached_property
    def found(self) -> QuerySet[Technician]:
        return finding.found(self.chosen)

    @cached_property
    def page(self) -> Page[Technician]:
        return Paginator(self.found, A_PAGE).get_page(self.selection.page)

    @cached_property
    def cards(self) -> list[Card]:
        return cards(self.circle, self.page)

    def url(self, selection: Selection) -> str:
        address = selection.address(leave_out=tuple(self.fixed))
        return f"{self.base}?{address}" if address else self.base

    @property
    def query_string(self) -> str:
        """All that was asked for, also what the page stands for, on its first page."""
        return replace(self.selection, page=1).address()

    @property
    def canonical(self) -> str:
        return self.url(replace(self.selection, page=self.page.number))

    def applied(self) -> list[Link]:
        """What narrows the list, each with the list without it."""
        links = []
        if query := self.selection.query:
            links.append(Link(f"“{query}”", self.url(self.selection.without("query"))))
        for name, label in self.chosen.labels.items():
            if name not in self.fixed:
                links.append(Link(label, self.url(self.selection.without(name))))
        return links

    def ignored(self) -> list[str]:
        said = list(self.chosen.ignored)
        if self.selection.page > self.page.paginator.num_pages:
            last = self.page.paginator.num_pages
            said.append(f"There is no page {self.selection.page}. This is the last, page {last}.")
        return said

    def sort_options(self) -> list[Option]:
        return [Option(key, label, key == self.selection.sort) for key, label in SORTS.items()]

    def filters(self) -> list[Filter]:
        """In five queries at most."""
        offered: dict[str, Callable[[], list[Option]]] = {
            "organisation": self._organisations,
            "unit": self._units,
            "role": partial(self._term, "role"),
            "skill": partial(self._term, "skill"),
            "kit": partial(self._term, "kit"),
            "letters": self._letters,
        }
        return [
            Filter(name, LABELS[name], options)
            for name, options_of in offered.items()
            if name not in self.fixed and (options := options_of())
        ]

    def _option(self, name: str, value: str, label: str) -> Option:
        return Option(value, label, getattr(self.selection, name) == value)

    def _options(self, name: str, rows: Sequence[tuple[str, str]]) -> list[Option]:
        return [self._option(name, value, label) for value, label in rows]

    def _profiles(self, key: str) -> QuerySet[Profile]:
        """Profiles of which the circle sees the field `key`."""
        seen = people(self.circle).filter(self.circle.may_see(key)).order_by()
        return Profile.objects.filter(Exists(seen.filter(pk=OuterRef("technician"))))

    def _organisations(self) -> list[Option]:
        if self.circle.organisation is not None:
            return []
        seen = people(self.circle).filter(self.circle.may_see("unit")).order_by()
        here = employments(self.circle).filter(
            Exists(seen.filter(pk=OuterRef("technician"))), organisation=OuterRef("pk")
        )
        rows = Organisation.objects.open().filter(Exists(here)).order_by("name")
        return self._options("organisation", list(rows.values_list("slug", "name")[:MOST_OPTIONS]))

    def _units(self) -> list[Option]:
        """The tree of one organisation, without the branches where nobody shows themselves."""
        organisation = self.circle.organisation or self._chosen_organisation()
        if organisation is None:
            return []
        seen = people(self.circle).filter(self.circle.may_see("unit")).order_by()
        held = posts(self.circle).filter(
            Exists(seen.filter(pk=OuterRef("employment__technician"))),
            employment__organisation=organisation,
            unit=OuterRef("pk"),
        )
        shown = set(
            Unit.objects.filter(Exists(held), organisation=organisation).values_list(
                "pk", flat=True
            )
        )
        nodes = nodes_of(organisation)
        above = {node.id for pk in shown for node in tree.way_down(pk, nodes)}
        return [
            self._option("unit", str(branch.node.id), f"{INDENT * branch.depth}{branch.node.name}")
            for branch in tree.in_order(node for node in nodes if node.id in above)
        ]

    def _chosen_organisation(self) -> Organisation | None:
        pk = self.chosen.ids.get("organisation")
        return Organisation(pk=pk) if pk else None

    @cached_property
    def _terms(self) -> dict[str, list[tuple[str, str]]]:
        """Slug and name of the roles, skills and kit that somebody shows, in one query."""
        near = self._profiles("role").filter(role=OuterRef("pk"))
        skills = ProfileSkill.objects.order_by().filter(
            profile__in=self._profiles("skills"), term=OuterRef("pk")
        )
        kit = ProfileKit.objects.order_by().filter(
            profile__in=self._profiles("kit"), term=OuterRef("pk")
        )
        found: dict[str, list[tuple[str, str]]] = {"role": [], "skill": [], "kit": []}
        parts = [
            finding.NAMED[kind]().filter(Exists(shown)).order_by().values_list(
                Value(kind), "slug", "name"
            )
            for kind, shown in (("role", near), ("skill", skills), ("kit", kit))
        ]  # fmt: skip
        for kind, slug, name in parts[0].union(*parts[1:], all=True):
            found[kind].append((slug, name))
        return {
            kind: sorted(terms, key=lambda term: term[1].casefold())
            for kind, terms in found.items()
        }

    def _term(self, kind: str) -> list[Option]:
        return self._options(kind, self._terms[kind])

    def _letters(self) -> list[Option]:
        return self._options("letters", [(each, each) for each in LETTERS])


def directory(
    circle: Circle, selection: Selection, base: str, fixed: frozenset[str] = frozenset()
) -> Directory:
    return Directory(circle, finding.look_up(circle, selection), base, fixed)
