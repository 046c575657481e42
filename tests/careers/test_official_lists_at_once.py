"""Two who apply official lists at one moment.

In a file of its own: it commits, and the other files of the room keep the catalogue in an open
transaction as long as their tests run.
"""

from threading import Barrier, Thread

import pytest
from django.db import connections

from benchside.careers import actions
from benchside.careers.models import Route, Source
from benchside.core.actions import SYSTEM, Refused
from benchside.core.models import ImportRun, RunState
from tests.careers.test_official_lists import HEADER, preview


@pytest.mark.django_db(transaction=True)
def test_of_two_who_apply_at_once_one_succeeds() -> None:
    """The same run twice, and two runs of the same file: every route once, nothing half-written."""
    Source.objects.create(
        slug="skills-england-list",
        name="List",
        publisher="X",
        url="https://x.example/",
        licence="L",
    )
    rows = "".join(f"ST{n:04d},Smith {n},2,12,open\n" for n in range(1, 200))
    runs = [preview(HEADER + rows), preview(HEADER + rows)]
    outcomes: list[str] = []
    gate = Barrier(3)

    def apply(pk: int) -> None:
        run = ImportRun.objects.get(pk=pk)
        gate.wait()
        try:
            actions.apply_list(actor=SYSTEM, run=run)
        except Refused as refused:
            outcomes.append(refused.message)
        else:
            outcomes.append("applied")
        finally:
            connections.close_all()

    threads = [Thread(target=apply, args=(run.pk,)) for run in (runs[0], runs[0], runs[1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("applied") == 1, outcomes
    assert len(outcomes) == 3
    assert Route.objects.count() == 199
    assert ImportRun.objects.filter(state=RunState.APPLIED).count() == 1
