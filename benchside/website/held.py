"""What all rooms hold about somebody, as lines a person can read."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from benchside.core.personal_data import Personal, declarations
from benchside.core.registries import personal_data_exports


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
        yield Line(depth, name, "yes" if value is True else str(value))


@dataclass(frozen=True, slots=True)
class Kind:
    """One declared field: of what, and why it is held."""

    of: str
    field: str
    personal: Personal


def kinds() -> list[Kind]:
    """Every personal field that is declared, by the name of its record."""
    found = []
    for declaration in declarations:
        model = apps.get_model(declaration.key)
        for name, personal in declaration.personal.items():
            field = model._meta.get_field(name)
            said = str(getattr(field, "verbose_name", name))
            found.append(Kind(str(model._meta.verbose_name), said, personal))
    return sorted(found, key=lambda one: (one.of, one.field))
