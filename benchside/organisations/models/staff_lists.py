"""A staff list on its way in: what it would change, how it was read, who counts as a technician.

Only technicians are ever written down. Everybody else of a file is dropped when the difference is
made, before the first row of it is stored; of a date of birth nothing is stored at all.
"""

import secrets
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.organisations.enums import UNDO_DAYS, StaffRunState, TechnicianVerdict
from benchside.organisations.models.organisations import Organisation
from benchside.organisations.models.posts import Employment


def new_secret() -> str:
    return secrets.token_hex(32)


class StaffListSettings(models.Model):
    """One row an organisation, from its first list on.

    `secret` keys the digests of people without a number or an address. `version` counts every
    change of the list: a difference made against an older one is stale.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="staff_list_settings"
    )
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Staff list of organisation {self.organisation_id}"


class ColumnMapping(models.Model):
    """Which column is which, under a header seen before: fields by column, "" for one left out."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="column_mappings"
    )
    fingerprint = models.CharField(max_length=32)
    columns = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "fingerprint"], name="organisations_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return self.fingerprint


class TechnicianDefinition(models.Model):
    """One version of who counts as a technician. The newest holds; older ones stay, unchanged.

    `rules` is what `staff_list.Definition.as_json` writes.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="technician_definitions"
    )
    version = models.PositiveIntegerField()
    rules = models.JSONField()
    note = models.TextField(max_length=1000, blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["organisation", "-version"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "version"], name="organisations_definition_version"
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"


class TitleDecision(models.Model):
    """What an organisation decided about a job title. `plain` is how titles are compared."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="title_decisions"
    )
    plain = models.CharField(max_length=200)
    spelling = models.CharField(max_length=160)
    verdict = models.CharField(max_length=12, choices=TechnicianVerdict)
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["plain"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "plain"], name="organisations_title_decided_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.spelling}: {self.verdict}"


class OwnWord(models.Model):
    """What somebody said of themselves. `mark` is a keyed digest of how lists know them."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="own_words"
    )
    mark = models.CharField(max_length=32)
    is_technician = models.BooleanField()
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "mark"], name="organisations_own_word_once"
            )
        ]

    def __str__(self) -> str:
        return "A technician" if self.is_technician else "No technician"


class StaffRun(models.Model):
    """One file brought in, and what it would change. The file itself is not kept.

    `version` is that of the list it was compared with. `new_units` are units made for it, closed
    until it is applied.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="staff_runs"
    )
    state = models.CharField(
        max_length=12, choices=StaffRunState, default=StaffRunState.STAGING, editable=False
    )
    filename = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64)
    as_of = models.DateField()
    by = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    definition = models.ForeignKey(
        TechnicianDefinition, on_delete=models.SET_NULL, null=True, related_name="runs"
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    waiting = models.JSONField("titles that wait for a decision", default=list)
    warnings = models.JSONField(default=list)
    new_units = models.JSONField(default=list)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state=StaffRunState.APPLYING),
                name="organisations_staff_run_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[StaffRunState.APPLIED, StaffRunState.UNDONE],
                    applied_at__isnull=False,
                )
                | ~Q(state__in=[StaffRunState.APPLIED, StaffRunState.UNDONE])
                & Q(applied_at__isnull=True),
                name="organisations_staff_run_applied_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def undo_until(self) -> date | None:
        return self.applied_at and timezone.localdate(self.applied_at + timedelta(days=UNDO_DAYS))


class StagedPerson(models.Model):
    """One person's part of a difference, waiting for its yes, then for a regret.

    `before` and `after` are people as `staff_list.stored` writes them. `old` is what applying
    wrote over, by table and id.
    """

    run = models.ForeignKey(StaffRun, on_delete=models.CASCADE, related_name="staged")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    fields = models.JSONField(default=list)
    why = models.CharField(max_length=300, blank=True)
    employment = models.ForeignKey(
        Employment, on_delete=models.SET_NULL, null=True, related_name="staged"
    )
    old = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["run", "place"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "place"], name="organisations_staged_place")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class StaffSnapshot(models.Model):
    """How many there were on a census date: sums only, nobody's row.

    `counts` is people by value for each thing that is counted, exact; `joined` and `left` are
    since the snapshot before. `shown` is what readers see of it (`core.releases.Release`), written
    once and never again; None where the one shown before still stands. One a day: a later one of
    the same day takes its place, unless it is shown already.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="staff_snapshots"
    )
    day = models.DateField()
    definition = models.ForeignKey(
        TechnicianDefinition, on_delete=models.SET_NULL, null=True, related_name="snapshots"
    )
    people = models.PositiveIntegerField()
    fte = models.DecimalField(max_digits=9, decimal_places=4)
    counts = models.JSONField()
    joined = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    shown = models.JSONField(null=True, editable=False)
    taken_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["organisation", "-day"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "day"], name="organisations_snapshot_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.day}"
