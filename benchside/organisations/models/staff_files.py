"""The file a staff list comes in, while somebody works on it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from benchside.core.models import TaskProgress
from benchside.core.storage import MediaStorage
from benchside.organisations.models.organisations import Organisation
from benchside.organisations.models.staff_lists import StaffRun


def place_of(_file: "StaffFile", _filename: str) -> str:
    """A private name that tells nothing, and has no address (see `core.storage`)."""
    return f"staff-lists/{uuid.uuid4().hex}.bin"


class StaffFileQuerySet(models.QuerySet["StaffFile"]):
    def open(self) -> "StaffFileQuerySet":
        """Those that have not led to a difference yet."""
        return self.filter(run__isnull=True)


class StaffFile(models.Model):
    """A file on its way to a difference. It holds everybody the HR system knows, so it goes as soon
    as the list is applied or left, and after a week at the latest.

    `answers` say how each sheet is read, as `staff.columns` writes them. `run` is the difference
    made of it; `problem` says why there is none.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="staff_files"
    )
    file = models.FileField(storage=MediaStorage(), upload_to=place_of, max_length=80)
    filename = models.CharField(max_length=200)
    as_of = models.DateField()
    answers = models.JSONField(default=dict)
    problem = models.CharField(max_length=400, blank=True)
    by = models.UUIDField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    run = models.OneToOneField(
        StaffRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="upload"
    )
    watched = models.ForeignKey(
        TaskProgress, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = StaffFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.filename

    @property
    def is_being_read(self) -> bool:
        return self.watched is not None and not self.watched.is_over
