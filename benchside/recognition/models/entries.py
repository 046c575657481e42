"""Entries of a register: an award of the engine, and what the body publishes of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.assessment.models import Award
from benchside.organisations.models import Organisation
from benchside.recognition.models.registers import Register


class Entry(models.Model):
    """One person on one register, for ever. Number, state, period and every change are the
    award's; the name is the one the body registered, and stays when the person's record changes.

    `is_hidden`: nothing of it is shown to anybody outside, on the stated basis. `forget_asked_at`:
    its person had all of theirs erased, and it outlives that for a time (`registry.outliving`).
    """

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="entry")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="entries")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("name on the register", max_length=120)
    area = models.CharField("roughly where", max_length=60, blank=True)
    employer = models.CharField(max_length=120, blank=True)
    shows_area = models.BooleanField(default=False)
    shows_employer = models.BooleanField(default=False)
    membership = models.CharField("membership number", max_length=40, blank=True)
    admitted_on = models.DateField()
    is_hidden = models.BooleanField("not shown", default=False)
    hidden_basis = models.CharField("why it is not shown", max_length=200, blank=True)
    forget_asked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "entries"
        ordering: ClassVar = ["award__number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_hidden=False) | ~Q(hidden_basis=""),
                name="recognition_hidden_on_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"

    @property
    def called(self) -> str:
        """Its name, for those who run the register. None is kept of somebody who was erased, or
        whose list was taken back."""
        return self.name or "No name kept"


class FormerNumber(models.Model):
    """Another number of somebody on the register, kept from a list in which they stood once more:
    it leads to their one entry, and nobody else is given it. `said` is what that list said."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="former_numbers")
    number = models.CharField(max_length=20, unique=True)
    said = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Former number {self.pk}"


class FormerName(models.Model):
    """A name somebody was registered under before, by which they can still be looked up; one that
    came with a former number goes with it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="former_names")
    came_with = models.ForeignKey(
        FormerNumber, on_delete=models.CASCADE, null=True, related_name="names"
    )
    name = models.CharField(max_length=120)
    is_shown = models.BooleanField(default=False)
    until = models.DateField(default=timezone.localdate)

    class Meta:
        ordering: ClassVar = ["-until", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Former name {self.pk}"
