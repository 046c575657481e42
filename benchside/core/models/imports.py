"""What was brought in from files: each run as a difference, and what a file last said."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class RunState(models.TextChoices):
    PREVIEWED = "previewed", "Waiting for a decision"
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"
    DISCARDED = "discarded", "Discarded"


class ImportRun(models.Model):
    """One file read by one importer: what it would change, and what became of it.

    `difference` is a list of changes as `imports.Change.as_json` writes them, `problems` one of
    `imports.Problem`, `counts` how many of each kind. The values before, in the difference,
    tell at applying and undoing whether a record was edited in between.
    """

    importer = models.CharField(max_length=80, db_index=True)
    scope = models.CharField(max_length=80, blank=True, help_text="Whose records: an id.")
    filename = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    state = models.CharField(max_length=12, choices=RunState, default=RunState.PREVIEWED)
    difference = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    by = models.UUIDField(null=True, blank=True, help_text="Opaque id of who brought it.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="core_import_run_state_has_times",
                condition=models.Q(
                    state__in=[RunState.PREVIEWED, RunState.DISCARDED],
                    applied_at__isnull=True,
                    undone_at__isnull=True,
                )
                | models.Q(state=RunState.APPLIED, applied_at__isnull=False, undone_at__isnull=True)
                | models.Q(
                    state=RunState.UNDONE, applied_at__isnull=False, undone_at__isnull=False
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.importer} {self.filename}"

    @property
    def is_appliable(self) -> bool:
        return self.state == RunState.PREVIEWED and not self.problems

    def count(self, kind: str) -> int:
        return int(self.counts.get(kind, 0))

    def changes(self, kind: str) -> list[dict[str, Any]]:
        return [change for change in self.difference if change["kind"] == kind]


class ImportedValue(models.Model):
    """What a file last said of one record: tells an editor's change from a new file's."""

    importer = models.CharField(max_length=80)
    scope = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=200)
    values = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["importer", "scope", "key"], name="core_imported_value_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.importer} {self.key}"
