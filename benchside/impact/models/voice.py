"""What technicians say of the action plan of the place they work at."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.impact.enums import Area
from benchside.impact.models.plans import Action, Plan
from benchside.impact.voice.enums import Feeling, SuggestionState
from benchside.people.models import Technician

ANSWERED = (SuggestionState.TAKEN, SuggestionState.ALREADY, SuggestionState.DECLINED)


class Suggestion(models.Model):
    """An action that a technician would like to see in the plan, and what became of it.

    `technician` is empty once the person has been erased. Who it was is told to the lead only if
    `may_name`.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="suggestions")
    technician = models.ForeignKey(
        Technician, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    title = models.CharField(max_length=200)
    why = models.TextField(max_length=2000, blank=True)
    area = models.CharField(max_length=20, choices=Area, blank=True)
    may_name = models.BooleanField(default=False)
    state = models.CharField(
        max_length=12, choices=SuggestionState, default=SuggestionState.WAITING, editable=False
    )
    answer = models.TextField(max_length=2000, blank=True, editable=False)
    action = models.ForeignKey(
        Action, on_delete=models.SET_NULL, null=True, editable=False, related_name="suggestions"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=ANSWERED) | Q(answered_at__isnull=False),
                name="impact_suggestion_answered_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=SuggestionState.DECLINED) | ~Q(answer=""),
                name="impact_suggestion_declined_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Suggestion {self.pk}"

    @property
    def organisation_id(self) -> int:
        return self.plan.organisation_id


class Opinion(models.Model):
    """What one technician thinks of one action; one each, changed as they like."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="opinions")
    technician = models.ForeignKey(
        Technician, on_delete=models.CASCADE, editable=False, related_name="+"
    )
    feeling = models.CharField(max_length=8, choices=Feeling)
    words = models.TextField(max_length=500, blank=True)
    may_name = models.BooleanField(default=False)
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["action", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action", "technician"], name="impact_opinion_one_each"
            ),
        ]

    def __str__(self) -> str:
        return f"Opinion {self.pk}"
