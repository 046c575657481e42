"""What an importer is, and the plain values that pass through it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models

from benchside.core.actions import Actor, Refused
from benchside.core.permissions import Predicate, is_superuser, is_system
from benchside.core.registries import Registry

Values = dict[str, Any]
BATCH = 500


@dataclass(frozen=True)
class Problem:
    """What is wrong in a file, where, and what to do. `row` counts as a spreadsheet does."""

    row: int
    column: str
    value: str
    remedy: str

    def as_json(self) -> Values:
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value[:200],
            "remedy": self.remedy,
        }


@dataclass(frozen=True)
class Row:
    """One record of a file. `values` are plain JSON values by field."""

    number: int
    key: str
    values: Values
    problems: tuple[Problem, ...] = ()


class BadFile(Refused):
    """The file as a whole cannot be read."""


@dataclass(frozen=True)
class Field:
    before: Any
    after: Any


def _fields(data: Mapping[str, Any]) -> dict[str, Field]:
    return {name: Field(**one) for name, one in data.items()}


@dataclass
class Change:
    """One record of a difference.

    `kind` is added, changed, removed, kept (an editor's hand stands against the file) or same
    (nothing to write, but the file says it for the first time). `fields` will be written;
    `kept` are fields where the editor's value stays unless it is taken. For a record kept as a
    whole, `instead` says what the file would have: added again, or removed. `said` is what
    this file says of the record, `base` what the last file said.
    """

    kind: str
    key: str
    row: int | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    kept: dict[str, Field] = field(default_factory=dict)
    instead: str = ""
    said: Values | None = None
    base: Values | None = None

    def as_json(self) -> Values:
        return {
            **vars(self),
            "fields": {name: vars(one) for name, one in self.fields.items()},
            "kept": {name: vars(one) for name, one in self.kept.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Change":
        both = {name: _fields(data[name]) for name in ("fields", "kept")}
        return cls(**{**data, **both})

    @property
    def before(self) -> Values:
        return {name: one.before for name, one in self.fields.items()}

    @property
    def after(self) -> Values:
        return {name: one.after for name, one in self.fields.items()}


class Importer(ABC):
    """How one kind of record is read from a file and written.

    `scope` says whose records: an organisation's id, or empty where there is one set for all.
    Values are plain JSON and compare equal when nothing has changed. `create`, `update` and
    `remove` get whole batches and run inside the transaction of the run.
    """

    key: str
    title: str
    removes: ClassVar[bool] = False  # whether a record missing from the file goes
    keeps_edits: ClassVar[bool] = True  # False: the file is the authority, editors are not
    may: ClassVar[Predicate] = is_superuser | is_system

    @abstractmethod
    def parse(self, data: bytes) -> Iterable[Row]:
        """Read a file. Raises BadFile when it cannot be read as a whole."""

    @abstractmethod
    def current(self, scope: str, *, lock: bool = False) -> dict[str, Values]:
        """The records that are there, by key; with `lock`, held until the transaction ends."""

    @abstractmethod
    def create(self, scope: str, records: Mapping[str, Values]) -> None: ...

    @abstractmethod
    def update(self, scope: str, records: Mapping[str, Values]) -> None:
        """Write the fields given, and no others."""

    @abstractmethod
    def remove(self, scope: str, keys: Sequence[str]) -> None: ...

    def write(
        self,
        scope: str,
        *,
        removed: Mapping[str, Values],
        changed: Mapping[str, Values],
        added: Mapping[str, Values],
    ) -> None:
        """Removals first, so that what takes their place does not collide with them.

        Override where the records of one file name each other.
        """
        if removed:
            self.remove(scope, list(removed))
        if changed:
            self.update(scope, changed)
        if added:
            self.create(scope, added)

    def allows(self, actor: Actor, scope: str) -> bool:
        """Whether `actor` may import into `scope`. Rooms with organisations override this."""
        return self.may(actor, None)


class ModelImporter(Importer):
    """Records that are plain rows of one model with a key of their own."""

    model: ClassVar[type[models.Model]]
    key_field: ClassVar[str] = "slug"
    fields: ClassVar[tuple[str, ...]]

    def queryset(self, scope: str) -> "models.QuerySet[Any]":
        return self.model._default_manager.all()

    def current(self, scope: str, *, lock: bool = False) -> dict[str, Values]:
        rows = self.queryset(scope).order_by()
        if lock:
            rows = rows.select_for_update()
        return {
            str(key): dict(zip(self.fields, values, strict=True))
            for key, *values in rows.values_list(self.key_field, *self.fields)
        }

    def create(self, scope: str, records: Mapping[str, Values]) -> None:
        made = [self.model(**{self.key_field: key}, **values) for key, values in records.items()]
        self.model._default_manager.bulk_create(made, batch_size=BATCH)

    def update(self, scope: str, records: Mapping[str, Values]) -> None:
        for keys in batches(list(records)):
            rows = list(self._named(scope, keys))
            for row in rows:
                for name, value in records[str(getattr(row, self.key_field))].items():
                    setattr(row, name, value)
            names = {name for key in keys for name in records[key]}
            self.model._default_manager.bulk_update(rows, names)

    def remove(self, scope: str, keys: Sequence[str]) -> None:
        for some in batches(keys):
            self._named(scope, some).delete()

    def _named(self, scope: str, keys: Sequence[str]) -> "models.QuerySet[Any]":
        return self.queryset(scope).filter(**{f"{self.key_field}__in": keys})


def batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


importers: Registry[Importer] = Registry("importers")
