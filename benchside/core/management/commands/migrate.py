"""`manage.py migrate`, which makes a new database in half the time.

After every operation Django draws all models anew that its models are related to. The libraries'
tables stand first, while the rooms' hundreds, all related to them through people, are not there.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor

EXECUTOR = "MigrationExecutor"
Target = tuple[str, str | None]


class LibrariesFirst(MigrationExecutor):
    def migration_plan(
        self, targets: Iterable[Target], clean_start: bool = False
    ) -> list[tuple[Any, bool]]:
        return super().migration_plan(sorted(targets, key=_is_ours), clean_start)


def _is_ours(target: Target) -> bool:
    return apps.get_app_config(target[0]).name.startswith("benchside.")


class Command(migrate.Command):
    """Django's own, with the one thing exchanged that it offers no way to give it."""

    def handle(self, *args: Any, **options: Any) -> None:
        setattr(migrate, EXECUTOR, LibrariesFirst)
        try:
            super().handle(*args, **options)
        finally:
            setattr(migrate, EXECUTOR, MigrationExecutor)
