"""What all rooms hold about somebody, as lines a person can read."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format

from benchside.core.personal_data import Personal, declarations
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


@dataclass(frozen=True, slots=True)
class Kind:
    """Declared fields of one record that are held for one reason."""

    of: str
    fields: str
    personal: Personal


def kinds() -> list[Kind]:
    """Every personal field that is declared, those of one reason together, by their record."""
    found: dict[tuple[str, Personal], list[str]] = {}
    for declaration in declarations:
        model = apps.get_model(declaration.key)
        for name, personal in declaration.personal.items():
            field = model._meta.get_field(name)
            said = str(getattr(field, "verbose_name", name))
            found.setdefault((str(model._meta.verbose_name), personal), []).append(said)
    lines = [Kind(of, ", ".join(sorted(names)), why) for (of, why), names in found.items()]
    return sorted(lines, key=lambda one: (one.of, one.fields))
