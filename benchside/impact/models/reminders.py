"""What was sent to whoever leads a charter, so that nothing is sent twice."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.impact.models.charters import Cycle

BY_HAND = "by-hand"


class CycleReminder(models.Model):
    """One reminder of a stage for the day it was due then. By the clock each `key` goes out once
    for a due day; an officer may remind by hand as often as wanted, `sent_by` says who."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=20)
    due_on = models.DateField()
    people = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-sent_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "key", "due_on"],
                condition=~Q(key=BY_HAND),
                name="impact_cyclereminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.due_on}"
