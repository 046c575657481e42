"""What a charter's officers say of all its public plans, year by year."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.impact.models.charters import Charter


class AnalysisReport(models.Model):
    """A report on all public plans of a charter. `figures` are those of the day it was published:
    what was said of them stays true of them."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="reports")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    intro = models.TextField("in the beginning", max_length=4000, blank=True)
    closing = models.TextField("at the end", max_length=4000, blank=True)
    figures = models.JSONField(default=dict, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["charter", "-year"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["charter", "year"], name="impact_analysisreport_one_a_year"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(figures={}),
                name="impact_analysisreport_public_has_figures",
            ),
        ]

    def __str__(self) -> str:
        return self.title
