"""5,000 credentials issued by the real jobs on SQLite, and made anew because a key was stolen.

In a process and a database of its own (`issuing_child`); the floor is the signing core alone.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.register import child

Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="benchside-issuing-") as folder:
        database = f"sqlite:///{folder}/issuing.sqlite3"
        yield from child("issuing_child", Path(folder), database, "credentials")
