"""Who looks at a submission, and what they say of it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.assessment.enums import CommentKind, SeatState
from benchside.assessment.models.submissions import Submission
from benchside.organisations.models import Organisation

STANDING = (SeatState.INVITED, SeatState.ACCEPTED, SeatState.SUBMITTED)


class Reviewer(models.Model):
    """Somebody who may be given a seat: trained for which standards, and how many at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviewer"
    )
    standards = models.JSONField(default=list)
    trained_on = models.DateField(null=True, blank=True)
    refresh_by = models.DateField(null=True, blank=True)
    most = models.PositiveSmallIntegerField(default=5)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Reviewer {self.pk}"


class Interest(models.Model):
    """A conflict somebody declared: with one submission, or with all of an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests"
    )
    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="interests"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    what = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False) ^ Q(organisation__isnull=False),
                name="assessment_interest_in_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"Interest {self.pk}"


class Partnership(models.Model):
    """Two organisations that declared that they work together: neither reviews the other."""

    one = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="assessment_partnership_once"),
            models.CheckConstraint(
                condition=Q(one__lt=models.F("other")), name="assessment_partnership_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"Partnership {self.pk}"


class Seat(models.Model):
    """One independent look at a submission. `number` 3 is the seat that looks where two disagree;
    from 10 on, a panel that hears an appeal."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats"
    )
    state = models.CharField(
        max_length=12, choices=SeatState, default=SeatState.INVITED, editable=False
    )
    due_on = models.DateField(null=True, blank=True)
    no_conflict_at = models.DateTimeField(null=True, editable=False)
    summary = models.TextField(max_length=4000, blank=True)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    chased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["number", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "number"],
                condition=Q(state__in=STANDING),
                name="assessment_seat_one_a_number",
            ),
            models.UniqueConstraint(
                fields=["submission", "user"], name="assessment_seat_one_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(SeatState.ACCEPTED, SeatState.SUBMITTED))
                | Q(no_conflict_at__isnull=False),
                name="assessment_seat_declared_first",
            ),
        ]

    def __str__(self) -> str:
        return f"Seat {self.number}"


class Judgement(models.Model):
    """What one seat says of one criterion. `private` is for the panel alone; `reason` is read by
    the holder too, once a no is ratified."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="judgements")
    criterion = models.CharField(max_length=40)
    grade = models.CharField(max_length=40, blank=True)
    reason = models.TextField(max_length=4000, blank=True)
    private = models.TextField(max_length=4000, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat", "criterion"], name="assessment_judgement_once")
        ]

    def __str__(self) -> str:
        return self.criterion


class Feedback(models.Model):
    """One thing to commend or to recommend; shown to the holder from its release on, which a
    moderator may have reworded; then `original` keeps what the reviewer wrote. `response` is what
    the holder says they will do."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="feedback")
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, related_name="feedback")
    kind = models.CharField(max_length=10, choices=CommentKind)
    area = models.CharField(max_length=40, blank=True)
    criterion = models.CharField(max_length=40, blank=True)
    text = models.TextField(max_length=2000)
    released_at = models.DateTimeField(null=True, editable=False)
    response = models.TextField(max_length=2000, blank=True)
    responded_at = models.DateTimeField(null=True, editable=False)
    responded_by = models.UUIDField(null=True, editable=False)
    original = models.TextField(max_length=2000, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "feedback"
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Feedback {self.pk}"


class EvidenceRequestQuerySet(models.QuerySet["EvidenceRequest"]):
    def open(self) -> Self:
        """Those that still wait for an answer."""
        return self.filter(answered_at__isnull=True, ended_at__isnull=True)


class EvidenceRequest(models.Model):
    """A round of further evidence: what is asked for, by when, and that it was answered; or that
    it ended without, when the review went on with what was there."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="requests")
    round = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=2000)
    criteria = models.JSONField(default=list)
    due_on = models.DateField()
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = models.Manager.from_queryset(EvidenceRequestQuerySet)()

    class Meta:
        ordering: ClassVar = ["round", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(ended_at__isnull=True),
                name="assessment_request_answered_or_ended",
            )
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"

    @property
    def titles(self) -> list[str]:
        """What it is about, in the order of the standard."""
        known = self.submission.version.standard.criteria
        return [one.title for one in known if one.key in self.criteria]
