"""Tasks: queued with the transaction, retried, counted, scheduled, taken over from the dead."""

import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from benchside.core import schedule, worker
from benchside.core.models import ScheduleSlot, TaskProgress, WorkerBeat
from benchside.core.tasks import LONGEST_WAIT, enqueue_watched, report, running
from tests.core import toy_tasks

ROOT = Path(__file__).resolve().parents[2]
READY, RUNNING, DONE, FAILED = (TaskResultStatus[name] for name in
                                ("READY", "RUNNING", "SUCCESSFUL", "FAILED"))  # fmt: skip


def work_off(worker_id: str = "here") -> None:
    """Do what is due, in this process."""
    worker.Worker(
        worker_id=worker_id, queue_names=["*"], excluded_queue_names=[], interval=0, batch=True,
        backend_name="default", startup_delay=False, max_tasks=None,
    ).run()  # fmt: skip


def only_result() -> DBTaskResult:
    return DBTaskResult.objects.get()


# --- queueing ---------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_task_that_is_rolled_back_was_never_queued() -> None:
    with transaction.atomic():
        toy_tasks.note.enqueue("x")
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_instances_are_refused() -> None:
    with pytest.raises(TypeError):
        toy_tasks.note.enqueue(WorkerBeat())


@pytest.mark.django_db(transaction=True)
def test_a_key_queues_once() -> None:
    first = enqueue_watched(toy_tasks.note, "x", key="one")
    again = enqueue_watched(toy_tasks.note, "x", key="one")
    assert again == first
    work_off()
    assert enqueue_watched(toy_tasks.note, "x", key="one") == first
    work_off()
    assert toy_tasks.marks() == ["x"]


@pytest.mark.django_db
def test_a_key_whose_task_failed_may_be_used_again() -> None:
    first = enqueue_watched(toy_tasks.note, "x", key="one")
    DBTaskResult.objects.update(status=FAILED)
    assert enqueue_watched(toy_tasks.note, "x", key="one") != first
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_key_queues_once_from_many_threads() -> None:
    found = in_threads(8, lambda: enqueue_watched(toy_tasks.note, "x", key="one").pk)
    assert len(set(found)) == 1
    assert DBTaskResult.objects.count() == 1


def in_threads(number: int, do: Callable[[], Any]) -> list[Any]:
    """What `do` gives in each of `number` threads that start together."""
    found: list[Any] = []
    barrier = threading.Barrier(number)

    def one() -> None:
        barrier.wait()
        try:
            found.append(do())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == number
    return found


# --- retrying ---------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_failures_are_retried_later_and_later_and_not_for_ever() -> None:
    toy_tasks.always_fails.enqueue("x")
    waits = []
    for _ in range(2):
        before = timezone.now()
        work_off()
        result = only_result()
        assert result.status == READY
        waits.append((result.run_after - before).total_seconds())
        DBTaskResult.objects.update(run_after=before)
    work_off()
    assert only_result().status == FAILED
    assert "not today" in only_result().traceback
    assert len(toy_tasks.marks()) == 3
    assert 10 <= waits[0] <= 14
    assert 20 <= waits[1] <= 27


@pytest.mark.django_db(transaction=True)
def test_a_task_that_waits_is_not_tried_early() -> None:
    toy_tasks.always_fails.enqueue("x")
    work_off()
    work_off()
    assert len(toy_tasks.marks()) == 1


def test_waiting_is_bounded() -> None:
    long = toy_tasks.always_fails.next_try(30) - timezone.now()
    assert timedelta(seconds=LONGEST_WAIT - 1) < long <= timedelta(seconds=LONGEST_WAIT * 1.25)


@pytest.mark.django_db(transaction=True)
def test_giving_up_ends_it() -> None:
    toy_tasks.gives_up.enqueue()
    work_off()
    assert only_result().status == FAILED
    assert toy_tasks.marks() == ["try"]


@pytest.mark.django_db(transaction=True)
def test_plain_tasks_are_tried_once() -> None:
    toy_tasks.note.enqueue("x")
    DBTaskResult.objects.update(task_path="tests.core.toy_tasks.gone")
    work_off()
    assert only_result().status == FAILED


# --- the dead ---------------------------------------------------------------------------------
def abandoned(*, host: str, pid: int, silent: timedelta, tries: int = 1) -> DBTaskResult:
    toy_tasks.note.enqueue("x")
    result = only_result()
    result.status, result.started_at = RUNNING, timezone.now()
    result.worker_ids = [f"w{number}" for number in range(tries)]
    result.save()
    WorkerBeat.objects.create(
        worker_id=f"w{tries - 1}", host=host, pid=pid, beat_at=timezone.now() - silent
    )
    return result


def dead_pid() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


