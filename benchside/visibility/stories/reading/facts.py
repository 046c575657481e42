"""What stories are filtered, sorted and counted by: a few plain facts of each public one.

All of them are read at once, in two queries, because the counts beside the filters need all. A
thousand stories are a thousand short rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from benchside.careers.enums import RouteKind
from benchside.careers.facets import Facets, Kind, Value
from benchside.careers.live import LiveCatalogue
from benchside.careers.models import Role
from benchside.organisations.enums import Nation
from benchside.visibility.choosing import LETTERS
from benchside.visibility.models import Story
from benchside.visibility.stories.reading.queries import public

Options = Sequence[tuple[str, str]]
FIELDS = (
    "pk", "role_id", "way", "nation", "region", "letters", "years_in_role",
    "name", "employer", "page__title", "by_partners",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One public story. `roles` are the one it is about, then those near it."""

    key: int
    roles: tuple[Role, ...]
    way: str
    nation: str
    region: str
    letters: tuple[str, ...]
    years: int | None
    words: str
    by_partners: bool

    @property
    def title(self) -> str:
        """What it is sorted by from A to Z; those whose role has gone come last."""
        return self.roles[0].title.casefold() if self.roles else "\uffff"


SlugsOf = Callable[[Fact], Sequence[str]]


def facts(live: LiveCatalogue) -> list[Fact]:
    """Of all public stories, newest first."""
    near = defaultdict(list)
    links = Story.more_roles.through.objects.filter(story__in=public().order_by().values("pk"))
    for story_id, role_id in links.order_by("pk").values_list("story_id", "role_id"):
        near[story_id].append(role_id)
    return [
        _fact(dict(zip(FIELDS, row, strict=True)), near, live)
        for row in public().values_list(*FIELDS)
    ]


def _fact(row: dict[str, Any], near: dict[int, list[int]], live: LiveCatalogue) -> Fact:
    ids = [row["role_id"], *near[row["pk"]]]
    roles = tuple(live.by_id[pk] for pk in ids if pk in live.by_id)
    letters = row["letters"].replace(",", " ").split()
    told = [row["page__title"], row["name"], row["employer"], row["region"]]
    return Fact(
        key=row["pk"],
        roles=roles,
        way=row["way"],
        nation=row["nation"],
        region=row["region"],
        letters=tuple(one for one in LETTERS if one in letters),
        years=row["years_in_role"],
        words=" ".join(map(str, [*told, *(role.title for role in roles)])).casefold(),
        by_partners=row["by_partners"],
    )


def facets_over(found: Sequence[Fact], live: LiveCatalogue) -> Facets:
    """sector, role, way, nation, region, letters.

    Also values nobody tells of yet, so that a frame for one sector stays one for that sector; a
    page offers only those that lead somewhere. Regions are free words, so only those there are.
    """
    regions = sorted({(slugify(one.region), one.region) for one in found if one.region})
    kinds: Sequence[tuple[str, str, Options, SlugsOf]] = (
        ("sector", "Sector", [(one.slug, one.name) for one in live.sectors], sectors_of),
        ("role", "Job", [(one.slug, one.title) for one in by_title(live.roles)], _roles),
        ("way", "Way in", RouteKind.choices, lambda one: [one.way]),
        ("nation", "Nation", Nation.choices, lambda one: [one.nation]),
        ("region", "Region", regions, lambda one: [slugify(one.region)]),
        ("letters", "Letters after the name", [(one, one) for one in LETTERS], _letters),
    )
    return Facets(
        frozenset(one.key for one in found),
        [_kind(name, label, options, found, slugs_of) for name, label, options, slugs_of in kinds],
    )


def _kind(
    name: str, label: str, options: Options, found: Sequence[Fact], slugs_of: SlugsOf
) -> Kind:
    ids: dict[str, set[int]] = {str(slug): set() for slug, _ in options}
    for one in found:
        for slug in slugs_of(one):
            if slug in ids:
                ids[slug].add(one.key)
    values = {
        str(slug): Value(str(slug), str(said), frozenset(ids[str(slug)])) for slug, said in options
    }
    return Kind(name, label, values)


def sectors_of(one: Fact) -> list[str]:
    """The sector of the job itself; jobs that are near it count elsewhere."""
    return [one.roles[0].sector.slug] if one.roles else []


def by_title(roles: Iterable[Role]) -> list[Role]:
    return sorted(roles, key=lambda role: role.title.casefold())


def _roles(one: Fact) -> list[str]:
    return [role.slug for role in one.roles]


def _letters(one: Fact) -> Sequence[str]:
    return one.letters
