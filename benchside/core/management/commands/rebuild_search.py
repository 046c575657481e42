"""Make the whole index of the search again, from what the rooms offer to be found."""

from typing import Any

from django.core.management.base import BaseCommand

from benchside.core.search.index import rebuild
from benchside.core.search.sources import search_sources


class Command(BaseCommand):
    help = "Make the index of the search again. Readers find what they found until it is done."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in rebuild().items():
            self.stdout.write(f"{search_sources[kind].plural}: {count}")
