"""What can be done here beside editing at the desk: bringing catalogue files in."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from benchside.careers.catalogue_files import parse, read_folder
from benchside.careers.imports import CatalogueImporter
from benchside.careers.models import Role, Sector
from benchside.careers.packing import pack
from benchside.core import imports
from benchside.core.actions import Actor
from benchside.core.models import ImportRun, RunState

FOLDER = Path(__file__).parent / "catalogue"


def is_empty() -> bool:
    return not (Role.objects.exists() or Sector.objects.exists())


def is_as_loaded(folder: Path = FOLDER) -> bool:
    """Whether these very files were the last to be loaded, whatever editors did since."""
    last = ImportRun.objects.filter(importer=CatalogueImporter.key, state=RunState.APPLIED).first()
    checksum = hashlib.sha256(pack(read_folder(folder))).hexdigest()
    return last is not None and last.checksum == checksum


def preview_catalogue(*, actor: Actor, folder: Path = FOLDER) -> ImportRun:
    """Record what the files of a folder would change. Nothing is changed.

    Raises Denied, and BrokenCatalogue with every fault of every file.
    """
    files = read_folder(folder)
    parse(files)
    return imports.preview(
        actor=actor,
        importer=imports.importers[CatalogueImporter.key],
        data=pack(files),
        filename=f"{folder.name}.zip",
    )


def apply_catalogue(*, actor: Actor, run: ImportRun, take: Collection[str] = ()) -> None:
    """Write what a preview found. Afterwards: the search knows, and the page cache is purged.

    `take` names editors' changes to overwrite: `role:sound-technician/title`. Raises Denied,
    Refused. A run that would change nothing is let go.
    """
    if would_change(run) or take:
        imports.apply(actor=actor, run=run, take=take)
    else:
        imports.discard(actor=actor, run=run)


def would_change(run: ImportRun) -> bool:
    return any(change["kind"] != "kept" for change in run.difference)
