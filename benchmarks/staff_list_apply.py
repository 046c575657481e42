"""A staff list of 100,000 technicians previewed, applied and undone, while another process writes.

The other writer does what any visitor's request does: a short transaction, again and again. How
long the longest of them had to wait is what applying costs everybody else.
"""

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import ground
from benchmarks.staff_list import HEADER, ROWS, make_rows

GOAL_SECONDS, GOAL_WAIT = 60, 2
CHANGED = 5_000
Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    ground.use_here()
    from benchmarks.staff_list_child import TODAY
    from benchside.organisations.actions import staff_lists
    from benchside.organisations.staff import applying
    from benchside.organisations.staff_list import TitleIndex

    organisation, actor = _somebody()
    none = TitleIndex([])

    def preview(rows: list[list[str]]) -> Any:
        out = io.StringIO()
        csv.writer(out).writerows([HEADER, *rows])
        return staff_lists.preview_staff_list(
            actor=actor,
            organisation=organisation,
            data=out.getvalue().encode(),
            filename="staff.csv",
            as_of=TODAY,
            soc=none,
            roles=none,
        )

    rows = list(make_rows())
    made = yield from _measured(f"previewing {ROWS:,} newcomers", lambda: preview(rows))
    yield from _applied(f"applying {ROWS:,} newcomers", made, actor, staff_lists, applying)
    for row in rows[:CHANGED]:
        row[HEADER.index("Department")] = "Department 1"
        row[HEADER.index("Grade")] = "Grade 10"
    moved = yield from _measured(f"previewing {CHANGED:,} changes", lambda: preview(rows))
    yield from _applied(f"applying {CHANGED:,} changes", moved, actor, staff_lists, applying)
    yield from _measured(
        f"undoing {CHANGED:,} changes", lambda: staff_lists.undo_staff_list(actor=actor, run=moved)
    )


def _applied(what: str, made: Any, actor: Any, staff_lists: Any, applying: Any) -> Iterator[Row]:
    staff_lists.apply_staff_list(actor=actor, run=made)
    yield from _measured(what, lambda: applying.carry_out(made.pk))
    made.refresh_from_db()
    assert made.state == "applied", made.failure


def _measured(what: str, call: Callable[[], Any]) -> Any:
    """Yields the row; returns what the call returns."""
    database = ground.var() / "benchside.sqlite3"
    stop = ground.var() / "stop"
    stop.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.staff_list_apply", str(database), str(stop)]
    writer = subprocess.Popen(command, cwd=ground.ROOT, stdout=subprocess.PIPE, text=True)
    began = time.perf_counter()
    result = call()
    took = time.perf_counter() - began
    stop.touch()
    said = json.loads(writer.communicate(timeout=60)[0])
    yield (
        f"staff list, {what}",
        f"{took:.1f} s; another writer waited {said['longest']:.2f} s at most "
        f"({said['writes']:,} writes)",
        f"< {GOAL_SECONDS} s, < {GOAL_WAIT} s",
    )
    return result


def _somebody() -> tuple[Any, Any]:
    from django.utils import timezone

    from benchside.accounts.models import User
    from benchside.core.actions import Actor
    from benchside.organisations.models import Membership, Organisation

    user = User.objects.create_user("of-the-bench@benchside.example", None, name="Lead Made-Up")
    organisation = Organisation.objects.create(
        slug="measured",
        name="Measured",
        kind="university",
        state="approved",
        applied_by=user.person_id,
        decided_by=user.person_id,
        decided_at=timezone.now(),
    )
    Membership.objects.create(organisation=organisation, user=user, role="lead")
    return organisation, Actor.of(user)


def write_until(database: Path, stop: Path) -> None:
    """Another process: short transactions until the file `stop` is there."""
    import sqlite3

    connection = sqlite3.connect(database, timeout=60, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS bench_writes (at REAL)")
    longest, writes = 0.0, 0
    while not stop.exists():
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bench_writes VALUES (?)", [began])
        connection.execute("COMMIT")
        longest = max(longest, time.perf_counter() - began)
        writes += 1
        time.sleep(0.005)
    print(json.dumps({"longest": longest, "writes": writes}))


if __name__ == "__main__":
    write_until(Path(sys.argv[1]), Path(sys.argv[2]))
