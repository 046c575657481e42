"""What can be done here beside editing at the desk: bringing catalogue files and official lists
in, and closing and opening a route."""

import hashlib
from collections.abc import Collection
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from benchside.careers.catalogue_files import parse, read_folder
from benchside.careers.events import routes_changed
from benchside.careers.imports import CatalogueImporter
from benchside.careers.models import Role, Route, Sector, Source
from benchside.careers.official_lists.importers import ROUTE_LISTS, SocImporter
from benchside.careers.packing import pack
from benchside.careers.states import ROUTE
from benchside.core import imports
from benchside.core.actions import Actor, Refused
from benchside.core.models import ImportRun, RunState
from benchside.core.states import move

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


# --- official lists ---------------------------------------------------------------------------
def preview_routes(
    *,
    actor: Actor,
    kind: str,
    data: bytes,
    filename: str,
    as_of: date,
    source: str,
    is_whole: bool = True,
) -> ImportRun:
    """Record what an official list of routes would change. Nothing is changed.

    `kind` is a key of ROUTE_LISTS, `as_of` the day the list was made, `source` the slug of whose
    it is. Of a whole list, routes it no longer has are shown as retired. Raises Denied, BadFile,
    Refused for a day to come or a source we do not know.
    """
    if as_of > timezone.localdate():
        raise Refused("This list is from a day to come.", "Give the day on which it was made.")
    if not Source.objects.filter(slug=source).exists():
        known = ", ".join(Source.objects.values_list("slug", flat=True))
        raise Refused(f"There is no source {source}.", f"Use one of: {known}.")
    importer = ROUTE_LISTS[kind](as_of=as_of, source=source, is_whole=is_whole)
    return imports.preview(actor=actor, importer=importer, data=data, filename=filename)


def preview_soc(*, actor: Actor, data: bytes, filename: str) -> ImportRun:
    """Record what an edition of the SOC 2020 coding index would change. Raises Denied, BadFile."""
    importer = imports.importers[SocImporter.key]
    return imports.preview(actor=actor, importer=importer, data=data, filename=filename)


def apply_list(*, actor: Actor, run: ImportRun) -> None:
    """Write what a previewed list found, all of it or nothing; one with no news is let go.

    Afterwards: the search knows, and the page cache is purged. Raises Denied, Refused.
    """
    act = imports.apply if run.difference else imports.discard
    act(actor=actor, run=run)


# --- a route closes, and opens -----------------------------------------------------------------
def retire_route(*, actor: Actor, route: Route, last_start: date | None = None) -> None:
    """Close a route to new starters. At once its page, its roles and the search say so, and it
    counts as checked today.

    `last_start` is the last day on which it could be begun, where that is known. Raises Denied,
    NoSuchMove, Overtaken.
    """
    _stand(actor, route, "retire", valid_to=last_start or route.valid_to)


def open_route(*, actor: Actor, route: Route) -> None:
    """Open a route that was not open, or has been closed in error. Raises as `retire_route`."""
    is_past = route.valid_to is not None and route.valid_to < timezone.localdate()
    _stand(actor, route, "open", valid_to=None if is_past else route.valid_to)


def _stand(actor: Actor, route: Route, verb: str, *, valid_to: date | None) -> None:
    with transaction.atomic():
        # Whoever does this has just looked it up: no older list may say otherwise.
        looked_up = {"as_of": timezone.localdate(), "updated_at": timezone.now()}
        columns = {"valid_to": valid_to, **looked_up}
        move(table=ROUTE, subject=route, verb=verb, actor=actor, columns=columns)
        routes_changed([route.pk])
