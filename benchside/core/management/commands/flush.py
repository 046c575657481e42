"""Django's `flush`, which empties the whole database, append-only tables and all.

PostgreSQL empties by TRUNCATE, which no row trigger sees. SQLite empties by DELETE, which the
triggers of append-only tables would refuse, so they are lifted meanwhile. Tests that commit end so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TRIGGERS = "%\\_no\\_delete"  # every append-only table names its own so


class Command(Flush):
    def handle(self, **options: Any) -> None:
        with triggers_lifted(connections[options["database"]]):
            super().handle(**options)


@contextmanager
def triggers_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    found = _triggers(connection) if connection.vendor == "sqlite" else {}
    with connection.cursor() as cursor:
        for name in found:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in found.values():
                cursor.execute(statement)


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """By name, the SQL that made each; none before they are made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
            "AND name LIKE %s ESCAPE '\\'",
            [TRIGGERS],
        )
        return dict(cursor.fetchall())
