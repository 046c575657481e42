"""What registers keep of CPD: yearly declarations, and audits of a sample. The log is the person's
own (`people`)."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.people.models import CpdShare
from benchside.recognition.cpd.enums import CaseState, LetterKind, RunState, StandardKey
from benchside.recognition.models.entries import Entry
from benchside.recognition.models.registers import Register


class AnnualDeclaration(models.Model):
    """What somebody said of one year: that they went on learning and kept to the code, or not and
    why. Made once; a slip is corrected within the days that the register's file gives, and what
    was said before stands in `earlier`. Whether it was in time is told by the day it was made."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="declarations")
    year = models.PositiveSmallIntegerField()
    is_kept = models.BooleanField("kept up their CPD")
    is_conduct_kept = models.BooleanField("kept to the code of conduct")
    had_break = models.BooleanField("had a career break in it", default=False)
    words = models.TextField("what they said to it", max_length=2000, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    corrected_at = models.DateTimeField(null=True, editable=False)
    due_on = models.DateField(editable=False)

    class Meta:
        ordering: ClassVar = ["-year", "entry"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "year"], name="recognition_declared_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(is_kept=True, is_conduct_kept=True) | ~Q(words=""),
                name="recognition_declared_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Declaration {self.pk}"

    @property
    def is_late(self) -> bool:
        return timezone.localdate(self.made_at) > self.due_on


class EarlierDeclaration(models.Model):
    """What a declaration said before it was corrected, as it was said and when. Never changed."""

    declaration = models.ForeignKey(
        AnnualDeclaration, on_delete=models.CASCADE, related_name="earlier"
    )
    is_kept = models.BooleanField()
    is_conduct_kept = models.BooleanField()
    had_break = models.BooleanField()
    words = models.TextField(max_length=2000, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-said_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Earlier declaration {self.pk}"


class DeclarationReminder(models.Model):
    """A letter about a year's declaration, so many days before (or, negative, after) its day."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="declaration_reminders")
    year = models.PositiveSmallIntegerField()
    days = models.SmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "year", "days"], name="recognition_declaration_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"Reminder {self.pk}"


class AuditRun(models.Model):
    """One audit of a register: the population as it was fixed, the seed, and what was asked.

    `population` is the file of `cpd.sampling`; its digest stands before there is a seed, and
    neither ever changes.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="audit_runs")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=RunState, default=RunState.FROZEN, editable=False
    )
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    strata = models.JSONField("divided by", default=list)
    each_stratum = models.BooleanField("at least one of each", default=False)
    begins_on = models.DateField("CPD asked for, from")
    ends_on = models.DateField("to")
    frozen_on = models.DateField(editable=False)
    population = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField("entries in it", editable=False)
    left_out = models.JSONField("how many were left out, and why", default=dict, editable=False)
    seed = models.CharField(max_length=100, blank=True, editable=False)
    is_seed_given = models.BooleanField("the seed was brought along", default=False, editable=False)
    due_on = models.DateField("answer by", null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.UUIDField(null=True, editable=False)
    drawn_at = models.DateTimeField(null=True, editable=False)
    drawn_by = models.UUIDField(null=True, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    announced_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-year", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "year"],
                condition=~Q(state=RunState.ABANDONED),
                name="recognition_audited_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=Decimal(100)),
                name="recognition_audit_percent",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="recognition_audit_period"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(RunState.FROZEN, RunState.ABANDONED), seed="")
                | Q(state__in=(RunState.DRAWN, RunState.ANNOUNCED), drawn_at__isnull=False)
                & ~Q(seed=""),
                name="recognition_audit_drawn_with_a_seed",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.ANNOUNCED)
                | Q(announced_at__isnull=False, due_on__isnull=False),
                name="recognition_audit_announced_with_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"CPD audit {self.year}"


class AuditCase(models.Model):
    """One person's part in a run. `rounds` counts how often something was asked again; `due_on` is
    the day the next answer is due; `words` is what the register last said to them."""

    run = models.ForeignKey(AuditRun, on_delete=models.PROTECT, related_name="cases")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="audit_cases")
    stratum = models.CharField(max_length=250)
    is_certain = models.BooleanField("silent last time", default=False)
    state = models.CharField(
        max_length=12, choices=CaseState, default=CaseState.SELECTED, editable=False, db_index=True
    )
    due_on = models.DateField(null=True, editable=False)
    notified_at = models.DateTimeField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    share = models.ForeignKey(
        CpdShare, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    share_digest = models.CharField(
        "of what they shared", max_length=64, blank=True, editable=False
    )
    summary = models.TextField("their own summary", max_length=4000, blank=True)
    more_time = models.TextField("why they ask for more time", max_length=1000, blank=True)
    more_until = models.DateField("until when they ask", null=True, editable=False)
    time_refused_at = models.DateTimeField("no more time in this round", null=True, editable=False)
    deferred_by = models.UUIDField(null=True, editable=False)
    rounds = models.PositiveSmallIntegerField(default=0, editable=False)
    words = models.TextField("what was said to them", max_length=4000, blank=True)
    referred_at = models.DateTimeField("with the committee since", null=True, editable=False)
    doubted_by = models.UUIDField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "entry"], name="recognition_audited_once_a_run"),
            models.CheckConstraint(
                condition=~Q(state=CaseState.DEFERRED) | Q(due_on__isnull=False) & ~Q(more_time=""),
                name="recognition_audit_deferred_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Audit case {self.pk}"


class AuditVerdict(models.Model):
    """What a reviewer found of one standard, the newest round last."""

    case = models.ForeignKey(AuditCase, on_delete=models.CASCADE, related_name="verdicts")
    round = models.PositiveSmallIntegerField()
    standard = models.CharField(max_length=10, choices=StandardKey)
    is_met = models.BooleanField()
    words = models.TextField(max_length=2000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.UUIDField(editable=False)

    class Meta:
        ordering: ClassVar = ["case", "round", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "round", "standard", "made_by"], name="recognition_verdict_once"
            ),
            models.CheckConstraint(
                condition=Q(is_met=True) | ~Q(words=""), name="recognition_verdict_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Verdict {self.pk}"


class AuditLetter(models.Model):
    """That a letter went out: each once for the day it is about."""

    case = models.ForeignKey(AuditCase, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=12, choices=LetterKind)
    about = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "kind", "about"], name="recognition_audit_letter_once"
            )
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}"
