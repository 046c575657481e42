"""A technician's part in an output, and the letter by which its lead author is asked about it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.careers.models import KitTerm
from benchside.organisations.models import Equipment
from benchside.people.models import Technician
from benchside.visibility.credit.enums import SEEN, ContributionState, StandsAs
from benchside.visibility.credit.records import LONGEST_NAME
from benchside.visibility.credit.taxonomy import CHOICES, CreditRole, roles_of
from benchside.visibility.models.outputs import Output

LETTER_DAYS = 30


def letter_end() -> datetime:
    return timezone.now() + timedelta(days=LETTER_DAYS)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def seen(self) -> "ContributionQuerySet":
        """What may be shown to others, as far as its owner's choices allow."""
        return self.filter(state__in=SEEN)

    def confirmed(self) -> "ContributionQuerySet":
        return self.filter(state=ContributionState.CONFIRMED)


class Contribution(models.Model):
    """Stated by the technician, and theirs wherever they work. One for each person and output.

    Confirmed means: by whom and when. The reason of a dispute is for the technician alone.
    """

    technician = models.ForeignKey(
        Technician, on_delete=models.CASCADE, related_name="contributions"
    )
    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="contributions")
    stands_as = models.CharField(
        "how it names you", max_length=12, choices=StandsAs, default=StandsAs.ACKNOWLEDGED
    )
    note = models.CharField("what you did", max_length=300, blank=True)
    kit = models.ManyToManyField(KitTerm, blank=True, related_name="+")
    equipment = models.ManyToManyField(Equipment, blank=True, related_name="contributions")
    state = models.CharField(
        max_length=10, choices=ContributionState, default=ContributionState.STATED, editable=False
    )
    stated_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField("last asked", null=True, editable=False)
    letters = models.PositiveSmallIntegerField("letters sent", default=0, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.CharField(max_length=LONGEST_NAME, blank=True, editable=False)
    disputed_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField("why it is disputed", max_length=500, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-output__year", "output__title", "pk"]
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["technician", "state"], name="visibility_contribution_seen")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["technician", "output"], name="visibility_contribution_once"
            ),
            models.CheckConstraint(
                condition=Q(state=ContributionState.CONFIRMED, confirmed_at__isnull=False)
                & ~Q(confirmed_by="")
                | Q(state=ContributionState.WITHDRAWN, confirmed_by="")
                | ~Q(state__in=[ContributionState.CONFIRMED, ContributionState.WITHDRAWN])
                & Q(confirmed_at__isnull=True, confirmed_by=""),
                name="visibility_contribution_confirmed_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state=ContributionState.DISPUTED, disputed_at__isnull=False)
                | ~Q(state=ContributionState.DISPUTED) & Q(disputed_at__isnull=True, reason=""),
                name="visibility_contribution_disputed_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state=ContributionState.WITHDRAWN, withdrawn_at__isnull=False)
                | ~Q(state=ContributionState.WITHDRAWN) & Q(withdrawn_at__isnull=True),
                name="visibility_contribution_withdrawn_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Contribution {self.pk}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == ContributionState.CONFIRMED

    @property
    def is_seen(self) -> bool:
        return self.state in SEEN

    @property
    def credit_roles(self) -> list[CreditRole]:
        """In the standard's order; read with `queries.whole`, this asks nothing."""
        return roles_of(line.code for line in self.roles.all())


class ContributionRole(models.Model):
    """One of the fourteen roles somebody had."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="roles")
    code = models.CharField("CRediT role", max_length=30, choices=CHOICES)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contribution", "code"], name="visibility_contribution_role_once"
            )
        ]

    def __str__(self) -> str:
        return self.code


class CreditLetter(models.Model):
    """The open question to a lead author. Deleted, with the address, once it is answered, taken
    back or has run out. The link's token is not kept, only its hash."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="letter"
    )
    author_name = models.CharField(max_length=LONGEST_NAME)
    author_email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=letter_end, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Letter {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.expires_at > timezone.now()
