"""Two who bring one file in at the same moment, and one whose process dies in the middle."""

import os
import signal
from multiprocessing import get_context
from typing import Any

import pytest
from django.db import connection

from benchside.core.actions import Actor, Refused
from benchside.core.models import ImportRun
from benchside.impact.bringing import actions, importer
from benchside.impact.bringing.building import preview_of
from benchside.impact.enums import FileState
from benchside.impact.models import Action, BroughtRow, Plan, PlanFile
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member
from tests.factories.plan_files import TRACK, brought, taken_in
from tests.factories.plans import a_plan
from tests.impact.bringing.messy import CODES

pytestmark = pytest.mark.django_db(transaction=True)
FORK = get_context("fork")


def run_all(*works: Any) -> list[int | None]:
    connection.close()
    processes = [FORK.Process(target=work, daemon=True) for work in works]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)
    return [process.exitcode for process in processes]


def test_two_who_press_at_once_bring_it_in_once() -> None:
    plan, lead = a_plan()
    deputy = a_member(plan.organisation, MemberRole.DEPUTY)
    file = taken_in(plan, lead, CODES, rag=TRACK)
    seen = preview_of(file).digest
    start = FORK.Barrier(2)

    def press(user: Any) -> None:
        connection.close()
        start.wait(timeout=60)
        try:
            actions.bring_in(actor=Actor.of(user), file=file, seen=seen)
        except Refused:
            os._exit(3)
        os._exit(0)

    codes = run_all(lambda: press(lead), lambda: press(deputy))
    assert sorted(codes, key=str) == [0, 3]
    assert Action.objects.count() == BroughtRow.objects.count() == 5
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize("after", [0, 3])
def test_a_process_that_dies_in_the_middle_leaves_nothing_half(
    after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, lead = a_plan()
    file = taken_in(plan, lead, CODES, rag=TRACK)
    seen = preview_of(file).digest
    made = importer._remember
    count = 0

    def dying(*said: Any) -> None:
        nonlocal count
        if count == after:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        made(*said)

    def press() -> None:
        connection.close()
        monkeypatch.setattr(importer, "_remember", dying)
        actions.bring_in(actor=Actor.of(lead), file=file, seen=seen)

    assert run_all(press) == [-signal.SIGKILL]
    assert not Action.objects.exists()
    assert not BroughtRow.objects.exists()
    assert not ImportRun.objects.exists()
    assert PlanFile.objects.get().state == FileState.OPEN
    # Whoever comes next presses again, and all is well.
    brought(PlanFile.objects.get(), lead)
    assert Plan.objects.get().actions.count() == 5
