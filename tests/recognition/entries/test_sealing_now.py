"""Sealing a register when its registrar asks: watched, made once, and begun anew when killed."""

from typing import Any

import pytest
from django.test import Client
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from benchside.accounts.models import User
from benchside.core.models import TaskProgress
from benchside.core.tasks import running
from benchside.recognition.entries import seals, tasks
from benchside.recognition.models import Entry, RegisterHead
from tests.factories.people import sign_in
from tests.factories.registers import a_register, a_registrar, an_entry

pytestmark = pytest.mark.django_db
PAGE = "/registry/registered-technician/seals/"


@pytest.fixture
def registrar() -> User:
    return a_registrar()


@pytest.fixture
def desk(client: Client, registrar: User) -> Client:
    an_entry("Siobhán O’Brien")
    an_entry("Ann Made-Up")
    return sign_in(client, registrar)


def work(watched: TaskProgress) -> None:
    """As a worker does what was queued."""
    result = DBTaskResult.objects.get(pk=watched.result_id)
    with running(str(result.pk)):
        tasks.seal_register.func(*result.args_kwargs["args"])
    DBTaskResult.objects.filter(pk=result.pk).update(status=TaskResultStatus.SUCCESSFUL)


def test_it_is_watched_from_the_press_to_the_seal(desk: Client) -> None:
    pressed = desk.post(PAGE)
    watched = TaskProgress.objects.get()
    assert pressed["Location"] == watched.get_absolute_url()
    assert watched.then == PAGE
    said = desk.get(PAGE).content.decode()
    assert "It is being checked" in said
    assert watched.get_absolute_url() in said
    assert desk.post(PAGE)["Location"] == watched.get_absolute_url(), "pressed twice, made once"
    assert TaskProgress.objects.count() == 1
    work(TaskProgress.objects.latest("created_at"))
    watched = TaskProgress.objects.get()
    assert (watched.state, watched.count["message"]) == ("done", "All holds.")
    assert RegisterHead.objects.get().faults == []
    assert "Check and seal it now" in desk.get(PAGE).content.decode()
    desk.post(PAGE)
    work(TaskProgress.objects.latest("created_at"))
    assert RegisterHead.objects.count() == 2, "the next one is another"


def test_how_far_it_is_stands_there_while_it_runs(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int, str]] = []
    monkeypatch.setattr(tasks, "report", lambda *said: told.append(said))
    tasks.seal_register.func(a_register().pk, 0)
    assert told[:2] == [(1, 2, "1 of 2 entries checked"), (2, 2, "2 of 2 entries checked")]


def test_killed_half_way_it_begins_anew_and_makes_one_seal(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = a_register()

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(seals, "_cover", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.seal_register.func(here.pk, 0)
    assert not RegisterHead.objects.exists()
    for _ in range(2):  # the second time as if it had been killed after the seal was made
        tasks.seal_register.func(here.pk, 0)
    assert RegisterHead.objects.count() == 1


def test_another_keeper_sees_that_it_runs_and_not_whose_it_is(desk: Client) -> None:
    desk.post(PAGE)
    other = sign_in(Client(), a_registrar("second@council.example"))
    said = other.get(PAGE).content.decode()
    assert "It is being checked" in said
    watched = TaskProgress.objects.get().get_absolute_url()
    assert watched not in said
    assert other.get(watched).status_code == 404


def test_what_was_found_once_stays_at_the_top_of_the_page(desk: Client) -> None:
    Entry.objects.filter(name="Ann Made-Up").update(name="Ann Forged")
    seals.write_head(a_register(), faults=seals.faults_of_register(a_register()))
    Entry.objects.filter(name="Ann Forged").update(name="Ann Made-Up")
    said = desk.get(PAGE).content.decode()
    assert "Something did not hold" in said
    assert "Head 1 wrote down that RT-000002 does not say what it said" in said
    desk.post(PAGE)
    work(TaskProgress.objects.latest("created_at"))
    assert "Nothing new" in TaskProgress.objects.get().count["message"]
    assert "Something did not hold" in desk.get(PAGE).content.decode()
