"""What all rooms hold about somebody, as lines a person can read."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, UUIDField
from django.utils import timezone
from django.utils.formats import date_format

from benchside.core.personal_data import Declaration, Personal, declarations
from benchside.core.registries import personal_data_exports

MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d\S*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """One value, how deep it stands, and what it is called there."""

    depth: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one room holds."""

    title: str
    lines: list[Line]


def parts(person_id: uuid.UUID) -> list[Part]:
    """Everything the download of one's data holds, room by room; rooms that hold nothing too."""
    return [Part(one.title, list(_lines(one.export(person_id)))) for one in personal_data_exports]


def _lines(value: Any, name: str = "", depth: int = 0) -> Iterator[Line]:
    if isinstance(value, dict):
        if name:
            yield Line(depth, name, "")
        for key, each in value.items():
            yield from _lines(each, key.replace("_", " "), depth + bool(name))
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value, start=1):
            yield from _lines(each, f"{name} {number}" if len(value) > 1 else name, depth)
    elif value not in (None, "", False):
        yield Line(depth, name, "yes" if value is True else _plain(str(value)))


def _plain(value: str) -> str:
    """A day or a moment as people write it; anything else as it is."""
    if not MOMENT.fullmatch(value):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if moment.tzinfo is None:
        return date_format(moment, "j F Y")
    return date_format(timezone.localtime(moment), "j F Y, H:i")


# --- why ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Kind:
    """Declared fields of one record that are held for one reason, and who sees them."""

    of: str
    fields: str
    personal: Personal
    seen_by: str


# From what other records point at to the id of whoever it is about.
TO_A_PERSON = {
    "accounts.User": "person_id",
    "people.Technician": "account__person_id",
    "people.Profile": "technician__account__person_id",
    "organisations.Employment": "technician__account__person_id",
    "visibility.Contribution": "technician__account__person_id",
}
EMPTY: tuple[Any, ...] = (None, "", [], {})
MOST_ROWS = 500  # of one kind, enough to tell which fields are used


def kinds(person_id: uuid.UUID) -> list[Kind]:
    """Why each thing is held that is held of this person, those of one reason together. What is
    empty is not held; what names somebody inside a text alone is not looked for."""
    found: dict[tuple[str, Personal, str], list[str]] = {}
    for declaration in declarations:
        model = apps.get_model(declaration.key)
        of = str(model._meta.verbose_name)
        for name in _held_fields(declaration, model, person_id):
            reason = (of, declaration.personal[name], declaration.seen_by)
            said = getattr(model._meta.get_field(name), "verbose_name", name)
            found.setdefault(reason, []).append(str(said))
    lines = [
        Kind(of, ", ".join(sorted(names)), why, seen_by)
        for (of, why, seen_by), names in found.items()
    ]
    return sorted(lines, key=lambda one: (one.of, one.fields))


def _held_fields(
    declaration: Declaration, model: type[Model], person_id: uuid.UUID
) -> Iterator[str]:
    """The fields in which anything stands of this person: one query for each way to them."""
    by_way: dict[str, list[str]] = {}
    for name in declaration.personal:
        by_way.setdefault(way_to_whom(declaration, name), []).append(name)
    by_way.pop("", None)
    for way, names in by_way.items():
        rows = list(model._base_manager.filter(**{way: person_id}).values(*names)[:MOST_ROWS])
        yield from (name for name in names if any(row[name] not in EMPTY for row in rows))


def way_to_whom(declaration: Declaration, name: str) -> str:
    """The look-up from a record to the id of whoever the field is about; "" where none leads there.

    A field that points at somebody is about them. Any other is about the record's subject: the
    first person it points at.
    """
    if declaration.key in TO_A_PERSON:
        return TO_A_PERSON[declaration.key]
    model = apps.get_model(declaration.key)
    if own := _pointer(model, name):
        return own
    if declaration.subject:
        return _pointer(model, declaration.subject)
    others = (each for each in declaration.personal if not _is_id(model, each))
    return next((way for each in others if (way := _pointer(model, each))), "")


def _is_id(model: type[Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), UUIDField)


def _pointer(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    if isinstance(field, UUIDField):
        return name
    related = field.related_model
    way = TO_A_PERSON.get(related._meta.label) if isinstance(field, ForeignKey) else None
    return f"{name}__{way}" if way else ""
