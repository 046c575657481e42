"""Long work on the record: who watches which task, which worker lives, which slot has run."""

import uuid
from typing import Any, ClassVar

from django.core.cache import cache
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

COUNT_SECONDS = 24 * 60 * 60


class TaskProgress(models.Model):
    """A queued task with somebody watching, or with a key that keeps it from being queued twice.

    The state is the task's own and is not kept twice. How far it has come stands in the cache:
    a count written inside the transaction it counts would be seen only when all is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result = models.OneToOneField(DBTaskResult, on_delete=models.CASCADE, related_name="progress")
    key = models.CharField(max_length=150, null=True, blank=True, unique=True)
    title = models.CharField(max_length=120, blank=True)
    owner = models.UUIDField(null=True, blank=True, help_text="Opaque id of who may watch.")
    then = models.CharField(max_length=300, blank=True, help_text="Where to go when it is done.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "task progress"

    def __str__(self) -> str:
        return self.title or str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("core:progress", args=[self.pk])

    @property
    def state(self) -> str:
        """waiting, retrying, running, done or failed."""
        status = TaskResultStatus(self.result.status)
        if status == TaskResultStatus.READY and self.result.worker_ids:
            return "retrying"
        return {
            TaskResultStatus.READY: "waiting",
            TaskResultStatus.RUNNING: "running",
            TaskResultStatus.SUCCESSFUL: "done",
            TaskResultStatus.FAILED: "failed",
        }[status]

    @property
    def is_over(self) -> bool:
        return self.state in {"done", "failed"}

    @property
    def count(self) -> dict[str, Any]:
        """done, total (0 when not known) and message, as last reported."""
        return read_count(str(self.result_id))

    @property
    def percent(self) -> int:
        count = self.count
        if self.state == "done":
            return 100
        return min(100, 100 * count["done"] // count["total"]) if count["total"] else 0


def read_count(result_id: str) -> dict[str, Any]:
    return cache.get(f"task-{result_id}") or {"done": 0, "total": 0, "message": ""}


def write_count(result_id: str, done: int, total: int, message: str) -> None:
    value = {"done": done, "total": total, "message": message}
    cache.set(f"task-{result_id}", value, COUNT_SECONDS)


class WorkerBeat(models.Model):
    """A worker process and when it last said it lives."""

    worker_id = models.CharField(primary_key=True, max_length=64)
    host = models.CharField(max_length=200)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["started_at"]

    def __str__(self) -> str:
        return f"{self.worker_id} on {self.host}"


class ScheduleSlot(models.Model):
    """One turn of a scheduled job. Who inserts the row queues the job; nobody else can."""

    job = models.CharField(max_length=200)
    slot = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "slot"], name="core_schedule_slot_once")
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.slot:%Y-%m-%d %H:%M}"
