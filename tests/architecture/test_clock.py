"""Everything written to happen by the clock is known to a worker, in a process of its own.

A test cannot tell in this process: other tests import what a worker may never come to.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator

from django.conf import settings

WORKER = """
import django
django.setup()
from django.utils.module_loading import autodiscover_modules
autodiscover_modules("tasks", "mail")
from benchside.core import schedule
print("\\n".join(schedule.jobs))
"""


def written() -> Iterator[str]:
    """Dotted names of all functions under `@daily` or `@every`."""
    for path in (settings.ROOT / "benchside").rglob("*.py"):
        module = ".".join(path.relative_to(settings.ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(one, ast.Call) and getattr(one.func, "id", "") in {"daily", "every"}
                for one in node.decorator_list
            ):
                yield f"{module}.{node.name}"


def test_a_worker_knows_every_job_of_the_clock() -> None:
    told = subprocess.run(
        [sys.executable, "-c", WORKER],
        capture_output=True, text=True, check=True, cwd=settings.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
    )  # fmt: skip
    wanted = set(written())
    assert len(wanted) > 20
    assert wanted - set(told.stdout.split()) == set()