SHORT, LONG, VERY_LONG = timedelta(seconds=5), timedelta(minutes=2), timedelta(minutes=20)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("host", "alive", "silent", "is_taken"),
    [
        ("elsewhere", True, SHORT, False),
        ("elsewhere", True, LONG, True),
        ("here", True, SHORT, False),
        ("here", True, LONG, False),  # a long transaction on SQLite silences the beat
        ("here", True, VERY_LONG, True),  # somebody else's process by now
        ("here", False, SHORT, True),
    ],
)
def test_who_counts_as_dead(host: str, alive: bool, silent: timedelta, is_taken: bool) -> None:
    place = worker.here() if host == "here" else host
    abandoned(host=place, pid=os.getpid() if alive else dead_pid(), silent=silent)
    assert worker.reap() == is_taken
    assert only_result().status == (READY if is_taken else RUNNING)
    assert WorkerBeat.objects.exists() is not is_taken


@pytest.mark.django_db
def test_a_task_that_kills_its_workers_is_given_up() -> None:
    abandoned(host="elsewhere", pid=1, silent=LONG, tries=worker.TRIES_AFTER_LOSS)
    assert worker.reap() == 1
    assert only_result().status == FAILED
    assert only_result().exception_class_path == "benchside.core.worker.WorkerLost"


@pytest.mark.django_db
def test_a_worker_that_left_no_trace_is_given_an_hour() -> None:
    abandoned(host="elsewhere", pid=1, silent=SHORT)
    WorkerBeat.objects.all().delete()
    assert worker.reap() == 0
    DBTaskResult.objects.update(started_at=timezone.now() - worker.STRANGER * 2)
    assert worker.reap() == 1


@pytest.mark.django_db(transaction=True)
def test_two_reapers_take_over_once() -> None:
    result = abandoned(host="elsewhere", pid=1, silent=LONG)
    taken = in_threads(4, lambda: worker.take_over(result))
    assert sorted(taken) == [False, False, False, True]


# --- progress ---------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_progress_follows_the_task() -> None:
    progress = enqueue_watched(toy_tasks.counts, title="Counting")
    assert progress.state == "waiting"
    work_off()
    progress = TaskProgress.objects.get()
    assert progress.state == "done"
    assert progress.percent == 100
    assert progress.count == {"done": 3, "total": 3, "message": "Counted"}


@pytest.mark.django_db
def test_a_count_inside_a_transaction_is_seen_outside() -> None:
    progress = enqueue_watched(toy_tasks.counts)
    DBTaskResult.objects.update(status=RUNNING)
    with running(str(progress.result_id)), transaction.atomic():
        report(30, 120, "Reading row")
        transaction.set_rollback(True)
    progress = TaskProgress.objects.get()
    assert progress.count == {"done": 30, "total": 120, "message": "Reading row"}
    assert (progress.state, progress.percent) == ("running", 25)


def test_report_outside_a_task_does_nothing() -> None:
    report(1, 2)


@pytest.fixture
def owner(client: Client, settings: Any) -> Any:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    user = get_user_model().objects.create_user("ada@example.org", "x" * 20)
    client.force_login(user)
    return user


@pytest.mark.django_db
def test_owner_watches(client: Client, owner: Any) -> None:
    progress = enqueue_watched(
        toy_tasks.counts, title="Staff list of Leeds", owner=owner.person_id, then="/my/"
    )
    page = client.get(progress.get_absolute_url()).content.decode()
    assert "Staff list of Leeds" in page
    assert "Waiting for its turn" in page
    assert "hx-get" in page
    assert '<noscript><meta http-equiv="refresh"' in page

    DBTaskResult.objects.update(status=RUNNING)
    with running(str(progress.result_id)):
        report(3, 12, "Reading row")
    part = client.get(progress.get_absolute_url(), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Reading row: 3 of 12" in part.content.decode()
    assert 'aria-valuenow="25"' in part.content.decode()

    DBTaskResult.objects.update(status=DONE)
    page = client.get(progress.get_absolute_url()).content.decode()
    assert "/my/" in page
    assert "hx-get" not in page
    assert "http-equiv" not in page

    DBTaskResult.objects.update(status=FAILED)
    page = client.get(progress.get_absolute_url()).content.decode()
    assert str(progress.pk) in page


@pytest.mark.django_db
def test_nobody_else_watches(client: Client, owner: Any) -> None:
    others = enqueue_watched(toy_tasks.counts, owner=uuid.uuid4())
    nobodys = enqueue_watched(toy_tasks.counts)
    assert client.get(others.get_absolute_url()).status_code == 404
    assert client.get(nobodys.get_absolute_url()).status_code == 404
    client.logout()
    assert client.get(others.get_absolute_url()).status_code == 302


# --- the clock --------------------------------------------------------------------------------
@pytest.fixture
def _only_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "jobs", {})
    schedule.every(minutes=60)(toy_tasks.tick)


def test_slots_of_a_day_follow_the_local_clock() -> None:
    job = schedule.Job(toy_tasks.tick, datetime(2027, 1, 1, 3, 20).time())
    summer = datetime(2027, 7, 1, 2, 19, tzinfo=UTC)  # 03:19 in London
    assert job.slot(summer) == datetime(2027, 6, 30, 2, 20, tzinfo=UTC)
    assert job.slot(summer + timedelta(minutes=1)) == datetime(2027, 7, 1, 2, 20, tzinfo=UTC)
    winter = datetime(2027, 1, 1, 3, 20, tzinfo=UTC)
    assert job.slot(winter) == winter


