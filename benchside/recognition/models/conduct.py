"""What somebody says about the conduct of a person on a register, and what comes of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.recognition.models.entries import Entry
from benchside.recognition.registry.enums import ConductState


class ConductCase(models.Model):
    """One concern, from its arrival to its end. All of it is confidential but what is published.

    `said` are the words of whoever wrote; `told` is what the person concerned is told of them,
    and `answer` is theirs.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="conduct_cases")
    said = models.TextField("what was said", max_length=6000)
    name = models.CharField(max_length=120, blank=True)
    reply_to = models.EmailField(blank=True)
    state = models.CharField(
        max_length=12, choices=ConductState, default=ConductState.RECEIVED, editable=False
    )
    told = models.TextField("what the person is told", max_length=4000, blank=True)
    told_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField("what the person answers", max_length=6000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    hearing_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Conduct case {self.pk}"


class CaseNote(models.Model):
    """What somebody at the desk wrote down; the person concerned never reads it."""

    case = models.ForeignKey(ConductCase, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=4000)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Note {self.pk}"


class CaseDecision(models.Model):
    """What is proposed after a hearing and, once a second person confirms it, decided.

    `outcome` is a kind of sanction of the register's file, or empty for no action.
    """

    case = models.ForeignKey(ConductCase, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=40, blank=True)
    reasons = models.TextField(max_length=4000)
    published = models.TextField("what everybody reads", max_length=1000, blank=True)
    until = models.DateField(null=True)
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_by = models.UUIDField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.UUIDField(null=True, editable=False)
    sent_back_at = models.DateTimeField(null=True, editable=False)
    appeal_by = models.DateField(null=True, editable=False)
    appeal = models.TextField("grounds of the appeal", max_length=4000, blank=True)
    appealed_at = models.DateTimeField(null=True, editable=False)
    heard_at = models.DateTimeField(null=True, editable=False)
    heard_by = models.UUIDField(null=True, editable=False)
    heard = models.TextField("what came of the appeal", max_length=4000, blank=True)

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="recognition_decided_by_two",
            ),
            models.CheckConstraint(
                condition=Q(heard_by__isnull=True)
                | (~Q(heard_by=F("proposed_by")) & ~Q(heard_by=F("confirmed_by"))),
                name="recognition_appeal_heard_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.pk}"
