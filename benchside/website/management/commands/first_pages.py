"""manage.py first_pages: write home, about, privacy and the others into an empty site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benchside.website.content import BadWords
from benchside.website.first_pages import write_first_pages


class Command(BaseCommand):
    help = "Write the first pages into an empty site. Changes nothing where there are pages."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = write_first_pages()
        except BadWords as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"{made} pages written." if made else "There are pages already.")
