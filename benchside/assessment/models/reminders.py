"""What was sent so that nothing is forgotten: each reminder goes out once."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from benchside.assessment.models.submissions import Submission


class Reminder(models.Model):
    """That a reminder went out. `about` says which: "draft-2027-01", "request-12-before"."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="reminders")
    about = models.CharField(max_length=80)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "about"], name="assessment_reminder_once")
        ]

    def __str__(self) -> str:
        return self.about
