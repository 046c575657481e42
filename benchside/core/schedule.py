"""Jobs by the clock: rooms name them, any number of workers may look, each slot runs once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from benchside.core.models.tasks import ScheduleSlot

AnyTask = TypeVar("AnyTask", bound=Task)


@dataclass(frozen=True)
class Job:
    """A task and its clock: every so many minutes of an hour, or a time of the local day."""

    task: Task
    at: time | None = None
    minutes: int = 60

    @property
    def name(self) -> str:
        return self.task.module_path

    def slot(self, now: datetime) -> datetime:
        """The latest moment not after `now` at which the job was due (UTC)."""
        if self.at is None:
            whole = now.astimezone(UTC).replace(second=0, microsecond=0)
            return whole - timedelta(minutes=whole.minute % self.minutes)
        local = timezone.localtime(now)
        day = local.date() if local.time() >= self.at else local.date() - timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, self.at)).astimezone(UTC)


jobs: dict[str, Job] = {}


def _register(job: Job) -> None:
    if job.name in jobs:
        raise ValueError(f"{job.name} is scheduled twice")
    jobs[job.name] = job


def every(*, minutes: int) -> Callable[[AnyTask], AnyTask]:
    """Decorate a task without arguments: queue it so often, counted from the full hour.

    Raises ValueError for a number of minutes that does not divide an hour.
    """
    if minutes < 1 or 60 % minutes:
        raise ValueError(f"{minutes} minutes do not divide an hour")

    def decorate(task: AnyTask) -> AnyTask:
        _register(Job(task, minutes=minutes))
        return task

    return decorate


def daily(*, at: str) -> Callable[[AnyTask], AnyTask]:
    """Decorate a task without arguments: queue it once a day at `at` ("03:20", local time).

    A slot missed while no worker ran is made up for once, when one runs again.
    """

    def decorate(task: AnyTask) -> AnyTask:
        _register(Job(task, time.fromisoformat(at)))
        return task

    return decorate


def queue_due_jobs(now: datetime | None = None) -> int:
    """Queue every job whose latest slot has not been taken; returns how many."""
    now = now or timezone.now()
    since = now - timedelta(days=2)
    taken = set(ScheduleSlot.objects.filter(slot__gte=since).values_list("job", "slot"))
    due = [job for job in jobs.values() if (job.name, job.slot(now)) not in taken]
    return sum(_queue(job, job.slot(now)) for job in due)


def _queue(job: Job, slot: datetime) -> bool:
    with transaction.atomic():
        _, is_ours = ScheduleSlot.objects.get_or_create(job=job.name, slot=slot)
        if is_ours:
            job.task.enqueue()
    return is_ours
