"""Brings catalogue files in: a new installation's hundred roles, and later a difference.

What an editor has changed stays as it is: see `core.imports`. A role with a draft counts as
its draft, and what the files change is written into the draft as well, so that publishing it
later takes nothing back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Prefetch
from wagtail.models import ReferenceIndex

from benchside.careers import records
from benchside.careers.catalogue_files import BrokenCatalogue, Fault, parse
from benchside.careers.events import catalogue_changed
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
)
from benchside.careers.packing import NotPacked, unpack
from benchside.core.imports import BadFile, Importer, Problem, Row, Values

TERM_MODELS: dict[str, type[models.Model]] = {
    "sector": Sector,
    "subject": Subject,
    "setting": Setting,
    "skill": SkillTerm,
    "kit": KitTerm,
    "source": Source,
    "advice": Advice,
    "way": NationWay,
    "route": Route,
}
NAMED_BY = {"advice": "nation"}
TERM_LISTS: dict[str, type[models.Model]] = {
    "subjects": Subject,
    "skills": SkillTerm,
    "settings": Setting,
}
RELATIONS = ("kit", "routes", *TERM_LISTS)
DATES = ("checked_on", "as_of", "valid_from", "valid_to")


class CatalogueImporter(Importer):
    """Reads a zip of the catalogue's folder (`packing.pack`). Nothing is ever removed by it."""

    key = "careers.catalogue"
    title = "The catalogue of roles"

    def parse(self, data: bytes) -> Iterable[Row]:
        """One row to a record; of a broken catalogue, one row to a fault and no records."""
        try:
            catalogue = parse(unpack(data))
        except NotPacked as error:
            remedy = "Give a zip of the catalogue's folder."
            raise BadFile(f"This is not a catalogue: {error}", remedy) from error
        except BrokenCatalogue as broken:
            return [_row_of_fault(n, fault) for n, fault in enumerate(broken.faults, 1)]
        found = enumerate(records.of_files(catalogue), 1)
        return [Row(number, key, values) for number, (key, values) in found]

    def current(self, scope: str, *, lock: bool = False) -> dict[str, Values]:
        found: dict[str, Values] = {}
        for kind in TERM_MODELS:
            found |= _terms_there(kind, lock)
        return found | {f"role:{role.slug}": records.of_role(role) for role in _roles_there(lock)}

    def write(
        self,
        scope: str,
        *,
        removed: Mapping[str, Values],
        changed: Mapping[str, Values],
        added: Mapping[str, Values],
    ) -> None:
        """New terms first: a changed role may name them; what nobody names any more goes last."""
        self.create(scope, added)
        self.update(scope, changed)
        self.remove(scope, list(removed))
        catalogue_changed()

    def create(self, scope: str, records: Mapping[str, Values]) -> None:
        for kind, model in TERM_MODELS.items():
            name, words = NAMED_BY.get(kind, "slug"), Words()
            made = [
                model(**{name: slug}, **_term_values(values, words))
                for slug, values in _of_kind(kind, records)
            ]
            model._default_manager.bulk_create(made)
        _create_roles(dict(_of_kind("role", records)))

    def update(self, scope: str, records: Mapping[str, Values]) -> None:
        words = Words()
        for kind, model in TERM_MODELS.items():
            name = NAMED_BY.get(kind, "slug")
            for slug, values in _of_kind(kind, records):
                term = model._default_manager.get(**{name: slug})
                _set(term, _term_values(values, words))
                term.save()
        for slug, values in _of_kind("role", records):
            _update_role(Role.objects.get(slug=slug), values, words)

    def remove(self, scope: str, keys: Sequence[str]) -> None:
        slugs: dict[str, Values] = {key: {} for key in keys}
        for slug, _ in _of_kind("role", slugs):
            Role.objects.get(slug=slug).delete()
        for kind, model in reversed(TERM_MODELS.items()):  # what is named goes after its namers
            name = NAMED_BY.get(kind, "slug")
            named = [slug for slug, _ in _of_kind(kind, slugs)]
            model._default_manager.filter(**{f"{name}__in": named}).delete()


class Words:
    """Primary keys of all terms by kind and slug, read once for many roles."""

    def __init__(self) -> None:
        self._found: dict[type[models.Model], dict[str, int]] = {}

    def __call__(self, model: type[models.Model], slug: str) -> int:
        if model not in self._found:
            self._found[model] = dict(model._default_manager.values_list("slug", "pk"))
        return self._found[model][slug]


def _row_of_fault(number: int, fault: Fault) -> Row:
    where = f"{fault.file}: {fault.field}" if fault.field else fault.file
    return Row(number, "", {}, (Problem(number, where, fault.value, fault.remedy),))


