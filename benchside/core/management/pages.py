"""Commands that write a page of the documentation from what the code declares."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class PageCommand(BaseCommand):
    """Writes `page()` to `path`; with --check only says whether the page is up to date."""

    path: str

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail if stale")

    def page(self) -> str:
        raise NotImplementedError

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        file, wanted = Path(settings.ROOT) / self.path, self.page()
        if check:
            if not file.exists() or file.read_text() != wanted:
                command = type(self).__module__.rpartition(".")[2]
                raise CommandError(f"{self.path} is stale: run manage.py {command}.")
            return
        file.write_text(wanted)
        self.stdout.write(f"Wrote {self.path}.")
