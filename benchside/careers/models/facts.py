"""Dated facts: each with its source, its nation and the day it was true."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from benchside.careers.enums import Nation


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


class Advice(models.Model):
    """Where a nation's own careers service helps, where it says what jobs pay, and what holds of
    all its ways in.

    No pay figure is published here without a source younger than two years, so readers are
    sent to the official one.
    """

    nation = models.CharField(max_length=20, choices=Nation, unique=True)
    name = models.CharField(max_length=120)
    publisher = models.CharField(max_length=120)
    url = models.URLField("advice")
    pay_url = models.URLField("pay look-up")
    last_year = models.CharField(
        "last year of school for all",
        max_length=20,
        blank=True,
        help_text="What its pupils call it, such as Year 11 or S4.",
    )
    exams = models.CharField(
        max_length=40, blank=True, help_text="What they sit then, such as GCSEs."
    )
    change_of_mind = models.TextField(
        "if you change your mind",
        blank=True,
        help_text="Moving between ways in, in general words. A blank line parts paragraphs.",
    )
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
