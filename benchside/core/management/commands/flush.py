"""Django's `flush`, which empties the whole database, audit events and all.

PostgreSQL empties by TRUNCATE, which no row trigger sees. SQLite empties by DELETE, which the
trigger on audit events would refuse, so it is lifted meanwhile. Tests that commit end so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TRIGGER = "core_auditevent_no_delete"


class Command(Flush):
    def handle(self, **options: Any) -> None:
        with trigger_lifted(connections[options["database"]]):
            super().handle(**options)


@contextmanager
def trigger_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    statement = _statement(connection) if connection.vendor == "sqlite" else None
    if statement is None:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {TRIGGER}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _statement(connection: BaseDatabaseWrapper) -> str | None:
    """The SQL that made the trigger, or None before it is made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [TRIGGER])
        row = cursor.fetchone()
    return row[0] if row else None
