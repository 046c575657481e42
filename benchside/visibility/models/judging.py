"""Who judges a competition, whom they know, and what they gave."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.accounts.models import Invitation
from benchside.visibility.contests.enums import JUDGING, JudgeState
from benchside.visibility.models.competitions import Competition, Criterion
from benchside.visibility.models.entries import Entry


class JudgeQuerySet(models.QuerySet["Judge"]):
    def active(self) -> "JudgeQuerySet":
        """Those who said yes and were not stood down."""
        return self.filter(state__in=JUDGING)


class Judge(models.Model):
    """Somebody invited to judge one competition. Without `user` until they take it up."""

    competition = models.ForeignKey(Competition, on_delete=models.CASCADE, related_name="judges")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="judges",
    )
    invitation = models.OneToOneField(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="judge"
    )
    state = models.CharField(
        max_length=12, choices=JudgeState, default=JudgeState.INVITED, editable=False
    )
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    declared_at = models.DateTimeField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)

    objects = JudgeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["competition", "user"],
                condition=Q(state__in=JUDGING),
                name="visibility_judge_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=JUDGING) | Q(user__isnull=False),
                name="visibility_judge_is_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[JudgeState.DECLARED, JudgeState.SUBMITTED])
                | Q(declared_at__isnull=False),
                name="visibility_judge_declared_first",
            ),
            models.CheckConstraint(
                condition=~Q(state=JudgeState.SUBMITTED) | Q(submitted_at__isnull=False),
                name="visibility_judge_submitted_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Judge {self.pk}"


class Conflict(models.Model):
    """What keeps a judge from entries: a school or employer by name, or one entry they know.

    `is_found` marks what the site knew without being told: where they work or hold a role.
    """

    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="conflicts")
    place = models.CharField("school or employer", max_length=200, blank=True)
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="conflicts"
    )
    is_found = models.BooleanField(default=False, editable=False)
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(entry__isnull=True) & ~Q(place="")
                | Q(entry__isnull=False) & Q(place=""),
                name="visibility_conflict_is_of_one_kind",
            ),
            models.UniqueConstraint(
                fields=["judge", "place"],
                condition=~Q(place=""),
                name="visibility_conflict_place_once",
            ),
            models.UniqueConstraint(
                fields=["judge", "entry"],
                condition=Q(entry__isnull=False),
                name="visibility_conflict_entry_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Conflict of {self.judge_id}"


class Score(models.Model):
    """What one judge gave one entry for one criterion."""

    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="scores")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["judge", "entry", "criterion"], name="visibility_score_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.points} points"
