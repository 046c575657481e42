"""Routes into work: each one a dated fact of one nation, told once and named by many roles."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from benchside.careers.enums import APPRENTICESHIPS, Nation, RouteKind, RouteStatus
from benchside.careers.fields import LinesField
from benchside.careers.models.facts import Source

# An apprenticeship of these levels has a name of its own.
NAMED_BY_LEVEL = {2: "Intermediate apprenticeship", 3: "Advanced apprenticeship"}
OPEN, COMING, CLOSED = "open", "coming", "closed"


class Route(models.Model):
    """One route: an apprenticeship standard, a T Level, a higher qualification.

    Its slug is part of an address and never changes. `as_of` is the day the facts were last
    known to be true; they grow stale as their source says. A route that has closed stays, since
    people hold its address, and says so.
    """

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=RouteKind)
    title = models.CharField(max_length=160)
    reference = models.CharField(
        max_length=20, blank=True, help_text="The official one, such as ST0343."
    )
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    months = models.PositiveSmallIntegerField("usual length in months", null=True, blank=True)
    entry = models.CharField(
        "what is asked for",
        max_length=300,
        blank=True,
        help_text="To start, in plain words. Empty: what holds of all routes of its kind is shown.",
    )
    job_titles = LinesField(
        max_length=120, blank=True, help_text="Jobs that its official page names."
    )
    topic = models.CharField(
        max_length=80, blank=True, help_text="The heading it stands under in the official list."
    )
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.ENGLAND)
    status = models.CharField(max_length=10, choices=RouteStatus, default=RouteStatus.OPEN)
    valid_from = models.DateField("first start", null=True, blank=True)
    valid_to = models.DateField("last start", null=True, blank=True)
    url = models.URLField("official page", max_length=300, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="routes")
    as_of = models.DateField("true on", help_text="When somebody last checked it at its source.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["title", "slug"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="careers_route_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["nation", "reference"],
                condition=~Q(reference=""),
                name="careers_route_reference_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_name}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("careers:route", args=[self.slug])

    def clean(self) -> None:
        """The slug is part of an address: once a route is saved it stays."""
        super().clean()
        before = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        if before is not None and before != self.slug:
            raise ValidationError({"slug": f"This is part of an address and stays {before}."})

    @property
    def kind_name(self) -> str:
        """What it is called: an apprenticeship of level 3 is an advanced one."""
        if self.kind == RouteKind.APPRENTICESHIP and self.level in NAMED_BY_LEVEL:
            return NAMED_BY_LEVEL[self.level]
        return str(RouteKind(self.kind).label)

    @property
    def is_apprenticeship(self) -> bool:
        return self.kind in APPRENTICESHIPS

    @property
    def is_stale(self) -> bool:
        """Older than its source's facts are good for. Readers are told, editors find it listed."""
        return self.source.is_stale(self.as_of)

    def is_open_on(self, day: date) -> bool:
        return self.standing_on(day) == OPEN

    def standing_on(self, day: date) -> str:
        """open, coming or closed: by its status, and by the days between which it may be begun."""
        if self.status == RouteStatus.RETIRED or (self.valid_to and self.valid_to < day):
            return CLOSED
        starts_later = self.valid_from is not None and day < self.valid_from
        return COMING if self.status == RouteStatus.COMING or starts_later else OPEN

    @property
    def standing(self) -> str:
        return self.standing_on(timezone.localdate())


class NationWay(models.Model):
    """A kind of way in that one nation has, in general words, with its official page.

    What holds of all Modern Apprenticeships, say; of England's kinds, of which single routes are
    listed, `kind` says which they are.
    """

    slug = models.SlugField(max_length=80, unique=True)
    nation = models.CharField(max_length=20, choices=Nation)
    kind = models.CharField(max_length=20, choices=RouteKind, blank=True)
    name = models.CharField(max_length=80)
    starts = models.PositiveSmallIntegerField(
        "usual age to start", help_text="The earliest: 16 or 18, or 15 for one begun at school."
    )
    sentence = models.CharField("what it is", max_length=300)
    entry = models.CharField("what is asked for", max_length=300, blank=True)
    after = models.CharField("what can come after", max_length=300, blank=True)
    url = models.URLField("official page", max_length=300)
    checked_on = models.DateField(
        null=True, blank=True, help_text="When a person last followed the link and read it."
    )
    order = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["order", "slug"]
        verbose_name = "kind of way in"
        verbose_name_plural = "kinds of way in"

    def __str__(self) -> str:
        return f"{self.get_nation_display()}: {self.name}"
