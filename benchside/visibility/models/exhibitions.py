"""A touring exhibition: its panels, where it stops, and how many came."""

import uuid
from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from benchside.organisations.enums import Nation
from benchside.organisations.models import Organisation
from benchside.visibility.exhibitions.enums import (
    CountedBy,
    ExhibitionState,
    PanelState,
    StopState,
)
from benchside.visibility.models.campaigns import Campaign
from benchside.visibility.models.photos import Photo
from benchside.visibility.models.stories import Story

MOST_A_DAY = 100_000  # more visitors in a day than any hall holds: a slip of the hand


class ExhibitionQuerySet(models.QuerySet["Exhibition"]):
    def public(self) -> "ExhibitionQuerySet":
        """What everybody may see: where every public read begins."""
        return self.exclude(state=ExhibitionState.DRAFT)


class Exhibition(models.Model):
    """Panels that travel together. One set of sheets: it is at one place at a time."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=80)
    state = models.CharField(
        max_length=10, choices=ExhibitionState, default=ExhibitionState.DRAFT, editable=False
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="exhibitions"
    )
    lead = models.CharField("what there is to see, in a sentence", max_length=200)
    about = models.TextField("more about it", max_length=6000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ExhibitionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("visibility:exhibition", args=[self.slug])


class Panel(models.Model):
    """One sheet: a published story or an approved photograph that may be printed.

    `heading` and `words` are what stands on the sheet. Once taken down for good it has no source
    and no words any more; its number stays, so that a gap on the wall can be told.
    """

    exhibition = models.ForeignKey(Exhibition, on_delete=models.CASCADE, related_name="panels")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=PanelState, default=PanelState.HANGING, editable=False
    )
    story = models.ForeignKey(
        Story, on_delete=models.SET_NULL, null=True, blank=True, related_name="panels"
    )
    photo = models.ForeignKey(
        Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="panels"
    )
    heading = models.CharField(max_length=80, blank=True)
    words = models.TextField("words on the sheet", max_length=600, blank=True)
    take_down_at = models.DateTimeField(null=True, editable=False)
    taken_down_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["exhibition", "number"], name="visibility_panel_number_once"
            ),
            models.UniqueConstraint(
                fields=["exhibition", "story"],
                condition=Q(story__isnull=False),
                name="visibility_panel_story_once",
            ),
            models.UniqueConstraint(
                fields=["exhibition", "photo"],
                condition=Q(photo__isnull=False),
                name="visibility_panel_photo_once",
            ),
            models.CheckConstraint(
                condition=Q(story__isnull=True) | Q(photo__isnull=True),
                name="visibility_panel_of_one_source",
            ),
            models.CheckConstraint(
                condition=~Q(state=PanelState.TAKE_DOWN) | Q(take_down_at__isnull=False),
                name="visibility_panel_take_down_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=PanelState.GONE)
                | Q(story__isnull=True, photo__isnull=True, heading="", words=""),
                name="visibility_panel_gone_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"Panel {self.number}"


class StopQuerySet(models.QuerySet["Stop"]):
    def planned(self) -> "StopQuerySet":
        return self.filter(state=StopState.PLANNED)


class Stop(models.Model):
    """Where an exhibition is, from one day to another, both counted.

    `uid` and `sequence` are those of its entry in people's calendars. `contact` and the two after
    it are for the team alone.
    """

    exhibition = models.ForeignKey(Exhibition, on_delete=models.CASCADE, related_name="stops")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(
        max_length=10, choices=StopState, default=StopState.PLANNED, editable=False
    )
    venue = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    town = models.CharField(max_length=80)
    postcode = models.CharField(max_length=8, blank=True)
    nation = models.CharField(max_length=20, choices=Nation)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    hours = models.CharField("opening hours", max_length=200, blank=True)
    access = models.TextField(
        "getting in and about",
        max_length=1000,
        help_text="Steps, lift, doors, toilets, quiet hours, parking, hearing loop.",
    )
    website = models.URLField(blank=True)
    host = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="stops"
    )
    contact = models.CharField("who to ask there", max_length=120, blank=True)
    contact_email = models.EmailField("their e-mail", blank=True)
    contact_phone = models.CharField("their telephone", max_length=30, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = StopQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_on", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="visibility_stop_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue}, {self.town}"

    @property
    def is_cancelled(self) -> bool:
        return self.state == StopState.CANCELLED

    def is_on(self, day: date) -> bool:
        return not self.is_cancelled and self.starts_on <= day <= self.ends_on


class VisitorCount(models.Model):
    """How many came to a stop on one day, from where that is known, and whether it is a guess."""

    stop = models.ForeignKey(Stop, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    visitors = models.PositiveIntegerField(validators=[MaxValueValidator(MOST_A_DAY)])
    source = models.CharField("how it was counted", max_length=10, choices=CountedBy)
    is_estimate = models.BooleanField("an estimate", default=False)
    noted_by = models.UUIDField(null=True, editable=False)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["day"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stop", "day"], name="visibility_count_once_a_day"),
            models.CheckConstraint(
                condition=Q(visitors__lte=MOST_A_DAY), name="visibility_count_is_possible"
            ),
            models.CheckConstraint(
                condition=~Q(source=CountedBy.GUESS) | Q(is_estimate=True),
                name="visibility_count_guess_is_estimate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visitors} on {self.day}"
