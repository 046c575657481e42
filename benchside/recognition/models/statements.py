"""Statements that employers keep, and what people ask of their own entry."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.recognition.enums import AskedState
from benchside.recognition.models.entries import Entry
from benchside.recognition.models.keys import KeptKey, held_to


class StatementKey(KeptKey):
    """Signs statements of registers."""

    class Meta(KeptKey.Meta):
        constraints: ClassVar = held_to(
            one="recognition_one_statement_key",
            retired="recognition_statement_key_retired",
            given_up="recognition_statement_key_given_up",
        )


class Statement(models.Model):
    """That a signed statement of an entry was given out: not to whom, and not what it said, only
    the SHA-256 of its signed data and of the whole file, and the key it was signed with."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="statements")
    made_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=64)
    signed_with = models.ForeignKey(
        StatementKey, on_delete=models.PROTECT, editable=False, related_name="statements"
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Statement {self.key}"


class HidingRequest(models.Model):
    """Somebody asks that their entry be shown to nobody, or to everybody again; the registrar
    decides, on a basis."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="hiding_requests")
    wants_shown = models.BooleanField("asks to be shown again", default=False)
    words = models.TextField("why", max_length=2000, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(
        max_length=10, choices=AskedState, default=AskedState.OPEN, editable=False
    )
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state=AskedState.OPEN),
                name="recognition_one_hiding_request_open",
            ),
            models.CheckConstraint(
                condition=Q(state=AskedState.OPEN, answered_at__isnull=True)
                | ~Q(state=AskedState.OPEN) & Q(answered_at__isnull=False),
                name="recognition_hiding_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Hiding request {self.pk}"
