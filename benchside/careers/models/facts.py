"""Dated facts: each with its source, its nation and the day it was true."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from modelcluster.fields import ParentalKey

from benchside.careers.enums import Nation, RouteKind


class Source(models.Model):
    """Where facts come from: who published them, under which licence, how long they hold."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    publisher = models.CharField(max_length=120)
    url = models.URLField()
    licence = models.CharField(max_length=80)
    stale_after_days = models.PositiveSmallIntegerField(
        default=730, help_text="A fact older than this says so to readers and editors."
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_stale(self, as_of: date) -> bool:
        return (timezone.localdate() - as_of).days > self.stale_after_days


class Route(models.Model):
    """One way into a role, in one nation, from one source."""

    role = ParentalKey("careers.Role", on_delete=models.CASCADE, related_name="routes")
    kind = models.CharField(max_length=20, choices=RouteKind)
    title = models.CharField(max_length=120)
    reference = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    listed = models.BooleanField(
        default=True, help_text="Named by the source itself, not judged a fair start by us."
    )
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.ENGLAND)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="routes")
    as_of = models.DateField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    sort_order_field = "order"  # the form has arrows for it

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="careers_route_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def is_stale(self) -> bool:
        """Older than its source's facts are good for. Readers are told, editors find it listed."""
        return self.source.is_stale(self.as_of)

    def is_valid_on(self, day: date) -> bool:
        starts = self.valid_from is None or self.valid_from <= day
        return starts and (self.valid_to is None or day <= self.valid_to)


class Advice(models.Model):
    """Where a nation's own careers service helps, and where it says what jobs pay.

    No pay figure is published here without a source younger than two years, so readers are
    sent to the official one.
    """

    nation = models.CharField(max_length=20, choices=Nation, unique=True)
    name = models.CharField(max_length=120)
    publisher = models.CharField(max_length=120)
    url = models.URLField("advice")
    pay_url = models.URLField("pay look-up")
    checked_on = models.DateField(
        null=True, blank=True, help_text="When a person last followed both links."
    )
    order = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["order"]
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return f"{self.get_nation_display()}: {self.name}"
