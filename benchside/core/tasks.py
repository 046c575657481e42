"""Work outside the request: queued with the transaction, retried, counted, scheduled.

A task takes ids and plain values, never instances, and may run twice without harm: a worker
that is killed leaves its task to the next one.

    @task(attempts=5)
    def send_letter(letter_id: int) -> None: ...

    send_letter.enqueue(letter.pk)

The queue is a table of the same database, so a task is queued when its transaction commits
and never when it rolls back.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import Task

from benchside.core.models.tasks import ScheduleSlot, TaskProgress, write_count
from benchside.core.schedule import daily

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")

LONGEST_WAIT = 60 * 60
REPORT_EVERY = 0.3
KEEP_DAYS = 30


class GiveUp(Exception):  # noqa: N818 - it is an order to the worker
    """Raised in a task when trying again cannot help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryingTask(Task[P, T]):
    """A task that is tried `attempts` times, `wait` seconds apart, doubling up to an hour."""

    attempts: int = 1
    wait: float = 30

    def next_try(self, tried: int) -> datetime:
        """When to try again after `tried` attempts; spread out, so that many do not collide."""
        seconds = min(self.wait * 2 ** (tried - 1), LONGEST_WAIT)
        spread = 1 + random.random() / 4  # noqa: S311
        return timezone.now() + timedelta(seconds=seconds * spread)


def task(
    *, attempts: int = 1, wait: float = 30, priority: int = 0
) -> Callable[[Callable[P, T]], RetryingTask[P, T]]:
    """Make a module's function a task. Call it directly, with `.func`, to run it here and now."""

    def wrapped(function: Callable[P, T]) -> RetryingTask[P, T]:
        return RetryingTask(func=function, attempts=attempts, wait=wait, priority=priority)

    return wrapped


# --- queueing -----------------------------------------------------------------------------
def enqueue_watched(
    work: Task[P, T],
    *args: Any,
    title: str = "",
    owner: UUID | None = None,
    key: str | None = None,
    then: str = "",
    **options: Any,
) -> TaskProgress:
    """Queue a task that `owner` may watch, at most once for a `key`.

    With a key that was used already (and has not failed), the earlier task's progress is
    returned and nothing is queued. Keys are forgotten with the results, after a month.
    """
    try:
        with transaction.atomic():
            if earlier := _earlier(key):
                return earlier
            result = work.enqueue(*args, **options)
            return TaskProgress.objects.create(
                result_id=result.id, key=key, title=title, owner=owner, then=then
            )
    except IntegrityError:  # another process was first with this key
        return TaskProgress.objects.select_related("result").get(key=key)


def _earlier(key: str | None) -> TaskProgress | None:
    if key is None:
        return None
    earlier = TaskProgress.objects.select_related("result").filter(key=key).first()
    if earlier and earlier.result.status == TaskResultStatus.FAILED:
        earlier.delete()
        return None
    return earlier


# --- inside a task ------------------------------------------------------------------------
@dataclass
class _Running:
    result_id: str
    reported_at: float = field(default=0)


_running: ContextVar[_Running | None] = ContextVar("running_task", default=None)


@contextmanager
def running(result_id: str) -> Iterator[None]:
    """What the worker wraps around a task, so that `report` knows whose count it is."""
    token = _running.set(_Running(result_id))
    try:
        yield
    finally:
        _running.reset(token)


def report(done: int, total: int = 0, message: str = "") -> None:
    """Say how far the running task has come. Cheap to call for every row; outside a task, no-op."""
    current = _running.get()
    now = time.monotonic()
    if current is None or (done != total and now - current.reported_at < REPORT_EVERY):
        return
    current.reported_at = now
    write_count(current.result_id, done, total, message)


def each(items: Sequence[Item], message: str = "") -> Iterator[Item]:
    """Go through `items` and report every step."""
    for number, item in enumerate(items):
        report(number, len(items), message)
        yield item
    report(len(items), len(items), message)


# --- what core itself does by the clock -----------------------------------------------------
@daily(at="03:20")
@task(attempts=3)
def forget_old_tasks() -> None:
    """Results and slots nobody asks for any more."""
    call_command("prune_db_task_results", min_age_days=KEEP_DAYS, verbosity=0)
    old = timezone.now() - timedelta(days=KEEP_DAYS)
    ScheduleSlot.objects.filter(slot__lt=old).delete()
