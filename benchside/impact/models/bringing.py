"""Plans brought in from files: the file while it is worked on, what it said, what is remembered."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from benchside.core.models import ImportRun
from benchside.impact.enums import FileState
from benchside.impact.models.plans import Action, Plan
from benchside.organisations.models import Organisation


class PlanFile(models.Model):
    """A file on its way into a plan: its tables as text, and what a person said of them.

    `answers` say which column is which and what words mean; `settled` what single rows are, by
    the row's place. The tables go when nothing can be undone any more.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="files")
    filename = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64)
    tables = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    settled = models.JSONField(default=dict)
    state = models.CharField(
        max_length=8, choices=FileState, default=FileState.OPEN, editable=False
    )
    runs = models.ManyToManyField(ImportRun, related_name="+", blank=True)
    by = models.UUIDField(null=True, editable=False)
    brought_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-brought_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.filename

    @property
    def organisation_id(self) -> int:
        """Whose it is: what the rules of organisations ask for."""
        return self.plan.organisation_id


class BroughtRow(models.Model):
    """Which row of files an action came from: so that the next file finds it again.

    `ref` is the file's own code and `title` its words, both as files have them, whatever the
    action is called by now.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="brought_rows")
    key = models.CharField(max_length=40)
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="brought")
    ref = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "key"], name="impact_broughtrow_one_a_key")
        ]

    def __str__(self) -> str:
        return self.key


class PlanReading(models.Model):
    """What an organisation answered about its own files, so that it is asked once.

    `columns` are fields by heading under the fingerprint of a table's headings; `words` what RAG
    letters, days and areas mean; `owners` which member a name is, by their number.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="plan_reading"
    )
    columns = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    owners = models.JSONField(default=dict)
    years_begin = models.PositiveSmallIntegerField(default=8)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"How {self.organisation} writes plans"
