"""What was awarded, and every change of it, for ever."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.assessment.enums import ChallengeState, Holder
from benchside.assessment.models.standards import StandardVersion
from benchside.assessment.models.submissions import HELD_BY_ONE, Submission
from benchside.core.models.audit import AppendOnly
from benchside.organisations.models import Organisation
from benchside.people.models import Technician


class AwardNumbers(models.Model):
    """The last number given under a standard: locked while the next is taken, so that numbers are
    never used twice and leave no gap."""

    standard = models.SlugField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.standard


class Award(models.Model):
    """What somebody holds. Its state is one of those of its standard's file; what it was on any
    day is read from its events."""

    number = models.CharField(max_length=20, unique=True, editable=False)
    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="awards")
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, related_name="award"
    )
    holder = models.CharField(max_length=12, choices=Holder, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="awards"
    )
    technician = models.ForeignKey(
        Technician, on_delete=models.PROTECT, null=True, related_name="awards"
    )
    level = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=40, db_index=True, editable=False)
    period_start = models.DateField()
    period_end = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=HELD_BY_ONE, name="assessment_award_holder"),
            models.CheckConstraint(
                condition=Q(period_end__isnull=True) | Q(period_end__gte=F("period_start")),
                name="assessment_award_period",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AwardEventQuerySet(models.QuerySet["AwardEvent"]):
    def changes(self) -> "AwardEventQuerySet":
        """Without what was only noted beside the state: a new name, another body."""
        return self.exclude(verb__contains=NOTED)

    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


NOTED = "."  # in no verb of a file


class AwardEvent(models.Model):
    """One change of an award: what, from which day, written down when, by which opaque person.
    A change that leaves state and period alone is noted under the name of a room's own action,
    such as `entry.rename`.

    A link of the award's chain (`assessment.chain`). Triggers of the database refuse any change.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = AwardEventQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["award", "number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["award", "number"], name="assessment_event_one_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.number} {self.verb}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly

    @property
    def is_note(self) -> bool:
        return NOTED in self.verb


class Challenge(models.Model):
    """What a third party says against an award; looked into, and answered."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="challenges")
    text = models.TextField(max_length=4000)
    reply_to = models.EmailField(blank=True)
    state = models.CharField(
        max_length=10, choices=ChallengeState, default=ChallengeState.OPEN, editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Challenge {self.pk}"
