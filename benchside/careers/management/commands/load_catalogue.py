"""manage.py load_catalogue: fill an empty catalogue, or show what newer files would change."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benchside.careers import actions
from benchside.careers.catalogue_files import BrokenCatalogue
from benchside.core.actions import SYSTEM, Refused

LONGEST_VALUE = 70


class Command(BaseCommand):
    help = (
        "Fills an empty catalogue from its files at once. Later it prints what the files would "
        "change, and changes it with --apply. What an editor has changed stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--path", type=Path, default=actions.FOLDER, metavar="DIR")
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--apply", action="store_true", help="change what is shown")
        choice.add_argument("--preview", action="store_true", help="change nothing, ever")
        parser.add_argument(
            "--take",
            action="append",
            default=[],
            metavar="KEY/FIELD",
            help="overwrite this editor's change after all, as in role:sound-technician/title",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_quiet = options["verbosity"] == 0
        asked = options["apply"] or options["preview"]
        try:
            if not (asked or actions.is_empty()) and actions.is_as_loaded(options["path"]):
                self._say("The files are as they were when last loaded.")
                return
            self._load(**options)
        except BrokenCatalogue as broken:
            raise CommandError(self._faults(broken)) from broken
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _load(self, *, path: Path, apply: bool, preview: bool, take: list[str], **_: Any) -> None:
        is_first = actions.is_empty()
        run = actions.preview_catalogue(actor=SYSTEM, folder=path)
        if not is_first:
            for change in run.difference:
                self._show(change)
        if not preview and (is_first or apply):
            actions.apply_catalogue(actor=SYSTEM, run=run, take=take)
        elif actions.would_change(run):
            self._say("Nothing was changed. To change it: manage.py load_catalogue --apply")
        self._say(", ".join(f"{run.count(kind)} {kind}" for kind in run.counts))

    def _say(self, line: str) -> None:
        if not self.is_quiet:
            self.stdout.write(line)

    def _faults(self, broken: BrokenCatalogue) -> str:
        lines = "\n".join(f"  {fault}" for fault in broken.faults)
        return f"{len(broken.faults)} faults; nothing was changed.\n{lines}"

    def _show(self, change: dict[str, Any]) -> None:
        if change["kind"] == "same":
            return
        self._say(f"{change['kind']}: {change['key']}")
        if change["kind"] == "added":
            return
        for name, field in change["fields"].items():
            self._say(f"  {name}: {_cut(field['before'])} -> {_cut(field['after'])}")
        for name, field in change["kept"].items():
            kept, files = _cut(field["before"]), _cut(field["after"])
            self._say(f"  {name}: an editor's {kept} stays; the files say {files}")


def _cut(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
