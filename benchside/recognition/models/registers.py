"""Registers of people: whose they are, and through which bodies one comes onto them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.organisations.models import Organisation
from benchside.recognition.enums import LicenceScope
from benchside.recognition.registers.shapes import RegisterFile


class Register(models.Model):
    """One register. Its competences, reviews and states stand in its standard's file; letters,
    fees, terms, targets and the rule of CPD in `content`, its own file as plain values."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    letters = models.CharField("letters after the name", max_length=20)
    standard = models.SlugField(max_length=40, unique=True)
    is_open = models.BooleanField("takes applications", default=True)
    content = models.JSONField(editable=False)

    class Meta:
        ordering: ClassVar = ["name"]
        default_permissions = ()
        permissions: ClassVar = [("run_registers", "Can set up registers and their bodies")]

    def __str__(self) -> str:
        return self.name

    @property
    def rules(self) -> RegisterFile:
        """What its file says, checked."""
        return RegisterFile.model_validate(self.content, strict=False)


class Licence(models.Model):
    """That a professional body may bring people onto a register, and on what terms.

    Under a development licence the keeper of the register assesses for it; the body ratifies.
    """

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="licences")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="licences")
    scope = models.CharField(max_length=12, choices=LicenceScope, default=LicenceScope.FULL)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["body__name", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="recognition_licence_period",
            ),
            models.UniqueConstraint(
                fields=["register", "body", "starts_on"], name="recognition_licence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Licence {self.pk}"
