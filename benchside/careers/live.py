"""The catalogue as readers see it: live roles with all that belongs to them, held in memory.

A hundred roles change a few times a week and are read all day. Each process keeps them as
whole `Role` records with their relations fetched, and asks the database one question a request:
has anything changed? The answer is the newest change and the number of rows of each table.
Nobody may change a record taken from here: ask the database for one to change.
"""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import Count, Max, Prefetch

from benchside.careers.facet_kinds import facets_of
from benchside.careers.facets import Facets
from benchside.careers.models import (
    Advice,
    KitTerm,
    NationWay,
    Role,
    RoleKit,
    RoleRoute,
    Route,
    Sector,
    Setting,
    SkillTerm,
    Source,
    Subject,
    Term,
)
from benchside.careers.related import Neighbours, Profile
from benchside.careers.wording import inside, with_article

# Two editors saving at one moment could hide one change behind the other, for so long.
LONGEST_KEPT = 60.0  # seconds
WATCHED: tuple[type[models.Model], ...] = (
    Role,
    Sector,
    Subject,
    Setting,
    SkillTerm,
    KitTerm,
    Source,
    Advice,
    NationWay,
    Route,
)
RELATIONS = (
    "subjects",
    "settings",
    "skills",
    Prefetch("kit_list", RoleKit.objects.select_related("term")),
    Prefetch("route_list", RoleRoute.objects.select_related("route__source")),
)
TERMS = ("subjects", "settings", "skills", "kit")
REASONS = {
    "kit": "also uses {}",
    "skills": "also needs {}",
    "subjects": "also uses {}",
    "sector": "also in {}",
    "interests": "suits the same sort of person",
}


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role in a list. `why` says what brought it there: "also uses a multimeter"; or ""."""

    role: Role
    why: str = ""


class LiveCatalogue:
    """What is live at one moment, in the order of numbers."""

    def __init__(self) -> None:
        self.roles: tuple[Role, ...] = tuple(
            Role.objects.filter(live=True).select_related("sector").prefetch_related(*RELATIONS)
        )
        self.advice: tuple[Advice, ...] = tuple(Advice.objects.all())
        self.ways: tuple[NationWay, ...] = tuple(NationWay.objects.all())
        self.routes: tuple[Route, ...] = tuple(Route.objects.select_related("source"))
        self.by_id = {role.pk: role for role in self.roles}
        self.by_slug = {role.slug: role for role in self.roles}
        self.by_number = {role.number: role for role in self.roles}
        # What templates have drawn of this catalogue, and of one role (see `{% once %}`).
        self.drawn: dict[str, str] = {}
        for role in self.roles:
            role.drawn = {}
        self.route_by_slug = {route.slug: route for route in self.routes}

    @cached_property
    def sectors(self) -> list[Sector]:
        """Those with roles, each with its `role_count`."""
        found: list[Sector] = _in_order(role.sector for role in self.roles)
        for sector in found:
            vars(sector)["role_count"] = len(self.roles_in(sector))
        return found

    def roles_in(self, sector: Sector) -> list[Role]:
        return [role for role in self.roles if role.sector_id == sector.pk]

    def roles_by(self, route: Route) -> list[Role]:
        """The live roles that a route opens, in the order of numbers."""
        return self._opened.get(route.pk, [])

    @cached_property
    def _opened(self) -> dict[int, list[Role]]:
        found: dict[int, list[Role]] = {}
        for role in self.roles:
            for way in role.route_list.all():
                found.setdefault(way.route_id, []).append(role)
        return found

    def neighbours_of(self, role: Role) -> tuple[Role | None, Role | None]:
        """The live roles before and after this one by number."""
        before = [one for one in self.roles if one.number < role.number]
        after = [one for one in self.roles if one.number > role.number]
        return before[-1] if before else None, after[0] if after else None

    def related_to(self, role: Role) -> list[RoleCard]:
        """Up to four roles like this one, which may be a draft."""
        return [
            RoleCard(self.by_number[one.number], self._reason(*one.shared))
            for one in self._nearest.of(_profile(role))
        ]

    @cached_property
    def facets(self) -> Facets:
        terms = {name: [(term.slug, term.name) for term in self.terms(name)] for name in TERMS}
        sectors = [(sector.slug, sector.name) for sector in self.sectors]
        return facets_of(self.roles, terms | {"sectors": sectors})

    def terms(self, name: str) -> list[Term]:
        """The terms of "subjects", "settings", "skills" or "kit" that live roles use."""
        if name == "kit":
            return sorted(_in_order(k.term for r in self.roles for k in r.kit_list.all()), key=str)
        return _in_order(term for role in self.roles for term in getattr(role, name).all())

    @cached_property
    def _nearest(self) -> Neighbours:
        return Neighbours(_profile(role) for role in self.roles)

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        names = {("kit", term.slug): with_article(term.name) for term in self.terms("kit")}
        for name in ("skills", "subjects"):
            names |= {(name, term.slug): inside(term.name) for term in self.terms(name)}
        return names | {("sector", one.slug): inside(one.name) for one in self.sectors}

    def _reason(self, name: str, slug: str) -> str:
        return REASONS[name].format(self._names.get((name, slug), ""))


def _in_order(terms: Iterable[Any]) -> list[Any]:
    unique = {term.pk: term for term in terms}
    return sorted(unique.values(), key=lambda term: (term.order, term.name))


def _profile(role: Role) -> Profile:
    return Profile(
        number=role.number,
        interests=role.interests,
        kit=frozenset(kit.term.slug for kit in role.kit_list.all()),
        skills=frozenset(term.slug for term in role.skills.all()),
        subjects=frozenset(term.slug for term in role.subjects.all()),
        sector=role.sector.slug,
    )


# --- kept by the process -----------------------------------------------------------------------
_kept: tuple[object, float, LiveCatalogue] | None = None
_lock = threading.Lock()


def live_catalogue() -> LiveCatalogue:
    """The catalogue as it is now: one query when nothing has changed, about eleven otherwise."""
    global _kept
    stamp = _stamp()
    kept = _kept
    if kept and kept[0] == stamp and time.monotonic() - kept[1] < LONGEST_KEPT:
        return kept[2]
    with _lock:
        if _kept is None or _kept is kept:
            _kept = (stamp, time.monotonic(), LiveCatalogue())
        return _kept[2]


def _stamp() -> object:
    """Changes when anything shown may have changed."""
    with connection.cursor() as cursor:
        cursor.execute(*_question(connection.vendor))
        return tuple(cursor.fetchall())


@lru_cache
def _question(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The SQL of it and its parameters: put together by Django once, not on every request."""
    first, *others = (
        model._default_manager.order_by()
        .annotate(of=models.Value(model._meta.model_name, models.CharField()))
        .values("of")
        .annotate(rows=Count("pk"), newest=Max("updated_at"))
        for model in WATCHED
    )
    every = first.union(*others, all=True).values_list("of", "rows", "newest").order_by("of")
    sql, params = every.query.sql_with_params()
    return sql, params
