"""Who does what for which standard: rights of the engine are given standard by standard."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from benchside.assessment.enums import DutyKind


class Duty(models.Model):
    """That somebody checks and assigns, decides, or keeps awards, for one standard by its key."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties"
    )
    standard = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=DutyKind)
    given_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "duties"
        ordering: ClassVar = ["standard", "kind", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "standard", "kind"], name="assessment_duty_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.standard}"
