"""The catalogue as plain values, keyed: what a file says and what is there, to be compared.

A key names kind and slug: `role:veterinary-nurse`, `sector:health`, `advice:wales`. Values are
plain JSON. Slugs of a list of terms are sorted, since the database keeps no order of them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from benchside.careers.catalogue_files import Catalogue, DrawingShape, RoleShape, TermShape
from benchside.careers.models import INTERESTS, Role

Values = dict[str, Any]
WORDS = ("what", "where", "takes", "ways_in", "next")
TAGS = ("hands", "indoors", "people", "place")
TERM_LISTS = ("subjects", "skills", "settings")
PLAIN = (
    "number",
    "title",
    "short",
    "level",
    "sentence",
    "other_names",
    "phrases",
    *WORDS,
    "day",
    "tasks",
    "employers",
    *TAGS,
    "soc2020",
    "soc2020_extension",
    "soc2020_title",
    "soc2020_judged",
    "onet_code",
    "onet_title",
    "onet_release",
    *INTERESTS,
    "drawing",
    "drawing_alt",
)
ROUTE = (
    *("kind", "title", "reference", "level", "months", "entry", "job_titles", "topic", "nation"),
    *("status", "url", "source", "as_of", "valid_from", "valid_to"),
)
ADVICE = (
    *("name", "publisher", "url", "pay_url", "last_year", "exams", "change_of_mind"),
    *("checked_on", "order"),
)
NATION_WAY = (
    *("nation", "kind", "name", "starts", "sentence", "entry", "after", "url"),
    *("checked_on", "order"),
)
# Kind: the list of the files it is read from, and its fields.
TERMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sector": ("sectors", ("name", "sentence")),
    "subject": ("subjects", ("name",)),
    "setting": ("settings", ("name",)),
    "skill": ("skills", ("name",)),
    "kit": ("kit", ("name", "sentence", "symbol")),
    "source": ("sources", ("name", "publisher", "url", "licence", "stale_after_days")),
}
UNORDERED = {"source"}


def of_files(catalogue: Catalogue) -> Iterator[tuple[str, Values]]:
    """Every record the files speak of, in an order in which each finds what it names."""
    for kind, (name, fields) in TERMS.items():
        yield from _terms_of_files(kind, getattr(catalogue, name), fields)
    for order, advice in enumerate(catalogue.advice):
        values = advice.model_dump(mode="json", exclude={"nation", "checked", "change_of_mind"})
        yield (
            f"advice:{advice.nation}",
            {
                **values,
                "change_of_mind": "\n\n".join(advice.change_of_mind),
                "checked_on": advice.checked.isoformat() if advice.checked else None,
                "order": order,
            },
        )
    for order, way in enumerate(catalogue.ways):
        values = way.model_dump(mode="json", exclude={"slug", "checked"})
        checked = way.checked.isoformat() if way.checked else None
        extra = {"kind": way.kind or "", "checked_on": checked, "order": order}
        yield f"way:{way.slug}", values | extra
    for route in catalogue.routes:
        values = route.model_dump(mode="json", exclude={"slug"})
        yield f"route:{route.slug}", values | {"url": route.url or ""}
    drawings = {drawing.number: drawing for drawing in catalogue.drawings}
    for role in catalogue.roles.values():
        yield f"role:{role.slug}", _role_of_file(role, drawings.get(role.number))


def _terms_of_files(
    kind: str, terms: Iterable[TermShape], fields: tuple[str, ...]
) -> Iterator[tuple[str, Values]]:
    for order, term in enumerate(terms):
        values = {field: getattr(term, field) for field in fields}
        yield f"{kind}:{term.slug}", values if kind in UNORDERED else values | {"order": order}


def _role_of_file(role: RoleShape, drawing: DrawingShape | None) -> Values:
    lists = role.lists
    return {
        "number": role.number,
        "title": role.title,
        "short": role.short,
        "sector": role.sector,
        "level": role.level,
        "sentence": role.sentence,
        "other_names": role.other_names,
        "phrases": role.phrases,
        **{name: getattr(role.words, name).strip() for name in WORDS},
        "day": [moment.model_dump(exclude_defaults=True) for moment in role.day],
        "tasks": lists.tasks,
        "employers": lists.employers,
        **{name: sorted(getattr(lists, name)) for name in TERM_LISTS},
        "kit": [kit.model_dump() for kit in role.kit],
        **role.tags.model_dump(),
        "soc2020": role.soc2020.code,
        "soc2020_extension": role.soc2020.extension,
        "soc2020_title": role.soc2020.title,
        "soc2020_judged": role.soc2020.judged,
        **{f"onet_{name}": getattr(role.onet, name) for name in ("code", "title", "release")},
        **{name: getattr(role.onet, name) for name in INTERESTS},
        "routes": [route.model_dump(mode="json") for route in role.routes],
        "drawing": drawing.plan if drawing else {},
        "drawing_alt": drawing.alt if drawing else "",
        "checked_on": role.checked.isoformat(),
    }


def of_role(role: Role) -> Values:
    """What is there. Reads relations, so fetch them beforehand."""
    return {
        **{name: getattr(role, name) for name in PLAIN},
        "sector": role.sector.slug,
        **{name: sorted(term.slug for term in getattr(role, name).all()) for name in TERM_LISTS},
        "kit": [{"term": one.term.slug, "why": one.why} for one in role.kit_list.all()],
        "routes": [
            {"route": one.route.slug, "listed": one.listed} for one in role.route_list.all()
        ],
        "checked_on": role.checked_on.isoformat(),
    }
