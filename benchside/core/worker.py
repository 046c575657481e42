"""The worker process: runs tasks, retries them, keeps the clock, takes over from the dead."""

import logging
import os
import socket
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from benchside.core.models.tasks import WorkerBeat
from benchside.core.schedule import queue_due_jobs
from benchside.core.tasks import GiveUp, RetryingTask, running

logger = logging.getLogger(__name__)

BEAT_SECONDS = 5
LEASE = timedelta(minutes=1)  # silence that means death, on another host
SILENCE = timedelta(minutes=15)  # ... on this one, where the process id may be somebody else's
STRANGER = timedelta(hours=1)  # how long a task has whose worker left no trace
TRIES_AFTER_LOSS = 3  # a task that kills its worker must not kill every worker for ever
INTERRUPTED = {"builtins.SystemExit", "builtins.KeyboardInterrupt"}


class WorkerLost(Exception):  # noqa: N818 - the name shown with the failed task
    """The worker of this task was killed, and so were those that tried it again."""


class Worker(db_worker.Worker):
    """The library's worker, which neither retries nor counts."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        with running(str(db_task_result.pk)):
            super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            retry(db_task_result)


# --- after a failure --------------------------------------------------------------------------
def retry(result: DBTaskResult) -> bool:
    """Queue a failed task again if its rules allow; returns whether it was."""
    tried, when = len(result.worker_ids), timezone.now()
    if result.exception_class_path in INTERRUPTED:  # stopped from outside: no fault of the task
        if tried >= TRIES_AFTER_LOSS:
            return False
    else:
        rules = _rules(result)
        if rules is None or tried >= rules.attempts or _is_hopeless(result):
            return False
        when = rules.next_try(tried)
    return _queue_again(result, TaskResultStatus.FAILED, when)


def _queue_again(result: DBTaskResult, was: TaskResultStatus, when: datetime) -> bool:
    """Compare and swap: of several processes that try, one succeeds."""
    mine = DBTaskResult.objects.filter(pk=result.pk, status=was, started_at=result.started_at)
    return bool(mine.update(status=TaskResultStatus.READY, run_after=when, finished_at=None))


def _rules(result: DBTaskResult) -> RetryingTask | None:
    """The task's own rules; None for a library's task, or one gone from the code."""
    try:
        found = import_string(result.task_path)
    except ImportError:
        return None
    return found if isinstance(found, RetryingTask) else None


def _is_hopeless(result: DBTaskResult) -> bool:
    try:
        return issubclass(import_string(result.exception_class_path), GiveUp)
    except (ImportError, TypeError):
        return False


# --- the dead -----------------------------------------------------------------------------------
def here() -> str:
    """This host and its process numbering: a process id means something only in it."""
    try:
        return f"{socket.gethostname()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return socket.gethostname()


def is_dead(beat: WorkerBeat) -> bool:
    """On this host the process is looked for; elsewhere a silence of LEASE decides.

    A process that is there may be silent for long: a long transaction on SQLite keeps its own
    beat from being written.
    """
    silent_since = timezone.now() - (SILENCE if beat.host == here() else LEASE)
    if beat.beat_at < silent_since:
        return True
    return beat.host == here() and not _exists(beat.pid)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def reap() -> int:
    """Queue again, or fail for good, the tasks of dead workers; returns how many.

    Tasks are read before beats: whoever had claimed one of them was on record by then.
    """
    abandoned = list(DBTaskResult.objects.running())
    beats = {beat.worker_id: beat for beat in WorkerBeat.objects.all()}
    reaped = sum(take_over(task) for task in abandoned if _is_abandoned(task, beats))
    running_still = {task.worker_ids[-1] for task in DBTaskResult.objects.running()}
    dead = {key for key, beat in beats.items() if is_dead(beat)}
    WorkerBeat.objects.filter(pk__in=dead - running_still).delete()
    return reaped


def _is_abandoned(result: DBTaskResult, beats: dict[str, WorkerBeat]) -> bool:
    beat = beats.get(result.worker_ids[-1])
    if beat is None:
        return bool(result.started_at and result.started_at < timezone.now() - STRANGER)
    return is_dead(beat)


def take_over(result: DBTaskResult) -> bool:
    rules = _rules(result)
    allowed = max(TRIES_AFTER_LOSS, rules.attempts if rules else 1)
    if len(result.worker_ids) < allowed:
        logger.warning("Task %s lost its worker and is queued again", result.pk)
        return _queue_again(result, TaskResultStatus.RUNNING, timezone.now())
    mine = DBTaskResult.objects.filter(
        pk=result.pk, status=TaskResultStatus.RUNNING, started_at=result.started_at
    )
    logger.error("Task %s lost %s workers and is given up", result.pk, allowed)
    return bool(
        mine.update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            exception_class_path=f"{WorkerLost.__module__}.{WorkerLost.__qualname__}",
            traceback=str(WorkerLost.__doc__),
        )
    )


# --- what goes on beside the tasks ------------------------------------------------------------
class Keeper(threading.Thread):
    """Says that the worker lives, keeps the clock and looks for the dead, while a task runs."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="keeper", daemon=True)
        self.worker_id = worker_id
        self.stopping = threading.Event()

    def enlist(self) -> None:
        """Go on record before the first task is claimed.

        Whoever else is on record under this host and process id is dead: the id is ours now.
        """
        mine = {"host": here(), "pid": os.getpid()}
        long_ago = timezone.now() - 2 * STRANGER
        WorkerBeat.objects.filter(**mine).update(host="gone", beat_at=long_ago)
        WorkerBeat.objects.create(worker_id=self.worker_id, **mine)

    def turn(self) -> None:
        WorkerBeat.objects.filter(pk=self.worker_id).update(beat_at=timezone.now())
        reap()
        queue_due_jobs()

    def run(self) -> None:
        try:
            while not self.stopping.wait(BEAT_SECONDS):
                close_old_connections()
                try:
                    self.turn()
                except DatabaseError as error:  # another writer took too long: next turn
                    logger.warning("The keeper of %s missed a turn: %s", self.worker_id, error)
        finally:
            connection.close()

    def dismiss(self) -> None:
        """Leave the record; a task claimed and not begun goes back to the queue."""
        self.stopping.set()
        if self.is_alive():
            self.join(timeout=30)
        for result in DBTaskResult.objects.running():
            if result.worker_ids[-1] == self.worker_id:
                _queue_again(result, TaskResultStatus.RUNNING, timezone.now())
        WorkerBeat.objects.filter(pk=self.worker_id).delete()


def work(*, worker_id: str, interval: float, batch: bool, max_tasks: int | None = None) -> None:
    """Work until SIGTERM or SIGINT, which lets the running task finish; with `batch`, until
    the queue is empty."""
    worker = Worker(
        worker_id=worker_id,
        queue_names=["*"],
        excluded_queue_names=[],
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=max_tasks,
    )
    keeper = Keeper(worker_id)
    keeper.enlist()
    worker.configure_signals()
    try:
        keeper.turn()
        keeper.start()
        worker.run()
    finally:
        keeper.dismiss()
