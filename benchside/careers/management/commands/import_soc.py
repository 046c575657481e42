"""manage.py import_soc: bring an edition of the SOC 2020 coding index in, or put the last back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benchside.careers import actions
from benchside.careers.official_lists.importers import SocImporter
from benchside.careers.official_lists.reports import problem_lines
from benchside.core import imports
from benchside.core.actions import SYSTEM, Refused
from benchside.core.models import ImportRun, RunState

KINDS = ("added", "changed", "removed", "unchanged")


class Command(BaseCommand):
    help = (
        "Brings in the ONS coding index (CSV with unique_id, index_occupation, soc_2020 and "
        "soc_2020_ext), so that a job title finds its codes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--preview", action="store_true", help="change nothing")
        choice.add_argument("--undo", action="store_true", help="put the last edition back")

    def handle(self, *, file: Path | None, preview: bool, undo: bool, **options: Any) -> None:
        try:
            if undo:
                run = ImportRun.objects.filter(
                    importer=SocImporter.key, state=RunState.APPLIED
                ).first()
                if run is None:
                    raise CommandError("No index was brought in, so there is nothing to undo.")
                imports.undo(actor=SYSTEM, run=run)
                self.stdout.write(f"Put back what {run.filename} had changed.")
                return
            if file is None:
                raise CommandError("Name the file: manage.py import_soc FILE")
            self._import(file, preview)
        except (Refused, OSError) as refused:
            raise CommandError(str(refused)) from refused

    def _import(self, file: Path, preview: bool) -> None:
        run = actions.preview_soc(actor=SYSTEM, data=file.read_bytes(), filename=file.name)
        if run.problems:
            raise CommandError("\n".join(problem_lines(run)))
        act = imports.discard if preview else actions.apply_list
        act(actor=SYSTEM, run=run)
        self.stdout.write(", ".join(f"{run.count(kind)} {kind}" for kind in KINDS))
