"""From bytes of TOML to a `Catalogue` that is whole and fits together."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from benchside.careers.catalogue_files import checks
from benchside.careers.catalogue_files.shapes import (
    AdviceShape,
    DrawingShape,
    KitTermShape,
    NationWayShape,
    RoleShape,
    RouteShape,
    SectorShape,
    Shape,
    SourceShape,
    TermShape,
)
from benchside.core import faults
from benchside.core.faults import BrokenFiles, Fault

Files = Mapping[str, bytes]
S = TypeVar("S", bound=Shape)

# File, and the shape of each record in the list of the same name inside it.
LISTS: dict[str, type[Shape]] = {
    "sectors": SectorShape,
    "subjects": TermShape,
    "settings": TermShape,
    "skills": TermShape,
    "kit": KitTermShape,
    "sources": SourceShape,
    "advice": AdviceShape,
    "ways": NationWayShape,
    "routes": RouteShape,
}
DRAWINGS = "drawings.toml"
ROLE_FILE = re.compile(r"roles/[^/]+\.toml")
BIGGEST = 256 * 1024


class BrokenCatalogue(BrokenFiles):
    """The catalogue's files cannot be used."""


@dataclass
class Catalogue:
    """Everything the files say. `roles` are by their file."""

    sectors: list[SectorShape] = field(default_factory=list)
    subjects: list[TermShape] = field(default_factory=list)
    settings: list[TermShape] = field(default_factory=list)
    skills: list[TermShape] = field(default_factory=list)
    kit: list[KitTermShape] = field(default_factory=list)
    sources: list[SourceShape] = field(default_factory=list)
    advice: list[AdviceShape] = field(default_factory=list)
    ways: list[NationWayShape] = field(default_factory=list)
    routes: list[RouteShape] = field(default_factory=list)
    drawings: list[DrawingShape] = field(default_factory=list)
    roles: dict[str, RoleShape] = field(default_factory=dict)


def read(folder: Path) -> Catalogue:
    """The catalogue of a folder. Raises BrokenCatalogue with all faults of all files."""
    return parse(read_folder(folder))


def read_folder(folder: Path) -> dict[str, bytes]:
    """The TOML files of a folder by their path in it. Raises BrokenCatalogue without a folder."""
    if not (folder / "roles").is_dir():
        remedy = "is no catalogue: give a folder that holds sectors.toml and roles/"
        raise BrokenCatalogue([Fault(str(folder), "", "", remedy)])
    paths = sorted([*folder.glob("*.toml"), *folder.glob("roles/*.toml")])
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def parse(files: Files) -> Catalogue:
    """The same from bytes by path, so that an upload is read as a folder is."""
    return _Reader(files).catalogue()


class _Reader:
    def __init__(self, files: Files) -> None:
        self.files = files
        self.faults: list[Fault] = []

    def catalogue(self) -> Catalogue:
        catalogue = Catalogue()
        for name, shape in LISTS.items():
            setattr(catalogue, name, list(self._list(f"{name}.toml", name, shape)))
        catalogue.drawings = list(self._drawings())
        catalogue.roles = dict(self._roles())
        broken = {fault.file for fault in self.faults}
        self.faults += self._strays()
        self.faults += checks.all_faults(catalogue, broken)
        if self.faults:
            raise BrokenCatalogue(self.faults)
        return catalogue

    def _list(self, file: str, name: str, shape: type[S]) -> Iterator[S]:
        for position, record in enumerate(self._records(file, name), 1):
            if made := self._made(shape, file, record, f"{name}[{position}]"):
                yield made

    def _records(self, file: str, name: str) -> list[Any]:
        if file not in self.files:
            self.faults.append(Fault(file, "", "", "is missing: add it to the folder"))
            return []
        table = self._table(file)
        if table is None:
            return []
        records = table.pop(name, None)
        self.faults += [
            Fault(file, stray, "", f"is not a field of this file: only {name} is")
            for stray in table
        ]
        if not isinstance(records, list):
            self.faults.append(Fault(file, name, "", "is missing: add the list"))
            return []
        return records

    def _roles(self) -> Iterator[tuple[str, RoleShape]]:
        for file in self.files:
            if not ROLE_FILE.fullmatch(file):
                continue
            table = self._table(file)
            if table is not None and (role := self._made(RoleShape, file, table)):
                yield file, role

    def _drawings(self) -> Iterator[DrawingShape]:
        """Roles may wait for their drawings, so the file may be missing."""
        if DRAWINGS in self.files:
            yield from self._list(DRAWINGS, "drawing", DrawingShape)

    def _strays(self) -> Iterator[Fault]:
        known = {*(f"{name}.toml" for name in LISTS), DRAWINGS}
        for file in self.files:
            if file not in known and not ROLE_FILE.fullmatch(file):
                yield Fault(file, "", "", "is not a file of the catalogue: take it out")

    def _table(self, file: str) -> dict[str, Any] | None:
        data = self.files[file]
        if len(data) > BIGGEST:
            remedy = f"is too big: a file of the catalogue has at most {BIGGEST // 1024} KB"
            self.faults.append(Fault(file, "", f"{len(data) // 1024} KB", remedy))
            return None
        try:
            return tomllib.loads(data.decode("utf-8"))
        except UnicodeDecodeError as error:
            wrong = f"byte {data[error.start]:#04x} at {error.start}"
            self.faults.append(Fault(file, "", wrong, "is not UTF-8: save the file as UTF-8"))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            remedy = "is not TOML: mend it there (text stands in quotes, tables in [brackets])"
            self.faults.append(Fault(file, "", faults.shown(str(error)), remedy))
        return None

    def _made(self, shape: type[S], file: str, record: Any, inside: str = "") -> S | None:
        try:
            return shape.model_validate(record)
        except ValidationError as error:
            self.faults += faults.of_shape(file, error, inside)
            return None
