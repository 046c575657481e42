"""manage.py import_routes: show what an official list of routes would change; apply it; undo it."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from benchside.careers import actions
from benchside.careers.official_lists.importers import ROUTE_LISTS
from benchside.careers.official_lists.reports import lines_of, problem_lines
from benchside.core import imports
from benchside.core.actions import SYSTEM, Refused
from benchside.core.models import ImportRun, RunState

SOURCES = {"apprenticeships": "skills-england-list", "t-levels": "t-levels-2025"}


class Command(BaseCommand):
    help = (
        "Prints what a list of apprenticeships, T Levels, V Levels or higher technical "
        "qualifications (CSV or JSON) would add, change and retire, and does it with --apply. "
        "--undo puts back what the last one of that kind changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--kind", choices=list(ROUTE_LISTS), required=True)
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="2026-09-01")
        parser.add_argument("--source", help="slug of whose list it is")
        parser.add_argument(
            "--part", action="store_true", help="not the whole list: retire nothing"
        )
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--apply", action="store_true", help="change what is shown")
        choice.add_argument("--undo", action="store_true", help="put the last one back")

    def handle(self, *, file: Path | None, kind: str, undo: bool, **options: Any) -> None:
        try:
            if undo:
                self._undo(kind)
            elif file is None:
                raise CommandError("Name the file: manage.py import_routes FILE --kind ...")
            else:
                self._import(file, kind, **options)
        except (Refused, OSError) as refused:
            raise CommandError(str(refused)) from refused

    def _import(
        self,
        file: Path,
        kind: str,
        *,
        as_of: date | None,
        source: str | None,
        part: bool,
        apply: bool,
        **_: Any,
    ) -> None:
        run = actions.preview_routes(
            actor=SYSTEM,
            kind=kind,
            data=file.read_bytes(),
            filename=file.name,
            as_of=as_of or timezone.localdate(),
            source=source or SOURCES.get(kind, ""),
            is_whole=not part,
        )
        if run.problems:
            raise CommandError("\n".join(problem_lines(run)))
        for line in lines_of(run):
            self.stdout.write(line)
        if apply:
            actions.apply_list(actor=SYSTEM, run=run)
            self.stdout.write(
                f"Applied. To put it back: manage.py import_routes --undo --kind {kind}"
            )
        else:
            imports.discard(actor=SYSTEM, run=run)
            self.stdout.write("Nothing was changed. To change it, say it again with --apply.")

    def _undo(self, kind: str) -> None:
        runs = ImportRun.objects.filter(importer=ROUTE_LISTS[kind].key, state=RunState.APPLIED)
        run = runs.first()
        if run is None:
            raise CommandError("No list of this kind was applied, so there is nothing to undo.")
        imports.undo(actor=SYSTEM, run=run)
        self.stdout.write(f"Put back what {run.filename} had changed.")
