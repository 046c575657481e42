"""What roles and sectors say to the search, and the search over roles alone."""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from benchside.careers.enums import RouteKind
from benchside.careers.models import Role, Route, Sector
from benchside.core.search.documents import Document, Line, Part
from benchside.core.search.index import index
from benchside.core.search.query import search
from benchside.core.search.results import Results
from benchside.core.search.sources import SearchSource, search_sources
from benchside.core.search.thesaurus import Thesaurus, read
from benchside.core.search.tokenise import content_stems

SYNONYMS = Path(__file__).parent / "synonyms.toml"
COLLEGE = (RouteKind.T_LEVEL, RouteKind.V_LEVEL)
DEGREE_LEVEL = 6  # of the Regulated Qualifications Framework
_MANY = ("subjects", "settings", "skills", "kit_list__term", "route_list__route")


class RoleMatch(NamedTuple):
    """A role that fits, and why, in plain words: "Also called: theatre armourer"."""

    role_id: int
    why: str


def role_matches(query: str) -> list[RoleMatch]:
    """Roles that answer `query`, best first; none for an empty query. Never writes."""
    return [RoleMatch(int(hit.key), hit.why) for hit in find_roles(query).hits]


def find_roles(query: str) -> Results:
    """The same with everything around it: spelling mended, what was understood, total.

    The key of each hit is the role's id.
    """
    return search(query, kinds=(ROLES.key,))


def find_routes(query: str) -> Results:
    """Routes that answer `query`, best first. The key of each hit is the route's id."""
    return search(query, kinds=(ROUTES.key,))


def index_routes(ids: Iterable[int]) -> int:
    """Tell the search that these routes were written or have closed; their roles say so too."""
    some = list(ids)
    roles = Role.objects.filter(route_list__route__in=some).values_list("pk", flat=True).distinct()
    index(ROLES.key, map(str, roles))
    return index(ROUTES.key, map(str, some))


def index_roles(ids: Iterable[int] | None = None) -> int:
    """Tell the search that these roles were written, changed or withdrawn.

    Call it in the transaction that changed them. None: the whole catalogue, sectors and routes too.
    Returns how many of the roles can be found now.
    """
    if ids is not None:
        return index(ROLES.key, map(str, ids))
    index(SECTORS.key)
    index(ROUTES.key)
    return index(ROLES.key)


def _roles(keys: Iterable[str] | None) -> Iterator[Document]:
    roles = Role.objects.filter(live=True).select_related("sector").prefetch_related(*_MANY)
    if keys is not None:
        roles = roles.filter(pk__in=keys)
    return (_of_role(role) for role in roles.order_by("number"))


def _of_role(role: Role) -> Document:
    return Document(
        kind=ROLES.key,
        key=str(role.pk),
        title=role.title,
        url=role.get_absolute_url(),
        summary=role.sentence,
        number=role.number,
        lines=tuple(_lines(role)),
        tags=frozenset(_facts(role)),
        prose="\n".join(_prose(role)),
        boost=5,
    )


def _lines(role: Role) -> Iterator[Line]:
    yield from (Line(Part.NAME, "Also called", name) for name in role.other_names)
    if not set(content_stems(role.short)) <= set(content_stems(role.title)):
        yield Line(Part.NAME, "Short name", role.short)
    yield from (Line(Part.PHRASE, "People ask for", phrase) for phrase in role.phrases)
    yield Line(Part.SENTENCE, "In short", role.sentence)
    yield from (Line(Part.TERM, "Kit", use.term.name) for use in role.kit_list.all())
    yield from (Line(Part.TERM, "Skill", skill.name) for skill in role.skills.all())
    yield from (Line(Part.TERM, "Subject that helps", each.name) for each in role.subjects.all())
    yield from (Line(Part.TERM, "Where", setting.name) for setting in role.settings.all())
    yield from (Line(Part.TERM, "Who you may work for", name) for name in role.employers)
    yield Line(Part.TERM, "Sector", role.sector.name)


def _facts(role: Role) -> Iterator[str]:
    """What `tags` in synonyms.toml may name."""
    yield f"sector={role.sector.slug}"
    yield f"level={role.level}"
    for axis in ("hands", "indoors", "people", "place"):
        yield f"{axis}={getattr(role, axis)}"
    yield from (f"setting={setting.slug}" for setting in role.settings.all())
    yield from (f"subject={subject.slug}" for subject in role.subjects.all())
    yield from (f"skill={skill.slug}" for skill in role.skills.all())
    routes = [way.route for way in role.ways()]
    yield from {f"route={route.kind}" for route in routes}
    # A course at college is a start, but not to the end of a way that needs a degree.
    ends = [route.level for route in routes if route.level and route.kind not in COLLEGE]
    yield "degree=not-needed" if min([role.level, *ends]) < DEGREE_LEVEL else "degree=needed"
    if not any(setting.slug == "office" for setting in role.settings.all()):
        yield "office=no"


def _prose(role: Role) -> Iterator[str]:
    yield from (role.what, *role.tasks)
    for moment in role.day:
        yield f"{moment['title']}. {moment['text']}"
    yield from (use.why for use in role.kit_list.all())
    yield from (role.where, role.takes, role.ways_in, role.next)


def _sectors(keys: Iterable[str] | None) -> Iterator[Document]:
    sectors = Sector.objects.all() if keys is None else Sector.objects.filter(pk__in=keys)
    for sector in sectors:
        yield Document(
            kind=SECTORS.key,
            key=str(sector.pk),
            title=sector.name,
            url=sector.get_absolute_url(),
            summary=sector.sentence,
            lines=(Line(Part.SENTENCE, "In short", sector.sentence),),
            tags=frozenset({f"sector={sector.slug}"}),
        )


def _routes(keys: Iterable[str] | None) -> Iterator[Document]:
    """Those that are open: a closed one is found by its address alone, where it says so."""
    today = timezone.localdate()
    routes = Route.objects.prefetch_related("roles")
    if keys is not None:
        routes = routes.filter(pk__in=keys)
    return (_of_route(route) for route in routes if route.is_open_on(today))


def _of_route(route: Route) -> Document:
    roles = [role for role in route.roles.all() if role.live]
    level = f", level {route.level}" if route.level else ""
    lines = [Line(Part.TERM, "A way in to", role.title) for role in roles]
    lines += [Line(Part.TERM, "Job its official page names", title) for title in route.job_titles]
    if route.reference:
        lines.append(Line(Part.NAME, "Reference", route.reference))
    if route.topic:
        lines.append(Line(Part.TERM, "Listed under", route.topic))
    return Document(
        kind=ROUTES.key,
        key=str(route.pk),
        title=route.title,
        url=route.get_absolute_url(),
        summary=f"{route.kind_name}{level}, in {route.get_nation_display()}.",
        lines=(Line(Part.TERM, "Kind", route.kind_name), *lines),
        tags=frozenset({f"route={route.kind}"}),
        boost=-10 if roles else -30,
    )


def _thesaurus() -> Thesaurus:
    return read(tomllib.loads(SYNONYMS.read_text(encoding="utf-8")), SYNONYMS.name)


ROLES = search_sources.register(
    SearchSource(key="role", plural="Roles", documents=_roles, thesaurus=_thesaurus, order=1)
)
SECTORS = search_sources.register(
    SearchSource(key="sector", plural="Sectors", documents=_sectors, order=2)
)
ROUTES = search_sources.register(
    SearchSource(key="route", plural="Ways in", documents=_routes, order=3)
)
