"""Applications to a register, as the thin room sees them beside the engine's submission."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.assessment.models import Submission
from benchside.organisations.models import Organisation
from benchside.recognition.enums import FeeKind, FeeState, InterviewOutcome
from benchside.recognition.models.registers import Register


class RegisterApplication(models.Model):
    """One person's application: to which register, through which body, and what becomes of a yes.

    An approval does not register: the entry is made when the fees are paid, by `pay_by` at the
    latest; after that it is closed unpaid, or by a registrar whose conditions were not met, who
    says why. `name` is the legal name, which the register will show;
    `acknowledged_at` when the letter went that it arrived, and `reminded_days` how many days before
    `pay_by` the last letter about that.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="register_application"
    )
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="applications")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("legal name", max_length=120)
    membership = models.CharField("membership number", max_length=40, blank=True)
    number = models.CharField(max_length=20, unique=True, editable=False)
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    checked_by = models.UUIDField(null=True, editable=False)
    pay_by = models.DateField(null=True, editable=False)
    reminded_days = models.PositiveSmallIntegerField(null=True, editable=False)
    admitted_at = models.DateTimeField(null=True, editable=False)
    unpaid_at = models.DateTimeField("closed unpaid", null=True, editable=False)
    unmet_at = models.DateTimeField("conditions not met", null=True, editable=False)
    unmet_why = models.CharField(max_length=1000, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(admitted_at__isnull=True) | Q(unpaid_at__isnull=True),
                name="recognition_admitted_or_unpaid",
            ),
            models.CheckConstraint(
                condition=Q(unmet_at__isnull=True)
                | Q(admitted_at__isnull=True, unpaid_at__isnull=True),
                name="recognition_unmet_alone",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def has_lapsed(self) -> bool:
        """Whether a yes came to nothing: unpaid, or its conditions not met."""
        return self.unpaid_at is not None or self.unmet_at is not None

    @property
    def is_checked(self) -> bool:
        """Whether what was sent last was looked through: sent again, it is looked through again."""
        return self._is_since_it_was_sent(self.checked_at)

    @property
    def is_acknowledged(self) -> bool:
        """Whether a letter said that what was sent last arrived."""
        return self._is_since_it_was_sent(self.acknowledged_at)

    def _is_since_it_was_sent(self, moment: datetime | None) -> bool:
        sent = self.submission.submitted_at
        return moment is not None and sent is not None and moment >= sent


class Fee(models.Model):
    """One sum somebody owes: recorded, never taken by card. `reference` is the invoice's."""

    application = models.ForeignKey(
        RegisterApplication, on_delete=models.CASCADE, null=True, related_name="fees"
    )
    entry = models.ForeignKey(
        "recognition.Entry", on_delete=models.CASCADE, null=True, related_name="fees"
    )
    kind = models.CharField(max_length=12, choices=FeeKind)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    state = models.CharField(max_length=10, choices=FeeState, default=FeeState.DUE, editable=False)
    payer = models.CharField("who pays, where it is not the person", max_length=120, blank=True)
    reference = models.CharField("invoice reference", max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_on = models.DateField(null=True, editable=False)
    settled_by = models.UUIDField(null=True, editable=False)
    why = models.CharField("why it was waived", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(application__isnull=False) ^ Q(entry__isnull=False),
                name="recognition_fee_for_one_thing",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="recognition_fee_amount"),
            models.CheckConstraint(
                condition=Q(state__in=(FeeState.DUE, FeeState.INVOICED), settled_on__isnull=True)
                | Q(state=FeeState.PAID, settled_on__isnull=False)
                | Q(state=FeeState.WAIVED, settled_on__isnull=False) & ~Q(why=""),
                name="recognition_fee_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Fee {self.pk}"

    @property
    def is_settled(self) -> bool:
        return self.state in {FeeState.PAID, FeeState.WAIVED}


class Interview(models.Model):
    """The talk that a route may ask for before anything is recommended. After an appeal is upheld
    it is set aside: it is kept, counts no more, and others hold a new one."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="interviews")
    held_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    adjustments = models.CharField("what the applicant needs", max_length=500, blank=True)
    outcome = models.CharField(max_length=10, choices=InterviewOutcome, blank=True)
    notes = models.TextField(max_length=4000, blank=True)
    recorded_at = models.DateTimeField(null=True, editable=False)
    recorded_by = models.UUIDField(null=True, editable=False)
    set_aside_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(set_aside_at__isnull=True),
                name="recognition_one_interview_counts",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", recorded_at__isnull=True)
                | ~Q(outcome="") & Q(recorded_at__isnull=False),
                name="recognition_interview_recorded_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Interview {self.pk}"
