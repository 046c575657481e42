"""What an organisation has, and which of its technicians run it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from benchside.careers.models import KitTerm
from benchside.core.models import Picture
from benchside.organisations.enums import (
    Access,
    EquipmentState,
    OrganisationState,
    RunLevel,
    Service,
    ThingKind,
)
from benchside.organisations.models.organisations import Organisation, Unit
from benchside.organisations.models.posts import Employment
from benchside.people.models import Technician

FIRST_YEAR, LAST_YEAR = 1850, 2100


class EquipmentQuerySet(models.QuerySet["Equipment"]):
    def live(self) -> "EquipmentQuerySet":
        return self.filter(state=EquipmentState.LIVE)

    def public(self) -> "EquipmentQuerySet":
        """What everybody may see: chosen so, in use, of an open organisation."""
        return self.live().filter(is_public=True, organisation__state=OrganisationState.APPROVED)

    def with_nobody(self) -> "EquipmentQuerySet":
        """What no technician who is there now is said to run."""
        return self.filter(~Exists(Runs.objects.current().filter(equipment=OuterRef("pk"))))


class Equipment(models.Model):
    """A piece of equipment, or a facility that holds several.

    `internal_id` is the organisation's own number and how a file recognises the item. `contact`
    is a technician to ask, shown outside only as far as they choose; `contact_name` and
    `contact_email` are of a team, and stand for themselves.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="equipment"
    )
    internal_id = models.CharField("own number", max_length=60)
    name = models.CharField(max_length=160)
    description = models.TextField(max_length=4000, blank=True)
    kind = models.CharField(max_length=12, choices=ThingKind, default=ThingKind.EQUIPMENT)
    part_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    kit = models.ForeignKey(
        KitTerm, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    technique = models.CharField(max_length=160, blank=True)
    manufacturer = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="equipment"
    )
    site = models.CharField(max_length=120, blank=True)
    building = models.CharField(max_length=120, blank=True)
    access = models.CharField(max_length=16, choices=Access, blank=True)
    service = models.CharField(max_length=16, choices=Service, blank=True)
    contact = models.ForeignKey(
        Technician, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    web_address = models.URLField(blank=True)
    photo = models.OneToOneField(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="equipment"
    )
    acquired_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    funding = models.CharField(max_length=300, blank=True)
    is_public = models.BooleanField(default=False)
    state = models.CharField(
        max_length=12, choices=EquipmentState, default=EquipmentState.LIVE, editable=False
    )
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [Lower("name"), "pk"]
        default_permissions = ()
        verbose_name = "item of equipment"
        verbose_name_plural = "equipment"
        indexes: ClassVar = [
            models.Index(
                fields=["kit", "organisation"],
                condition=Q(state=EquipmentState.LIVE, is_public=True),
                name="organisations_equipment_public",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organisation", Lower("internal_id"), name="organisations_equipment_one_number"
            ),
            models.CheckConstraint(
                condition=Q(state=EquipmentState.RETIRED, retired_at__isnull=False)
                | Q(state=EquipmentState.LIVE, retired_at__isnull=True),
                name="organisations_equipment_retired_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(internal_id="") & ~Q(name=""),
                name="organisations_equipment_is_named",
            ),
            models.CheckConstraint(
                condition=Q(kind=ThingKind.EQUIPMENT) | Q(part_of__isnull=True),
                name="organisations_equipment_facility_stands_alone",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("equipment:item", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.state == EquipmentState.LIVE


class RunsQuerySet(models.QuerySet["Runs"]):
    def current(self) -> "RunsQuerySet":
        """Not ended, and said of somebody who still works there."""
        there = Employment.objects.current().filter(
            organisation=OuterRef("equipment__organisation"), technician=OuterRef("technician")
        )
        return self.filter(Exists(there), ended_on__isnull=True)


class Runs(models.Model):
    """A technician who runs a piece of equipment: said by somebody, agreed to by themselves.

    Until `confirmed_at` it is shown in their organisation only. `said_by` is a person id.
    """

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="runners")
    technician = models.ForeignKey(Technician, on_delete=models.PROTECT, related_name="runs")
    level = models.CharField(max_length=12, choices=RunLevel, default=RunLevel.RUNS)
    since = models.PositiveSmallIntegerField(
        "since what year",
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    said_at = models.DateTimeField(default=timezone.now, editable=False)
    said_by = models.UUIDField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_on = models.DateField(null=True, blank=True, editable=False)

    objects = RunsQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["equipment", "pk"]
        default_permissions = ()
        verbose_name_plural = "runs"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["equipment", "technician"],
                condition=Q(ended_on__isnull=True),
                name="organisations_runs_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Runs {self.pk}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
