"""Tasks for the tests of tasks, found by a real worker through their path."""

import os
import time
from pathlib import Path

from benchside.core.models import ImportedValue
from benchside.core.tasks import GiveUp, each, report, task


def mark(name: str) -> None:
    """An effect in the database that shows itself if it is done twice."""
    ImportedValue.objects.create(importer="toy", key=f"{name} by {os.getpid()}", values={})


def marks() -> list[str]:
    return [key.split(" by ")[0] for key in ImportedValue.objects.values_list("key", flat=True)]


@task()
def note(name: str) -> None:
    mark(name)


@task(attempts=3, wait=10)
def always_fails(name: str) -> None:
    mark(f"try {ImportedValue.objects.count() + 1}")
    raise RuntimeError("not today")


@task(attempts=5)
def gives_up() -> None:
    mark("try")
    raise GiveUp("never")


@task()
def counts() -> None:
    for step in each(["a", "b", "c"], "Counting"):
        mark(step)
    report(3, 3, "Counted")


@task()
def tick() -> None:
    mark("tick")


@task()
def hangs_once(folder: str, name: str) -> None:
    """The first time: says that it has begun and stays; ever after: does its work once."""
    begun = Path(folder) / "begun"
    if not begun.exists():
        begun.write_text(str(os.getpid()))
        time.sleep(600)
    ImportedValue.objects.get_or_create(importer="toy", key=name, values={})


@task()
def waits_for(path: str) -> None:
    Path(f"{path}.begun").touch()
    while not Path(path).exists():
        time.sleep(0.02)
    mark("finished")
