"""What was decided, by two people, and what may be said against it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.assessment.enums import AppealState, DecisionOutcome
from benchside.assessment.models.submissions import Submission


class Decision(models.Model):
    """Recommended by one person, ratified by another. A later one, after an appeal, stands beside
    the first."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=DecisionOutcome)
    level = models.CharField(max_length=40, blank=True)
    reasons = models.TextField(max_length=6000)
    conditions = models.TextField(max_length=4000, blank=True)
    conditions_by = models.DateField(null=True, blank=True)
    conditions_met_at = models.DateTimeField(null=True, editable=False)
    conditions_unmet_at = models.DateTimeField(null=True, editable=False)
    minute = models.CharField("minute reference", max_length=60, blank=True)
    recommended_at = models.DateTimeField(default=timezone.now, editable=False)
    recommended_by = models.UUIDField(editable=False)
    ratified_at = models.DateTimeField(null=True, editable=False)
    ratified_by = models.UUIDField(null=True, editable=False)
    overturned_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-recommended_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ratified_by__isnull=True) | ~Q(ratified_by=F("recommended_by")),
                name="assessment_decision_two_people",
            ),
            models.CheckConstraint(
                condition=Q(ratified_at__isnull=True, ratified_by__isnull=True)
                | Q(ratified_at__isnull=False, ratified_by__isnull=False),
                name="assessment_decision_ratified_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=DecisionOutcome.CONDITIONS) | ~Q(conditions=""),
                name="assessment_decision_says_conditions",
            ),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(overturned_at__isnull=True),
                name="assessment_decision_one_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.pk}"


class Appeal(models.Model):
    """Against a decision, on stated grounds, within the standard's days; heard by people who have
    had no hand in it."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="appeals")
    grounds = models.TextField(max_length=6000)
    state = models.CharField(
        max_length=10, choices=AppealState, default=AppealState.OPEN, editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.UUIDField(null=True, editable=False)
    answer = models.TextField(max_length=6000, blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision"], name="assessment_appeal_one_a_decision")
        ]

    def __str__(self) -> str:
        return f"Appeal {self.pk}"
