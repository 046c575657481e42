"""A migrated database in a second: migrate once into a template, copy it for every worker."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "var" / "test-templates"


@cache
def _key() -> str:
    """Changes when any migration, ours or a library's, may have changed."""
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(ROOT.glob("benchside/*/migrations/*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """One process at a time, of all workers of all runs here."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _migrate_into(name: str) -> None:
    _use(name)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


def sqlite_template() -> Path:
    """The path of a migrated, otherwise empty SQLite database; made when a migration changed."""
    key = _key()
    template = TEMPLATES / f"{key}.sqlite3"
    with only_one(key):
        if not template.exists():
            for old in TEMPLATES.glob("*.sqlite3"):
                old.unlink()
            building = Path(os.environ["BENCHSIDE_VAR"]) / "template.building"
            own = connection.settings_dict["NAME"]
            _migrate_into(str(building))
            _use(own)
            shutil.copy(building, TEMPLATES / f"{key}.part")
            (TEMPLATES / f"{key}.part").rename(template)
    return template


def _sqlite() -> None:
    own = Path(os.environ["BENCHSIDE_VAR"]) / "test.sqlite3"
    shutil.copy(sqlite_template(), own)
    _use(str(own))


def _postgresql() -> None:
    """The server lives as long as the run, so its template is made once a run."""
    template, own = "benchside_template", f"benchside_{os.getpid()}"
    base = connection.settings_dict["NAME"]

    def run(sql: str) -> list[tuple[object, ...]]:
        _use(base)
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    with only_one(f"pg-{os.path.basename(connection.settings_dict['HOST'])}"):
        if not run(f"SELECT 1 FROM pg_database WHERE datname = '{template}'"):
            run(f"CREATE DATABASE {template}_building")
            _migrate_into(f"{template}_building")
            run(f"ALTER DATABASE {template}_building RENAME TO {template}")
    run(f"CREATE DATABASE {own} TEMPLATE {template}")
    _use(own)


@contextmanager
def an_empty_one() -> Iterator[None]:
    """Point the default connection at a database without a table, and back again afterwards.

    For tests of migrations: to go forwards from nothing takes a part of what going back from
    everything would.
    """
    own = connection.settings_dict["NAME"]
    empty = f"{own}_empty"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{empty}" TEMPLATE template0')
    _use(empty)
    try:
        yield
    finally:
        _use(own)
        ContentType.objects.clear_cache()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{empty}"')
        else:
            Path(empty).unlink(missing_ok=True)


def make() -> None:
    """Point the default connection at a migrated database of this worker's own, which a test that
    commits leaves as the migrations had made it (Wagtail's root page ...).

    Django would empty every table and then save each row anew: a second a test, and on PostgreSQL
    two. Told to the class: it offers no other way in.
    """
    if connection.vendor == "sqlite":
        _sqlite()
        TransactionTestCase._fixture_teardown = _sqlite_as_it_was  # type: ignore[method-assign]
    else:
        _postgresql()
        _KEPT.update(_filled_tables())
        TransactionTestCase._fixture_teardown = _postgresql_as_it_was  # type: ignore[method-assign]


@contextmanager
def loaded(blocker: Any, load: Callable[[], Any]) -> Iterator[None]:
    """What the tests of a module have in common, loaded once and undone after the last of them.

    Its constraints are checked here. Left to the end of a test they would be checked anew at the
    end of each, because each rolls back to where they were still to be checked.
    """
    with blocker.unblock(), transaction.atomic():
        load()
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


def _sqlite_as_it_was(test: TransactionTestCase) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(TEMPLATES / f"{_key()}.sqlite3")) as template:
        template.backup(connection.connection)
    ContentType.objects.clear_cache()


# --- what PostgreSQL's tables hold when a run begins ----------------------------------------------
_KEPT: dict[str, bytes] = {}


def _filled_tables() -> dict[str, bytes]:
    """The rows of each table that has any, as COPY writes them."""
    found = {}
    with connection.cursor() as cursor:
        for table in _with_rows(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                found[table] = b"".join(rows)
    return found


def _postgresql_as_it_was(test: TransactionTestCase) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # As a copy of another server would: no foreign key is looked at, and no trigger asked.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _with_rows(cursor):
            cursor.execute(f'DELETE FROM "{table}"')
        for table, kept in _KEPT.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as rows:
                rows.write(kept)
    ContentType.objects.clear_cache()


def _with_rows(cursor: Any) -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)
    cursor.execute(" UNION ALL ".join(asked))
    return [name for (name,) in cursor.fetchall()]
