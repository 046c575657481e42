"""manage.py load_places: bring in a real list of schools, universities or institutes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benchside.core import imports
from benchside.core.actions import SYSTEM, Refused
from benchside.organisations.enums import PlaceList
from benchside.organisations.imports import IMPORTERS

SHOWN = 20  # lines of a difference, mistakes of a file


class Command(BaseCommand):
    help = (
        "Shows what a file of a real list would change, and changes it with --apply. "
        "What was applied can be taken back at the desk, among the lists of places."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("list", choices=PlaceList.values)
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="change what is shown")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        importer = IMPORTERS[PlaceList(options["list"])]
        try:
            data = path.read_bytes()
            run = imports.preview(actor=SYSTEM, importer=importer, data=data, filename=path.name)
            self._show(run)
            if options["apply"]:
                imports.apply(actor=SYSTEM, run=run)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        said = ", ".join(f"{run.count(kind):,} {kind}" for kind in run.counts)
        self.stdout.write(f"{importer.title}: {said}")
        if not options["apply"]:
            self.stdout.write("Nothing was changed. To change it, add --apply.")

    def _show(self, run: Any) -> None:
        for one in run.problems[:SHOWN]:
            where = f"row {one['row']}, {one['column'] or 'the whole row'}: {one['value']!r}"
            self.stdout.write(f"{where}. {one['remedy']}")
        for change in run.changes("changed")[:SHOWN]:
            self.stdout.write(f"changed: {change['key']} {', '.join(change['fields'])}")
