"""manage.py load_standards: take the standards that come with the program, or show what changes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benchside.assessment.awarding.loading import Shipped, Waits, compared, take
from benchside.assessment.standards import BrokenStandard, Change
from benchside.core.actions import Refused

LONGEST_VALUE = 70


class Command(BaseCommand):
    help = (
        "Publishes every standard nobody has here yet. Of the others it prints what their files "
        "would change, and keeps that as a draft with --apply; a draft is published at the desk."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--apply", action="store_true", help="keep what changed as drafts")
        choice.add_argument("--preview", action="store_true", help="change nothing, ever")

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_quiet = options["verbosity"] == 0
        try:
            found = compared()
        except BrokenStandard as broken:
            lines = "\n".join(f"  {fault}" for fault in broken.faults)
            raise CommandError(
                f"{len(broken.faults)} faults; nothing was changed.\n{lines}"
            ) from broken
        for one in found:
            self._one(one, **options)

    def _one(self, one: Shipped, *, apply: bool, preview: bool, **_: Any) -> None:
        name = f"{one.standard.key} {one.standard.version}"
        for change in one.changes:
            self._say(f"  {_line(change)}")
        if one.waits == Waits.SAME:
            self._say(f"{name}: as it is kept")
        elif one.waits == Waits.CLASH:
            self._say(f"{name}: published here with other words; give the file a new version")
        elif preview or (one.waits != Waits.FIRST and not apply):
            self._say(f"{name}: not taken. To keep it as a draft: manage.py load_standards --apply")
        else:
            self._take(one, name)

    def _take(self, one: Shipped, name: str) -> None:
        try:
            take(one)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self._say(f"{name}: {'published' if one.waits == Waits.FIRST else 'kept as a draft'}")

    def _say(self, line: str) -> None:
        if not self.is_quiet:
            self.stdout.write(line)


def _line(change: Change) -> str:
    return f"{change.kind}: {change.place}: {_cut(change.before)} -> {_cut(change.after)}"


def _cut(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
