"""Throw away the local database and files. Refuses anything but a local SQLite installation."""

import shutil
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

KEEP = {"test-templates"}


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
            raise CommandError(
                "DATABASE_URL names a database server, which this never empties. "
                "Drop that database yourself if you are sure."
            )
        for path in sorted(settings.VAR.iterdir()):
            if path.name in KEEP:
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.stdout.write("Emptied. `make run` begins again.")
