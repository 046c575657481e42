"""Charters, who signed them, and the stages each signatory goes through."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.assessment.models import Award, Submission
from benchside.impact.enums import Part, SignatoryState
from benchside.organisations.models import Organisation

# From here on an organisation may begin anew.
OVER = [SignatoryState.DECLINED, SignatoryState.TAKEN_BACK, SignatoryState.LEFT]


class Charter(models.Model):
    """A pledge that organisations sign and report on, such as the Technician Commitment.

    `standard` is the key of its self-assessment, a file of `assessment`, where the rules name no
    other for a stage; `status_standard` that of what signing awards, `supporter_standard` that of
    what supporting does.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    owner = models.CharField(max_length=160)
    about = models.TextField(max_length=4000, blank=True)
    pledge = models.TextField(max_length=4000, blank=True)
    contact = models.EmailField(blank=True)
    standard = models.SlugField(max_length=40, blank=True)
    status_standard = models.SlugField(max_length=40, blank=True)
    is_open = models.BooleanField(default=True)
    supporter_standard = models.SlugField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        default_permissions = ()
        permissions: ClassVar = [
            ("run_charter", "Can run charters: signatories, rounds, deadlines")
        ]

    def __str__(self) -> str:
        return self.name


class CharterRules(models.Model):
    """Windows, stages, plan lengths, extensions and reminders of a charter, from a day on.

    Deadlines are data: published dates have changed before. `content` is checked by
    `charters.deadlines`.
    """

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="rules")
    valid_from = models.DateField()
    content = models.JSONField()

    class Meta:
        ordering: ClassVar = ["charter", "-valid_from"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["charter", "valid_from"], name="impact_charterrules_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.charter} from {self.valid_from}"


class Cohort(models.Model):
    """Signatories announced together."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="cohorts")
    title = models.CharField(max_length=80)
    announced_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-announced_on"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["charter", "title"], name="impact_cohort_one_title")
        ]

    def __str__(self) -> str:
        return self.title


class Signatory(models.Model):
    """An organisation that signs, or supports, a charter: by its head and a named lead.

    `contact_name` and `contact_email` are public: the charter asks for a named contact.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="signatories")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="signatories"
    )
    part = models.CharField(max_length=12, choices=Part, default=Part.SIGNATORY)
    state = models.CharField(
        max_length=12, choices=SignatoryState, default=SignatoryState.SIGNING, editable=False
    )
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, null=True, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    head_name = models.CharField(max_length=120, blank=True)
    head_post = models.CharField(max_length=120, blank=True)
    head_signed_at = models.DateTimeField(null=True, editable=False)
    head_signed_by = models.UUIDField(null=True, editable=False)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead_signed_at = models.DateTimeField(null=True, editable=False)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    award = models.OneToOneField(
        Award, on_delete=models.PROTECT, null=True, editable=False, related_name="signatory"
    )
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.UUIDField(null=True, editable=False)
    answer = models.CharField(max_length=500, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "signatories"
        ordering: ClassVar = ["organisation__name", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["charter", "organisation"],
                condition=~Q(state__in=OVER),
                name="impact_signatory_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=SignatoryState.ANNOUNCED) | Q(announced_on__isnull=False),
                name="impact_signatory_announced_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=SignatoryState.LEFT) | Q(left_on__isnull=False),
                name="impact_signatory_left_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=SignatoryState.DECLINED) | ~Q(answer=""),
                name="impact_signatory_declined_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.charter}"


class Cycle(models.Model):
    """One stage of one signatory: when it is due, what is written for it, and how long it runs.

    `first_due_on` is what the rules gave; `due_on` what holds after an extension or an officer's
    word. `submission` is the self-assessment.
    """

    signatory = models.ForeignKey(Signatory, on_delete=models.CASCADE, related_name="cycles")
    stage = models.PositiveSmallIntegerField()
    plan_months = models.PositiveSmallIntegerField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True, editable=False)
    extended_why = models.CharField(max_length=300, blank=True)
    overridden_at = models.DateTimeField(null=True, editable=False)
    overridden_why = models.CharField(max_length=300, blank=True)
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="cycle"
    )
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["signatory", "stage"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signatory", "stage"], name="impact_cycle_one_a_stage"),
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True) | ~Q(extended_why=""),
                name="impact_cycle_extended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(overridden_at__isnull=True) | ~Q(overridden_why=""),
                name="impact_cycle_overridden_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signatory}, stage {self.stage}"
