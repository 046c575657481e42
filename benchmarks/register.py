"""Looking somebody up among 1,000,000 entries, on SQLite and on PostgreSQL, beside two floors.

Each database is filled and asked in a process of its own (`register_child`): the floors are a bare
`SELECT 1`, and what one would write first, `name LIKE '%…%'` over the same table.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import ground

Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="benchside-register-") as folder:
        yield from child(
            "register_child", Path(folder), f"sqlite:///{folder}/register.sqlite3", "SQLite"
        )
    from tests import services

    services.start_postgresql()
    with tempfile.TemporaryDirectory(prefix="benchside-register-") as folder:
        yield from child("register_child", Path(folder), os.environ["DATABASE_URL"], "PostgreSQL")


def child(module: str, folder: Path, database: str, name: str) -> Iterator[Row]:
    """What a module says that measures in a process of its own, row by row."""
    asked = os.environ | {
        "BENCHSIDE_VAR": str(folder),
        "BENCHSIDE_DEBUG": "no",
        "BENCHSIDE_DEMO": "no",
        "BENCHSIDE_SECRET_KEY": "only-for-measuring",
        "BENCHSIDE_LOG_LEVEL": "ERROR",
        "BENCHSIDE_ALLOWED_HOSTS": "127.0.0.1,testserver",
        "DATABASE_URL": database,
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-m", f"benchmarks.{module}"]
    said = subprocess.run(
        command, cwd=ground.ROOT, env=asked, check=True, stdout=subprocess.PIPE, text=True
    )
    for line in said.stdout.splitlines():
        if line.startswith("{"):
            row = json.loads(line)
            yield f"{name}, {row['what']}", row["measured"], row["goal"]
