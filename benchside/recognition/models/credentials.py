"""Credentials: signed statements that somebody holds an award, and what they are signed with."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.models import Award
from benchside.organisations.models import Organisation
from benchside.recognition.enums import CredentialState, WhyDeclined, WhyRevoked, WordState
from benchside.recognition.models.keys import KeptKey, held_to

LIST_SIZE = 131_072  # entries of a status list: the least that the specification allows


class SigningKey(KeptKey):
    """Signs credentials. A retired key stays listed; a compromised one is taken off the list."""

    class Meta(KeptKey.Meta):
        constraints: ClassVar = held_to(
            one="recognition_one_current_key",
            retired="recognition_key_retired_and_when",
            given_up="recognition_compromised_not_current",
        )

    @property
    def mark(self) -> str:
        """How a signed text names it, and nothing else."""
        return f'#{self.fragment}"'


class StatusList(models.Model):
    """A public list of one bit a credential: set for ever once it is revoked.

    The bits are the credentials' own `revoked_at`, written nowhere else; `signed` is the list as
    it is given out. `changes` counts what happened to the bits, `signed_changes` how much of it
    the signed one knows: where they differ, it is signed anew.
    """

    number = models.PositiveIntegerField(unique=True)
    size = models.PositiveIntegerField(default=LIST_SIZE)
    is_open = models.BooleanField("takes new credentials", default=True)
    signed = models.TextField(blank=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    changes = models.PositiveIntegerField(default=0, editable=False)
    signed_changes = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["number"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Status list {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:status_list", args=[self.number])


class CredentialClaim(models.Model):
    """That a person wants what they hold as a credential: without one, none is made of them."""

    award = models.OneToOneField(Award, on_delete=models.CASCADE, related_name="claim")
    claimed_at = models.DateTimeField(default=timezone.now)
    given_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Claim {self.pk}"


class CredentialQuerySet(models.QuerySet["Credential"]):
    def in_use(self) -> "CredentialQuerySet":
        """Those that count, or will once they are signed."""
        return self.filter(state__in=(CredentialState.WAITING, CredentialState.LIVE))

    def signed(self) -> "CredentialQuerySet":
        return self.exclude(document="")


class Credential(models.Model):
    """One signed statement about one award, as it was when it was made.

    `document` is the exact signed text: it is given out as it is and never signed again. What it
    says stands in columns too, so that one that has fallen behind its award is found by a query.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="credentials")
    state = models.CharField(
        max_length=10, choices=CredentialState, default=CredentialState.WAITING, editable=False
    )
    name = models.CharField("name of the holder", max_length=200, blank=True)
    level = models.CharField(max_length=40, blank=True)
    period_start = models.DateField()
    period_end = models.DateField(null=True)
    until = models.DateField("the last day to believe it without asking", null=True)
    status_list = models.ForeignKey(
        StatusList, on_delete=models.PROTECT, related_name="credentials"
    )
    index = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    document = models.TextField(blank=True, editable=False)
    signed_with = models.ForeignKey(
        SigningKey, on_delete=models.PROTECT, null=True, related_name="credentials"
    )
    issued_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(max_length=12, choices=WhyRevoked, blank=True)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaces"
    )

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["state", "id"], name="recognition_credential_waits")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["status_list", "index"], name="recognition_one_credential_a_bit"
            ),
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(state__in=["waiting", "live"]),
                name="recognition_one_credential_in_use",
            ),
            models.CheckConstraint(
                condition=~Q(state="live")
                | (
                    ~Q(document="")
                    & Q(signed_with__isnull=False, issued_at__isnull=False, revoked_at__isnull=True)
                ),
                name="recognition_live_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_at__isnull=False) & ~Q(reason="")
                | ~Q(state="revoked") & Q(revoked_at__isnull=True, reason=""),
                name="recognition_revoked_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Credential {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:credential", args=[self.key])


class Endorsement(models.Model):
    """An organisation speaks for a badge, or for one credential. It waits until whoever keeps the
    badge, or holds the credential, says yes; then it is shown, and part of what is signed from then
    on. Taken back, it is shown no more."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="endorsements"
    )
    standard = models.SlugField("badge it speaks for", max_length=40, blank=True)
    credential = models.ForeignKey(
        Credential, on_delete=models.CASCADE, null=True, related_name="endorsements"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        max_length=10, choices=WordState, default=WordState.WAITING, editable=False
    )
    words = models.TextField(max_length=600)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.UUIDField(editable=False)
    document = models.TextField("as it is signed", blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.UUIDField(null=True, editable=False)
    reason = models.CharField(max_length=10, choices=WhyDeclined, blank=True)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(standard="", credential__isnull=False)
                | ~Q(standard="") & Q(credential__isnull=True),
                name="recognition_endorses_one_thing",
            ),
            models.UniqueConstraint(
                fields=["organisation", "standard"],
                condition=Q(credential__isnull=True, state__in=["waiting", "shown"]),
                name="recognition_endorses_a_badge_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "credential"],
                condition=Q(credential__isnull=False, state__in=["waiting", "shown"]),
                name="recognition_endorses_a_credential_once",
            ),
            models.CheckConstraint(
                condition=Q(document="") | ~Q(state__in=["waiting", "declined"]),
                name="recognition_words_signed_after_a_yes",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(reason="") | ~Q(state="declined") & Q(reason=""),
                name="recognition_words_declined_and_why",
            ),
            models.CheckConstraint(
                condition=Q(state="taken-back", taken_back_at__isnull=False)
                | ~Q(state="taken-back") & Q(taken_back_at__isnull=True),
                name="recognition_words_taken_back_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Endorsement {self.pk}"
