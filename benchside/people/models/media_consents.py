"""Consents to be shown: who, in what, where it may be used, until when, and in which words."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.people.enums import ConsentBy, Covers


class MediaConsentQuerySet(models.QuerySet["MediaConsent"]):
    def of(self, subject: str) -> Self:
        """Those to one thing, such as "story:5f…"."""
        return self.filter(subject=subject)

    def standing(self) -> Self:
        """Given, not taken back, and not run out."""
        today = timezone.localdate()
        return self.filter(withdrawn_at__isnull=True).filter(
            Q(until__isnull=True) | Q(until__gte=today)
        )

    def take_back(self) -> int:
        """End those that stand: for the action of the room that shows the thing, which has asked
        who may. Returns how many."""
        return self.filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())


class MediaConsent(models.Model):
    """One person's yes to being shown in one thing.

    People in a picture need no account, so `who` is how they are named beside it. `subject` is
    "<kind>:<key>" of the record that shows them; what kinds there are is its room's business.
    Taken back or run out, a consent stays on record and shows nothing any more.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=60, db_index=True, editable=False)
    covers = models.CharField(max_length=10, choices=Covers)
    who = models.CharField(max_length=120)
    person_id = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    given_by = models.CharField(max_length=10, choices=ConsentBy, default=ConsentBy.THEMSELVES)
    signed_as = models.CharField(max_length=120)
    words = models.TextField(max_length=2000)
    evidence = models.CharField(max_length=300, blank=True)
    on_social = models.BooleanField("on social media", default=False)
    in_print = models.BooleanField("in print", default=False)
    by_partners = models.BooleanField("by partners", default=False)
    until = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MediaConsentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-given_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "covers", "who", "given_by"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_mediaconsent_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(who="") & ~Q(signed_as="") & ~Q(words=""),
                name="people_mediaconsent_says_all",
            ),
        ]

    def __str__(self) -> str:
        return f"Consent {self.key}"

    @property
    def stands(self) -> bool:
        ended = self.until is not None and self.until < timezone.localdate()
        return self.withdrawn_at is None and not ended
