"""manage.py load_registers: take the registers that come with the program, or show what changes."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benchside.assessment.standards import Change
from benchside.core.actions import SYSTEM
from benchside.recognition.registers import loading, reader
from benchside.recognition.registers.actions import load_register
from benchside.recognition.registers.reader import BrokenRegister

LONGEST_VALUE = 70


class Command(BaseCommand):
    help = (
        "Makes every register nobody has here yet, once its standard is in use. Of the others it "
        "prints what their files would change, and takes that with --apply. With --file it does "
        "the same for one file of yours."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--apply", action="store_true", help="take what changed")
        choice.add_argument("--preview", action="store_true", help="change nothing, ever")
        parser.add_argument("--file", type=Path, help="one file instead of those of the program")

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_quiet = options["verbosity"] == 0
        try:
            found = loading.compared() if options["file"] is None else [_own(options["file"])]
            for one in found:
                self._one(one, apply=options["apply"], preview=options["preview"])
        except BrokenRegister as broken:
            lines = "\n".join(f"  {fault}" for fault in broken.faults)
            raise CommandError(
                f"{len(broken.faults)} faults; nothing more was changed.\n{lines}"
            ) from broken

    def _one(self, one: loading.Shipped, *, apply: bool, preview: bool) -> None:
        for change in one.changes:
            self._say(f"  {_line(change)}")
        if one.waits == loading.Waits.SAME:
            self._say(f"{one.file.key}: as it is kept")
        elif one.waits == loading.Waits.STANDARD:
            self._say(
                f"{one.file.key}: not taken. Publish its standard, {one.file.standard}, first"
            )
        elif preview or (one.waits != loading.Waits.FIRST and not apply):
            self._say(f"{one.file.key}: not taken. To take it: manage.py load_registers --apply")
        else:
            load_register(actor=SYSTEM, file=one.file)
            self._say(f"{one.file.key}: taken")

    def _say(self, line: str) -> None:
        if not self.is_quiet:
            self.stdout.write(line)


def _own(path: Path) -> loading.Shipped:
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    return loading.against(reader.parse(path.name, path.read_bytes()))


def _line(change: Change) -> str:
    return f"{change.kind}: {change.place}: {_cut(change.before)} -> {_cut(change.after)}"


def _cut(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
