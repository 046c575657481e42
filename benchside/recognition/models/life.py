"""The life of an entry beside its chain: what is proposed, asked for, timed, and made public."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.recognition.models.entries import Entry
from benchside.recognition.models.register_applications import Fee, RegisterApplication
from benchside.recognition.registry.enums import (
    AgeBand,
    Disability,
    Ethnicity,
    ProposalState,
    RequestState,
    Sex,
)


class ProposedMove(models.Model):
    """A change that needs two people: one proposes it, another confirms and so does it.

    `until` is the day it is meant to end on; `sanction` the kind of the register's file that is
    published with it, in the words `published`. `answer` is why the second person said no.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="proposals")
    verb = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, blank=True)
    confirmed = models.JSONField(default=list)
    effective_on = models.DateField()
    until = models.DateField(null=True)
    sanction = models.CharField(max_length=40, blank=True)
    published = models.TextField(max_length=1000, blank=True)
    words = models.TextField("for the second person", max_length=4000, blank=True)
    answer = models.TextField("why not", max_length=4000, blank=True, editable=False)
    case = models.ForeignKey(
        "recognition.ConductCase", on_delete=models.CASCADE, null=True, related_name="proposals"
    )
    state = models.CharField(
        max_length=10, choices=ProposalState, default=ProposalState.OPEN, editable=False
    )
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_by = models.UUIDField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["proposed_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state=ProposalState.OPEN),
                name="recognition_one_open_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.DONE)
                | Q(proposed_by__isnull=True)
                | (Q(closed_by__isnull=False) & ~Q(closed_by=F("proposed_by"))),
                name="recognition_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"Proposal {self.pk}"


class EntryRequest(models.Model):
    """What somebody asks for their own entry: a break, its end, to leave, to come back.

    Where the register's file has a fee for it, it is agreed to first and waits for the `fee`;
    `confirmed` is what the registrar confirmed then, word for word.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="requests")
    verb = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    begins = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=RequestState, default=RequestState.ASKED, editable=False
    )
    confirmed = models.JSONField(default=list, editable=False)
    fee = models.OneToOneField(
        Fee, on_delete=models.PROTECT, null=True, editable=False, related_name="request"
    )
    answer = models.TextField(max_length=2000, blank=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=(RequestState.ASKED, RequestState.AGREED)),
                name="recognition_one_open_request",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("begins")),
                name="recognition_request_period",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.AGREED) | Q(fee__isnull=False),
                name="recognition_agreed_for_a_fee",
            ),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class Spell(models.Model):
    """A state that is meant to end on a day, such as a career break or a suspension for a time."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="spells")
    state = models.CharField(max_length=40)
    begins = models.DateField()
    until = models.DateField()
    reminded_at = models.DateTimeField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["until", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=F("begins")), name="recognition_spell_period"
            ),
        ]

    def __str__(self) -> str:
        return f"Spell {self.pk}"


class Sanction(models.Model):
    """What was decided about somebody's conduct or health, and until when everybody may read it.

    Never shown when it `is_health`, nor once its person has died; `publish_until` comes from the
    register's file, kind by kind.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    words = models.TextField("what everybody reads", max_length=1000, blank=True)
    begins = models.DateField()
    until = models.DateField(null=True)
    publish_until = models.DateField(null=True)
    is_health = models.BooleanField(default=False)
    case = models.ForeignKey(
        "recognition.ConductCase", on_delete=models.SET_NULL, null=True, related_name="sanctions"
    )
    ended_on = models.DateField(null=True, editable=False)
    overturned_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-begins", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_health=False) | Q(publish_until__isnull=True),
                name="recognition_health_is_never_published",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("begins")),
                name="recognition_sanction_period",
            ),
        ]

    def __str__(self) -> str:
        return f"Sanction {self.pk}"


class YearlyRenewal(models.Model):
    """What somebody confirmed to keep their entry for another period, and the fee for it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="renewals")
    period_end = models.DateField("the period that ends")
    fee = models.OneToOneField(Fee, on_delete=models.PROTECT, null=True, related_name="renewal")
    details_at = models.DateTimeField(null=True, editable=False)
    conduct_at = models.DateTimeField(null=True, editable=False)
    conduct_words = models.TextField("what there is to tell", max_length=2000, blank=True)
    conduct_seen_at = models.DateTimeField(null=True, editable=False)
    renewed_at = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-period_end", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "period_end"], name="recognition_renewal_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Renewal {self.pk}"


class RenewalLetter(models.Model):
    """That a letter went out so many days after the end of a period, and to whom: kept so that
    each goes out once."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="renewal_letters")
    period_end = models.DateField()
    days = models.SmallIntegerField()
    is_employer = models.BooleanField(default=False)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "period_end", "days", "is_employer"],
                name="recognition_renewal_letter_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}"


class EqualityAnswer(models.Model):
    """What an applicant says of themselves, if they like: kept apart, read by nobody, counted."""

    application = models.OneToOneField(
        RegisterApplication, on_delete=models.CASCADE, related_name="equality"
    )
    sex = models.CharField(max_length=10, choices=Sex, blank=True)
    age_band = models.CharField(max_length=10, choices=AgeBand, blank=True)
    ethnicity = models.CharField(max_length=10, choices=Ethnicity, blank=True)
    disability = models.CharField(max_length=10, choices=Disability, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Equality answer {self.pk}"