def test_slots_of_an_hour_are_counted_from_its_start() -> None:
    job = schedule.Job(toy_tasks.tick, minutes=5)
    noon = datetime(2027, 1, 1, 12, 0, tzinfo=UTC)
    assert job.slot(noon + timedelta(minutes=4, seconds=59)) == noon
    assert job.slot(noon + timedelta(minutes=5)) == noon + timedelta(minutes=5)
    assert job.slot(noon + timedelta(minutes=59)) == noon + timedelta(minutes=55)
    with pytest.raises(ValueError, match="divide an hour"):
        schedule.every(minutes=7)


@pytest.mark.django_db
@pytest.mark.usefixtures("_only_tick")
def test_a_slot_is_queued_once_and_the_next_again() -> None:
    with time_machine.travel(datetime(2027, 1, 1, 10, 5, tzinfo=UTC), tick=False) as clock:
        assert schedule.queue_due_jobs() == 1
        assert schedule.queue_due_jobs() == 0
        clock.shift(timedelta(minutes=54))
        assert schedule.queue_due_jobs() == 0
        clock.shift(timedelta(minutes=1))
        assert schedule.queue_due_jobs() == 1
        clock.shift(timedelta(hours=9))  # what was missed is made up for once, not nine times
        assert schedule.queue_due_jobs() == 1
    assert DBTaskResult.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_only_tick")
def test_many_processes_queue_a_slot_once() -> None:
    assert sum(in_threads(8, schedule.queue_due_jobs)) == 1
    assert ScheduleSlot.objects.count() == 1
    assert DBTaskResult.objects.count() == 1


def test_a_job_is_scheduled_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        schedule.daily(at="01:00")(schedule.daily(at="02:00")(toy_tasks.note))
    schedule.jobs.pop("tests.core.toy_tasks.note")


# --- real processes ---------------------------------------------------------------------------
Start = Callable[[], ForkProcess]


@pytest.fixture
def workers() -> Iterator[Start]:
    """Start workers as processes of their own on this test's database; none outlives it."""
    started: list[ForkProcess] = []

    def start() -> ForkProcess:
        connection.close()  # a connection must not be shared across a fork
        options = {"worker_id": uuid.uuid4().hex, "interval": 0.02, "batch": False}
        process = get_context("fork").Process(target=worker.work, kwargs=options, daemon=True)
        process.start()
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.join()


def eventually(what: Callable[[], Any], seconds: float = 90) -> Any:
    """Ask until there is an answer, for at most `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := what():
            return answer
        threading.Event().wait(0.02)
    raise AssertionError("It did not come to pass")


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_task_is_done_by_another(tmp_path: Path, workers: Start) -> None:
    toy_tasks.hangs_once.enqueue(str(tmp_path), "effect")
    first = workers()
    eventually((tmp_path / "begun").exists)
    first.kill()
    first.join()
    result = DBTaskResult.objects.get(task_path="tests.core.toy_tasks.hangs_once")
    assert result.status == RUNNING

    workers()
    eventually(lambda: DBTaskResult.objects.filter(pk=result.pk, status=DONE).exists())

    assert toy_tasks.marks() == ["effect"]
    assert len(DBTaskResult.objects.get(pk=result.pk).worker_ids) == 2


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_finishes_its_task(tmp_path: Path, workers: Start) -> None:
    go = tmp_path / "go"
    toy_tasks.waits_for.enqueue(str(go))
    toy_tasks.note.using(priority=-100).enqueue("left for the next")
    process = workers()
    eventually((tmp_path / "go.begun").exists)
    process.terminate()
    go.touch()
    process.join(timeout=90)
    assert process.exitcode == 0
    assert toy_tasks.marks() == ["finished"]
    assert not WorkerBeat.objects.exists()
    left = DBTaskResult.objects.get(task_path="tests.core.toy_tasks.note")
    assert left.status == READY


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_only_tick")
def test_two_workers_run_a_scheduled_job_once(workers: Start) -> None:
    workers()
    workers()
    eventually(lambda: WorkerBeat.objects.count() == 2)
    eventually(lambda: DBTaskResult.objects.successful().exists())
    eventually(lambda: not DBTaskResult.objects.exclude(status=DONE).exists())
    assert toy_tasks.marks() == ["tick"]
    assert ScheduleSlot.objects.count() == 1


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_the_command_works_and_stops() -> None:
    """`manage.py worker` as the process manager runs it, once through what every room does."""
    environment = os.environ | {"DATABASE_URL": database_url()}
    command = [sys.executable, "manage.py", "worker", "--batch"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=180)
    assert DBTaskResult.objects.filter(task_path="benchside.core.tasks.forget_old_tasks").exists()
    assert not DBTaskResult.objects.exclude(status=DONE).exists()
    assert not WorkerBeat.objects.exists()


def database_url() -> str:
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    host = own["OPTIONS"].get("host") or own["HOST"]
    return f"postgresql://{own['USER']}@/{own['NAME']}?host={host}"
