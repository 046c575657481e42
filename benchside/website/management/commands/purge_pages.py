"""Empty the page cache of every worker: the next visitor gets each page made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from benchside.website.stamps import purge


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        purge()
        self.stdout.write("Every public page is made anew from now on.")
