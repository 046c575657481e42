"""What was done, by whom, to what: written once, never changed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One act. Holds opaque ids only, so that erasing a person leaves the record whole."""

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    verb = models.CharField(max_length=80, db_index=True)
    actor = models.UUIDField(null=True, editable=False)
    actor_kind = models.CharField(max_length=20, default="user")
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"])]
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"
