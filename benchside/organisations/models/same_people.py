"""Two rows that are one person, two that are not, and people who say they are missing."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.organisations.enums import RequestState
from benchside.organisations.models.organisations import Organisation
from benchside.organisations.models.posts import Employment


class Merger(models.Model):
    """Somebody who stood on the list twice, made one.

    `absorbed` stays as a row nobody sees, without key and number; `alias` is the key it had, by
    which later lists go on knowing the person. `old` is what was written over, for an undo.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mergers")
    kept = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="mergers")
    absorbed = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="absorptions")
    alias = models.CharField(max_length=120, blank=True)
    old = models.JSONField(default=dict)
    merged_at = models.DateTimeField(default=timezone.now, editable=False)
    merged_by = models.UUIDField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-merged_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="organisations_merger_absorbed_once",
            ),
            models.CheckConstraint(
                condition=~Q(kept=models.F("absorbed")), name="organisations_merger_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"Merger {self.pk}"


class NotTheSame(models.Model):
    """Two people of like name that somebody has told apart. `first` is the older row."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"], name="organisations_not_the_same_once"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="organisations_not_the_same_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"


class CountMeIn(models.Model):
    """Somebody with an account says they are a technician here, and are not on the list.

    The unit is as they typed it: whoever only has the link is shown nothing of the tree.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="requests_to_count"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=160)
    unit_name = models.CharField(max_length=120, blank=True)
    staff_number = models.CharField(max_length=40, blank=True)
    reason = models.TextField(max_length=1000)
    state = models.CharField(
        max_length=10, choices=RequestState, default=RequestState.WAITING, editable=False
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.UUIDField(null=True, editable=False)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(state="waiting"),
                name="organisations_count_me_in_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"], answered_at__isnull=True)
                | Q(state__in=["accepted", "declined"], answered_at__isnull=False),
                name="organisations_count_me_in_answered_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.get_state_display()}"