def _of_kind(kind: str, records: Mapping[str, Values]) -> Iterator[tuple[str, Values]]:
    prefix = f"{kind}:"
    for key, values in records.items():
        if key.startswith(prefix):
            yield key.removeprefix(prefix), values


# --- what is there ------------------------------------------------------------------------------
def _terms_there(kind: str, lock: bool) -> dict[str, Values]:
    name = NAMED_BY.get(kind, "slug")
    fields = _term_fields(kind)
    columns = ["source__slug" if field == "source" else field for field in fields]
    rows = TERM_MODELS[kind]._default_manager.order_by()
    if lock:
        rows = rows.select_for_update()
    return {
        f"{kind}:{slug}": {
            field: _plain(value) for field, value in zip(fields, values, strict=True)
        }
        for slug, *values in rows.values_list(name, *columns)
    }


UNLISTED = {"advice": records.ADVICE, "way": records.NATION_WAY, "route": records.ROUTE}


def _term_fields(kind: str) -> tuple[str, ...]:
    if kind in UNLISTED:
        return UNLISTED[kind]
    fields = records.TERMS[kind][1]
    return fields if kind in records.UNORDERED else (*fields, "order")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _roles_there(lock: bool) -> Iterator[Role]:
    if lock:
        list(Role.objects.select_for_update().values_list("pk"))
    rows = Role.objects.select_related("sector", "latest_revision").prefetch_related(
        *TERM_LISTS,
        Prefetch("kit_list", RoleKit.objects.select_related("term")),
        Prefetch("route_list", RoleRoute.objects.select_related("route")),
    )
    for role in rows:
        yield role.get_latest_revision_as_object() if role.has_unpublished_changes else role


# --- writing ------------------------------------------------------------------------------------
def _term_values(values: Values, words: "Words") -> Values:
    found = values | {name: date.fromisoformat(values[name]) for name in DATES if values.get(name)}
    if "source" in found:
        found["source_id"] = words(Source, found.pop("source"))
    return found


def _set(record: models.Model, values: Values) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _plain_fields(values: Values, words: Words) -> Values:
    """The values that are columns of the role itself."""
    plain = {name: value for name, value in values.items() if name not in RELATIONS}
    if "sector" in plain:
        plain["sector_id"] = words(Sector, plain.pop("sector"))
    if "checked_on" in plain:
        plain["checked_on"] = date.fromisoformat(plain["checked_on"])
    return plain


def _kit(values: Values, words: Words) -> list[RoleKit]:
    return [
        RoleKit(term_id=words(KitTerm, kit["term"]), why=kit["why"], order=order)
        for order, kit in enumerate(values["kit"])
    ]


def _routes(values: Values, words: Words) -> list[RoleRoute]:
    return [
        RoleRoute(route_id=words(Route, one["route"]), listed=one["listed"], order=order)
        for order, one in enumerate(values["routes"])
    ]


CHILDREN: dict[str, tuple[str, Callable[[Values, Words], list[Any]]]] = {
    "kit": ("kit_list", _kit),
    "routes": ("route_list", _routes),
}


def _create_roles(found: dict[str, Values]) -> None:
    words = Words()
    made = [Role(slug=slug, **_plain_fields(values, words)) for slug, values in found.items()]
    Role.objects.bulk_create(made)
    ids = dict(Role.objects.filter(slug__in=found).values_list("slug", "pk"))
    for _, make in CHILDREN.values():
        children = []
        for slug, values in found.items():
            for child in make(values, words):
                child.role_id = ids[slug]
                children.append(child)
        if children:
            type(children[0])._default_manager.bulk_create(children)
    for name, model in TERM_LISTS.items():
        through = Role._meta.get_field(name).remote_field.through
        column = f"{model._meta.model_name}_id"
        through._default_manager.bulk_create(
            through(role_id=ids[slug], **{column: words(model, term)})
            for slug, values in found.items()
            for term in values[name]
        )
    for role in Role.objects.filter(slug__in=found):  # the desk shows what uses a term
        ReferenceIndex.create_or_update_for_object(role)


def _update_role(role: Role, values: Values, words: Words) -> None:
    """Write to what is live, and to the draft if there is one."""
    draft = role.get_latest_revision_as_object() if role.has_unpublished_changes else None
    _write_role(role, values, words)
    role.save()
    if draft is not None:
        _write_role(draft, values, words)
        draft.save_revision()
    elif role.latest_revision_id:
        role.save_revision(changed=False).publish()


def _write_role(role: Role, values: Values, words: Words) -> None:
    _set(role, _plain_fields(values, words))
    for name, (relation, make) in CHILDREN.items():
        if name in values:
            setattr(role, relation, make(values, words))
    for name, model in TERM_LISTS.items():
        if name in values:
            pks = [words(model, slug) for slug in values[name]]
            setattr(role, name, model._default_manager.filter(pk__in=pks))
