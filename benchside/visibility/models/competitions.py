"""A competition: what may be sent, by whom, until when; how it is judged; what can be won."""

from datetime import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from benchside.visibility.contests.enums import CompetitionState, Phase
from benchside.visibility.models.campaigns import Campaign

YOUNGEST, OLDEST = 5, 19
MOST_POINTS = 20


class CompetitionQuerySet(models.QuerySet["Competition"]):
    def public(self) -> "CompetitionQuerySet":
        """What everybody may see: where every public read begins."""
        return self.exclude(state=CompetitionState.DRAFT)


class Competition(models.Model):
    """One competition. Entries are in time before `closes_at`, never at it; winners are told from
    `results_at` on. Both are whole minutes, typed and shown by the clock in London.

    `most_each` is how many entries one school may have in one category.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=80)
    state = models.CharField(
        max_length=14, choices=CompetitionState, default=CompetitionState.DRAFT, editable=False
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="competitions"
    )
    lead = models.CharField(
        "what to do, in a sentence", max_length=200, help_text="A child of eleven can read it."
    )
    about = models.TextField("more about it", max_length=6000, blank=True)
    opens_at = models.DateTimeField("opens")
    closes_at = models.DateTimeField(
        "closes", help_text="To the minute, by the clock in London. At this minute it is too late."
    )
    results_at = models.DateTimeField(
        "winners are told from", null=True, blank=True, help_text="Nobody outside sees them before."
    )
    most_each = models.PositiveSmallIntegerField(
        "entries of one school in one category",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    forgotten_at = models.DateTimeField(null=True, editable=False)

    objects = CompetitionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-closes_at", "slug"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="visibility_competition_closes_after",
            ),
            models.CheckConstraint(
                condition=Q(results_at__isnull=True) | Q(results_at__gt=F("closes_at")),
                name="visibility_competition_results_after",
            ),
            models.CheckConstraint(
                condition=~Q(state=CompetitionState.DECIDED)
                | Q(results_at__isnull=False, decided_at__isnull=False),
                name="visibility_competition_decided_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(state=CompetitionState.DECIDED),
                name="visibility_competition_told_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(most_each__gte=1), name="visibility_competition_takes_entries"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("visibility:competition", args=[self.slug])

    @property
    def takes_entries(self) -> bool:
        return self.phase == Phase.OPEN

    @property
    def is_announced(self) -> bool:
        """Decided, and the minute has come."""
        return self.phase == Phase.WON

    @property
    def phase(self) -> Phase:
        return self.phase_at(timezone.now())

    def phase_at(self, now: datetime) -> Phase:
        if self.state == CompetitionState.DRAFT:
            return Phase.HIDDEN
        if self.state == CompetitionState.CANCELLED:
            return Phase.OFF
        if self.state == CompetitionState.DECIDED and self.results_at and self.results_at <= now:
            return Phase.WON
        if self.state != CompetitionState.PUBLISHED or now >= self.closes_at:
            return Phase.JUDGED
        return Phase.OPEN if now >= self.opens_at else Phase.SOON

    @property
    def next_change(self) -> datetime | None:
        """The next minute at which its pages change by the clock alone."""
        moments = [self.opens_at, self.closes_at, self.results_at]
        ahead = [one for one in moments if one and one > timezone.now()]
        return min(ahead, default=None)


class Terms(models.Model):
    """The terms of a competition as they stood: never changed, only followed by a newer version.
    An entry holds the version it was sent in under."""

    competition = models.ForeignKey(Competition, on_delete=models.CASCADE, related_name="terms")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=20_000)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "terms"
        ordering: ClassVar = ["-version"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["competition", "version"], name="visibility_terms_version_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="visibility_terms_say_something"),
        ]

    def __str__(self) -> str:
        return f"Terms {self.version} of {self.competition_id}"


class Category(models.Model):
    """One thing entries compete in, such as "The job nobody sees"."""

    competition = models.ForeignKey(
        Competition, on_delete=models.CASCADE, related_name="categories"
    )
    title = models.CharField(max_length=80)
    words = models.CharField("what fits in it", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "categories"
        ordering: ClassVar = ["order", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["competition", "title"], name="visibility_category_title_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class AgeGroup(models.Model):
    """The ages, both counted, of those an entry is sent in for."""

    competition = models.ForeignKey(
        Competition, on_delete=models.CASCADE, related_name="age_groups"
    )
    youngest = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(YOUNGEST), MaxValueValidator(OLDEST)]
    )
    oldest = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(YOUNGEST), MaxValueValidator(OLDEST)]
    )

    class Meta:
        ordering: ClassVar = ["youngest", "oldest"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["competition", "youngest", "oldest"], name="visibility_agegroup_once"
            ),
            models.CheckConstraint(
                condition=Q(oldest__gte=F("youngest"))
                & Q(youngest__gte=YOUNGEST)
                & Q(oldest__lte=OLDEST),
                name="visibility_agegroup_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.youngest} to {self.oldest}"


class Criterion(models.Model):
    """One thing judges look for, and how many points it can get."""

    competition = models.ForeignKey(Competition, on_delete=models.CASCADE, related_name="criteria")
    title = models.CharField(max_length=80)
    words = models.CharField("what to look for", max_length=300, blank=True)
    most = models.PositiveSmallIntegerField(
        "most points",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)],
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "criteria"
        ordering: ClassVar = ["order", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["competition", "title"], name="visibility_criterion_title_once"
            ),
            models.CheckConstraint(
                condition=Q(most__gte=1, most__lte=MOST_POINTS),
                name="visibility_criterion_has_points",
            ),
        ]

    def __str__(self) -> str:
        return self.title
