"""Django's `flush`, which empties the whole database, what is append-only and all.

PostgreSQL empties by TRUNCATE, which no row trigger sees. SQLite empties by DELETE, which the
triggers on what is append-only would refuse, so they are lifted meanwhile: they are known by their
name, `<table>_no_delete`. Tests that commit end so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

NAMED = r"%\_no\_delete"


class Command(Flush):
    def handle(self, **options: Any) -> None:
        with triggers_lifted(connections[options["database"]]):
            super().handle(**options)


@contextmanager
def triggers_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    found = _triggers(connection) if connection.vendor == "sqlite" else []
    with connection.cursor() as cursor:
        for name, _ in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, statement in found:
                cursor.execute(statement)


def _triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Name and SQL of each; none before they are made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s ESCAPE %s",
            [NAMED, "\\"],
        )
        return list(cursor.fetchall())
