"""Concerns: what somebody told us is wrong, and what was done about it.

No cookie, no name, no address of a computer: a concern holds what was typed and nothing else.
"""

import secrets
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone

from benchside.website.enums import ConcernKind, ConcernState

# Without 0, 1, I, L, O and U: nothing to mix up when read out, hardly a word to spell.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

# How long what is personal stays, counted from the day a concern is closed.
KEEP_ADDRESS = timedelta(days=30)
KEEP_CONCERN = timedelta(days=365)


def new_reference() -> str:
    """Eight signs in two groups, 30 to the power of 8: nobody guesses another's."""
    signs = [secrets.choice(LETTERS) for _ in range(8)]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])


class ConcernQuerySet(models.QuerySet["Concern"]):
    def waiting(self) -> "ConcernQuerySet":
        """Not yet answered or closed."""
        return self.filter(state__in=(ConcernState.RECEIVED, ConcernState.SEEN))

    def with_address_to_forget(self) -> "ConcernQuerySet":
        before = timezone.now() - KEEP_ADDRESS
        return self.filter(state=ConcernState.CLOSED, closed_at__lt=before).exclude(reply_to="")

    def to_forget(self) -> "ConcernQuerySet":
        before = timezone.now() - KEEP_CONCERN
        return self.filter(state=ConcernState.CLOSED, closed_at__lt=before)


class Concern(models.Model):
    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    state = models.CharField(
        max_length=10, choices=ConcernState, default=ConcernState.RECEIVED, editable=False
    )
    kind = models.CharField("about", max_length=10, choices=ConcernKind)
    about = models.CharField("page", max_length=200, blank=True)
    message = models.TextField(max_length=2000, blank=True)
    reply_to = models.EmailField("e-mail for a reply", blank=True)
    answer = models.TextField(max_length=4000, blank=True)
    received_at = models.DateTimeField("received", default=timezone.now, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)
    seen_by = models.UUIDField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.UUIDField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.UUIDField(null=True, editable=False)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at"]
        permissions: ClassVar = [("handle_concern", "Can read and answer concerns")]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state=ConcernState.ANSWERED)
                | (models.Q(answered_at__isnull=False, answered_by__isnull=False))
                & ~models.Q(answer=""),
                name="website_concern_answered_says_how",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=ConcernState.CLOSED, closed_at__isnull=False, closed_by__isnull=False
                )
                | ~models.Q(state=ConcernState.CLOSED)
                & models.Q(closed_at__isnull=True, closed_by__isnull=True),
                name="website_concern_closed_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("desk_concern", args=[self.reference])


class ConcernNote(models.Model):
    """What somebody at the desk wrote down about a concern. Never sent to anybody."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.UUIDField(editable=False)

    class Meta:
        ordering: ClassVar = ["written_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Note on {self.concern}"
