"""That a submission renews an award, and which reminders of its end were sent."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from benchside.assessment.models.awards import Award
from benchside.assessment.models.submissions import Submission


class Renewal(models.Model):
    """A submission made to renew an award: approved, it gives the award a new period and its
    number stays."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="renewal")
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="renewals")

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Renewal {self.pk}"


class AwardReminder(models.Model):
    """One letter before the end of a period, so many days ahead: each is sent once."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="reminders")
    period_end = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["award", "period_end", "days"], name="assessment_award_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.days} days before {self.period_end}"
