"""Two stewards bring in two files at once, page by page, each as far as they get."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from benchside.core.actions import Actor
from benchside.organisations.enums import MemberRole, StaffRunState
from benchside.organisations.models import Organisation, StaffFile, StaffListSettings, StaffRun
from benchside.organisations.staff import applying
from tests.factories.organisations import a_member, an_organisation, take_in
from tests.factories.staff_lists import EDIE, HEADER, OLU
from tests.organisations.lists import listed

pytestmark = pytest.mark.django_db(transaction=True)


def work_off() -> None:
    for result in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        said = result.args_kwargs
        result.task.func(*said["args"], **said["kwargs"])
        DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.SUCCESSFUL)


def address(here: Organisation, name: str, *more: Any) -> str:
    return reverse(f"organisations:{name}", args=[here.slug, *more])


def both(calls: list[Any]) -> list[Any]:
    """What each said, called at the same moment on connections of their own."""
    start, said = threading.Barrier(len(calls)), []

    def one(call: Any) -> None:
        try:
            start.wait(timeout=30)
            said.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(said) == len(calls)
    return said


def test_one_list_comes_in_and_the_other_is_told_to_compare_again() -> None:
    here = an_organisation()
    people = [a_member(here, role) for role in (MemberRole.HR_STEWARD, MemberRole.LEAD)]
    runs = []
    for user, row in zip(people, (EDIE, OLU), strict=True):
        file = take_in(Actor.of(user), here, [HEADER, row])
        client = Client()
        client.force_login(user)
        runs.append((client, file))
    for client, file in runs:
        shown = client.get(address(here, "staff_columns", file.pk))
        chosen = {
            column.name: column.field for part in shown.context["parts"] for column in part.columns
        }
        chosen |= {"use-0": "staff", "row-0": "1"}
        assert client.post(address(here, "staff_columns", file.pk), chosen).status_code == 302
    work_off()
    pairs = [(client, StaffFile.objects.get(pk=file.pk).run) for client, file in runs]

    def apply(client: Client, run: StaffRun) -> Any:
        return lambda: client.post(address(here, "staff_apply", run.pk)).url

    said = both([apply(client, run) for client, run in pairs])
    assert sum("/progress/" in url for url in said) == 1
    # The task is picked up twice: the second time finds it done.
    chosen_run = StaffRun.objects.get(state=StaffRunState.APPLYING)
    applying.carry_out(chosen_run.pk)
    applying.carry_out(chosen_run.pk)
    assert len(listed(here)) == 1
    assert StaffListSettings.objects.get(organisation=here).version == chosen_run.version + 1
    ((client, loser),) = [(client, run) for client, run in pairs if run.pk != chosen_run.pk]
    loser.refresh_from_db()
    assert loser.state == StaffRunState.PREVIEWED
    page = client.get(address(here, "staff_run", loser.pk)).content.decode()
    assert "The staff list has changed since" in page
    assert "Compare it again" in page
    assert "Bring it in" not in page
