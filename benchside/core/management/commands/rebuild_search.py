"""Bring the index of the search up to date with what the rooms offer to be found."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from benchside.core.search.index import rebuild, refresh
from benchside.core.search.sources import search_sources


class Command(BaseCommand):
    help = "Bring the search up to date. What has not changed is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from-nothing", action="store_true", help="Write all of it again, changed or not."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = rebuild() if options["from_nothing"] else refresh()
        if options["verbosity"]:
            for kind, count in counts.items():
                self.stdout.write(f"{search_sources[kind].plural}: {count}")
