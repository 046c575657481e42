"""What must hold between the files: every word is known, nothing is there twice."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from benchside.careers.catalogue_files.shapes import RoleShape
from benchside.core.faults import Fault, shown

if TYPE_CHECKING:
    from benchside.careers.catalogue_files.reader import Catalogue

VOCABULARIES = ("sectors", "subjects", "settings", "skills", "kit", "sources", "routes", "ways")
UNIQUE: dict[str, Callable[[RoleShape], Hashable]] = {
    "number": lambda role: role.number,
    "slug": lambda role: role.slug,
    "title": lambda role: role.title.casefold(),
}


def all_faults(catalogue: "Catalogue", broken: Collection[str]) -> Iterator[Fault]:
    """`broken` are files with faults of their own: what they lack is told once, there."""
    yield from _twice_in_vocabularies(catalogue)
    yield from _twice_among_roles(catalogue.roles)
    all_roles_read = not any(file.startswith("roles/") for file in broken)
    yield from _drawings(catalogue, all_roles_read)
    known = {
        name: {term.slug for term in getattr(catalogue, name)}
        for name in VOCABULARIES
        if f"{name}.toml" not in broken
    }
    for file, role in catalogue.roles.items():
        yield from _file_name(file, role)
        yield from _unknown_words(file, role, known)
        yield from _kit_twice(file, role)
        yield from _day(file, role)
    yield from _routes(catalogue, known)


def _twice_in_vocabularies(catalogue: "Catalogue") -> Iterator[Fault]:
    lists = {name: [term.slug for term in getattr(catalogue, name)] for name in VOCABULARIES}
    lists["advice"] = [str(advice.nation) for advice in catalogue.advice]
    for name, slugs in lists.items():
        for position, slug in enumerate(slugs):
            if slug in slugs[:position]:
                yield Fault(f"{name}.toml", f"{name}[{position + 1}]", slug, "is there twice")


def _twice_among_roles(roles: dict[str, RoleShape]) -> Iterator[Fault]:
    for name, get in UNIQUE.items():
        first: dict[Hashable, str] = {}
        for file, role in roles.items():
            other = first.setdefault(get(role), file)
            if other != file:
                remedy = f"is taken by {other}: choose another"
                yield Fault(file, name, shown(getattr(role, name)), remedy)


def _drawings(catalogue: "Catalogue", all_roles_read: bool) -> Iterator[Fault]:
    numbers = {role.number for role in catalogue.roles.values()}
    drawn: set[int] = set()
    for position, drawing in enumerate(catalogue.drawings, 1):
        field = f"drawing[{position}].number"
        if drawing.number in drawn:
            yield Fault("drawings.toml", field, str(drawing.number), "is there twice")
        elif all_roles_read and drawing.number not in numbers:
            yield Fault("drawings.toml", field, str(drawing.number), "is no role's number")
        drawn.add(drawing.number)


def _file_name(file: str, role: RoleShape) -> Iterator[Fault]:
    expected = f"roles/{role.number:03d}-{role.slug}.toml"
    if file != expected:
        remedy = f"number and slug do not match the file's name: it should be {expected}"
        yield Fault(file, "slug", f"{role.number}, {role.slug}", remedy)


def _unknown_words(file: str, role: RoleShape, known: dict[str, set[str]]) -> Iterator[Fault]:
    named: Iterable[tuple[str, str, str]] = [
        ("sector", "sectors", role.sector),
        *_in_list("lists.subjects", "subjects", role.lists.subjects),
        *_in_list("lists.skills", "skills", role.lists.skills),
        *_in_list("lists.settings", "settings", role.lists.settings),
        *((f"kit[{n}].term", "kit", kit.term) for n, kit in enumerate(role.kit, 1)),
        *((f"routes[{n}].route", "routes", way.route) for n, way in enumerate(role.routes, 1)),
    ]
    for field, vocabulary, slug in named:
        if vocabulary in known and slug not in known[vocabulary]:
            remedy = f"is not in {vocabulary}.toml: use a slug from there, or add it"
            yield Fault(file, field, slug, remedy)


def _in_list(field: str, vocabulary: str, slugs: list[str]) -> Iterator[tuple[str, str, str]]:
    return ((f"{field}[{n}]", vocabulary, slug) for n, slug in enumerate(slugs, 1))


def _kit_twice(file: str, role: RoleShape) -> Iterator[Fault]:
    lists: dict[str, list[Any]] = {
        "kit": [kit.term for kit in role.kit],
        "lists.subjects": role.lists.subjects,
        "lists.skills": role.lists.skills,
        "lists.settings": role.lists.settings,
        "routes": [way.route for way in role.routes],
    }
    for field, slugs in lists.items():
        for position, slug in enumerate(slugs):
            if slug in slugs[:position]:
                yield Fault(file, f"{field}[{position + 1}]", slug, "is there twice: take one out")


def _day(file: str, role: RoleShape) -> Iterator[Fault]:
    times = [moment.time for moment in role.day]
    if times != sorted(times):
        yield Fault(file, "day", ", ".join(times), "must be in the order of the day")
    keys = sum(moment.key for moment in role.day)
    if keys != 1:
        remedy = "must have key = true at one moment: what the job is about"
        yield Fault(file, "day", f"{keys} key moments", remedy)


def _routes(catalogue: "Catalogue", known: dict[str, set[str]]) -> Iterator[Fault]:
    """Of each route: a source we know, an end after its start, a reference of its own."""
    first: dict[tuple[str, str], str] = {}
    for position, route in enumerate(catalogue.routes, 1):
        where = f"routes[{position}]"
        if "sources" in known and route.source not in known["sources"]:
            remedy = "is not in sources.toml: use a slug from there, or add it"
            yield Fault("routes.toml", f"{where}.source", route.source, remedy)
        if route.valid_from and route.valid_to and route.valid_to < route.valid_from:
            remedy = "is before valid_from: turn them round"
            yield Fault("routes.toml", f"{where}.valid_to", str(route.valid_to), remedy)
        other = first.setdefault((route.nation, route.reference), route.slug)
        if route.reference and other != route.slug:
            remedy = f"is the reference of {other} already: one of them is wrong"
            yield Fault("routes.toml", f"{where}.reference", route.reference, remedy)
