"""Organisations and the tree of their units."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from benchside.organisations.enums import Kind, Nation, OrganisationState

# Words that stand where an organisation's slug would stand in an address.
NEVER_A_SLUG = frozenset({"new", "find", "check", "sent"})


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def open(self) -> "OrganisationQuerySet":
        return self.filter(state=OrganisationState.APPROVED)

    def waiting(self) -> "OrganisationQuerySet":
        return self.filter(state=OrganisationState.APPLIED)


class Organisation(models.Model):
    """An organisation, from the day somebody applies for it. Its slug never changes.

    `applied_by` and `decided_by` are person ids. `contact` is whom Benchside writes to; it is
    one of the leads, and moves on when they hand over.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind)
    town = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.ENGLAND)
    website = models.URLField(blank=True)
    urn = models.CharField(
        "URN", max_length=6, blank=True, validators=[RegexValidator(r"\A\d{6}\Z", "Six digits.")]
    )
    ukprn = models.CharField(
        "UKPRN",
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"\A\d{8}\Z", "Eight digits.")],
    )
    ror = models.CharField(
        "ROR",
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"\A0[a-z0-9]{8}\Z", "Nine letters and digits.")],
    )
    state = models.CharField(
        max_length=12, choices=OrganisationState, default=OrganisationState.APPLIED, editable=False
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations_contacted_for",
    )
    job = models.CharField("what the applicant does there", max_length=120, blank=True)
    applied_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_by = models.UUIDField(editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.UUIDField(null=True, blank=True, editable=False)
    answer = models.TextField("what the applicant was told", max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [Lower("name"), "pk"]
        default_permissions = ()
        permissions: ClassVar = [
            ("decide_organisation", "Can approve organisations"),
            ("import_places", "Can bring in lists of schools and universities"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    state=OrganisationState.APPLIED,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                )
                | ~Q(state=OrganisationState.APPLIED)
                & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="organisations_organisation_decided_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state=OrganisationState.CLOSED, closed_at__isnull=False)
                | ~Q(state=OrganisationState.CLOSED) & Q(closed_at__isnull=True),
                name="organisations_organisation_closed_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrganisationState.DECLINED) | ~Q(answer=""),
                name="organisations_organisation_declined_says_why",
            ),
            *(
                models.UniqueConstraint(
                    fields=[number],
                    condition=Q(state=OrganisationState.APPROVED) & ~Q(**{number: ""}),
                    name=f"organisations_organisation_one_open_{number}",
                )
                for number in ("urn", "ukprn", "ror")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workspace:overview", args=[self.slug])

    @property
    def is_open(self) -> bool:
        return self.state == OrganisationState.APPROVED


class UnitQuerySet(models.QuerySet["Unit"]):
    def open(self) -> "UnitQuerySet":
        return self.filter(closed_on__isnull=True)


class Unit(models.Model):
    """A faculty, school, department, workshop: one node of an organisation's tree.

    The tree is read whole, by organisation, and put in order in memory; that `above` is of
    the same organisation and makes no ring is for the actions to hold: see
    docs/decisions/0014-units.md.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="units")
    above = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="below"
    )
    name = models.CharField(max_length=120)
    closed_on = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [Lower("name"), "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organisation",
                "above",
                Lower("name"),
                condition=Q(closed_on__isnull=True, above__isnull=False),
                name="organisations_unit_one_name_below",
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=Q(closed_on__isnull=True, above__isnull=True),
                name="organisations_unit_one_name_on_top",
            ),
            models.CheckConstraint(
                condition=Q(above__isnull=True) | ~Q(above=F("id")),
                name="organisations_unit_not_above_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name
