"""Why a submission was sent back to be completed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from benchside.assessment.models.submissions import Submission


class Return(models.Model):
    """What an officer who checked it found missing, in words for whoever writes."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="returns")
    text = models.TextField(max_length=4000)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Return {self.pk}"
