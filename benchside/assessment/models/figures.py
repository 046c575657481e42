"""Figures of the house that a statement cites, as they stood on a day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.assessment.models.submissions import Submission


class Figure(models.Model):
    """One measure cited for a criterion: value, denominator and day, refreshed only when somebody
    asks; `own_value` overrules it, with a reason."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="figures")
    criterion = models.CharField(max_length=40)
    measure = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    value = models.FloatField(null=True)
    people = models.PositiveIntegerField(null=True)
    observed_on = models.DateField(null=True)
    own_value = models.FloatField(null=True, blank=True)
    own_reason = models.CharField(max_length=300, blank=True)
    own_by = models.UUIDField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "criterion", "measure"], name="assessment_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(own_value__isnull=True) | ~Q(own_reason=""),
                name="assessment_figure_overruled_why",
            ),
        ]

    def __str__(self) -> str:
        return self.measure
