"""Lists of entries that another system kept, on their way in; fees an employer is asked to pay."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.core.models import ImportRun, RunState, TaskProgress
from benchside.core.storage import MediaStorage
from benchside.organisations.models import Organisation
from benchside.recognition.models.register_applications import Fee
from benchside.recognition.models.registers import Register


def place_of(_list: "BroughtList", _filename: str) -> str:
    """A private name that tells nothing, and has no address (see `core.storage`)."""
    return f"registers/{uuid.uuid4().hex}.bin"


class BroughtList(models.Model):
    """One file of entries. The file goes as soon as it is brought in or left, and after a week at
    the latest; what it would change stands in `run`.

    `answers` say how each sheet is read. `numbers` are those it would add; `groups` those that
    may be one person, and what was said of it; `emails` addresses by number, until they are with
    the people; `notes` what else a registrar should know.
    """

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="lists")
    file = models.FileField(storage=MediaStorage(), upload_to=place_of, max_length=80, blank=True)
    filename = models.CharField(max_length=200)
    answers = models.JSONField(default=dict)
    numbers = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    emails = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    problem = models.CharField(max_length=400, blank=True)
    by = models.UUIDField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    run = models.OneToOneField(
        ImportRun, on_delete=models.SET_NULL, null=True, related_name="brought_list"
    )
    watched = models.ForeignKey(
        TaskProgress, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.filename

    @property
    def is_being_read(self) -> bool:
        return self.watched is not None and not self.watched.is_over

    @property
    def is_open(self) -> bool:
        """Compared, and neither brought in nor left."""
        return self.run is not None and self.run.state == RunState.PREVIEWED

    @property
    def needs_better_file(self) -> bool:
        """Nothing of it can be brought in: a row is wrong, or there is none to add."""
        if self.run is None or not self.is_open:
            return False
        return bool(self.run.problems) or not self.run.count("added")

    @property
    def stands(self) -> str:
        """What became of it so far, in words."""
        if self.run is None:
            return "Columns to be said"
        return "Waits for a better file" if self.needs_better_file else self.run.get_state_display()


class ListColumns(models.Model):
    """Which column is which, as somebody confirmed it for headings like these."""

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="list_columns")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "fingerprint"], name="recognition_columns_once"
            )
        ]

    def __str__(self) -> str:
        return f"Columns {self.pk}"


class FeeSupport(models.Model):
    """That somebody asked their employer to pay a fee, and what the employer said. Another is asked
    only once it said no, or whoever asked took it back."""

    fee = models.ForeignKey(Fee, on_delete=models.CASCADE, related_name="asks")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="fee_support"
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    is_paid_by_them = models.BooleanField("the employer pays", null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.UUIDField(null=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fee"],
                condition=Q(taken_back_at__isnull=True)
                & (Q(is_paid_by_them__isnull=True) | Q(is_paid_by_them=True)),
                name="recognition_fee_support_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(answered_at__isnull=True),
                name="recognition_fee_support_answered_or_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(is_paid_by_them__isnull=True, answered_at__isnull=True)
                | Q(is_paid_by_them__isnull=False, answered_at__isnull=False),
                name="recognition_fee_support_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Fee support {self.pk}"

    @property
    def waits(self) -> bool:
        """Nobody answered, and it was not taken back."""
        return self.answered_at is None and self.taken_back_at is None

    @property
    def is_open(self) -> bool:
        """Whether it keeps somebody from asking another: it waits, or they pay."""
        return self.waits or self.is_paid_by_them is True
