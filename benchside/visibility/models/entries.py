"""What is sent in to a competition, and what it wins."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.organisations.enums import Nation
from benchside.visibility.contests.enums import IN_THE_RUNNING, CompetitionState, EntryState, OutFor
from benchside.visibility.models.campaigns import Pledge
from benchside.visibility.models.competitions import AgeGroup, Category, Competition, Terms
from benchside.visibility.models.photos import Photo


class EntryQuerySet(models.QuerySet["Entry"]):
    def running(self) -> "EntryQuerySet":
        return self.filter(state__in=IN_THE_RUNNING)

    def shortlisted(self) -> "EntryQuerySet":
        return self.filter(state=EntryState.SHORTLISTED)


class Entry(models.Model):
    """One entry, sent in by an adult for a class or a child, whom it does not name.

    Its picture is a `Photo`, so it is checked like any other; the photograph says neither school
    nor sender, or judges would find both on the wall. `number` is all that judges know an entry
    by; `blind_caption` is the caption as they read it. `school_key` is one spelling of the school
    (or its code), and `slot` which of its entries in the category this is.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(editable=False)
    state = models.CharField(
        max_length=14, choices=EntryState, default=EntryState.RECEIVED, editable=False
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="entries")
    age_group = models.ForeignKey(AgeGroup, on_delete=models.PROTECT, related_name="entries")
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="entries")
    photo = models.OneToOneField(
        Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="entry"
    )
    pledge = models.ForeignKey(
        Pledge, on_delete=models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    school = models.CharField("school, college or club", max_length=200)
    school_key = models.CharField(max_length=200, editable=False)
    slot = models.PositiveSmallIntegerField(default=1, editable=False)
    nation = models.CharField(max_length=20, choices=Nation)
    caption = models.CharField("what it shows", max_length=300)
    blind_caption = models.CharField("caption as judges read it", max_length=400, blank=True)
    reply_to = models.EmailField("your e-mail", blank=True)
    secret_hash = models.CharField(
        max_length=64, unique=True, null=True, blank=True, editable=False
    )
    out_for = models.CharField(max_length=10, choices=OutFor, blank=True, editable=False)
    sent_once = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering: ClassVar = ["number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["competition", "number"], name="visibility_entry_number_once"
            ),
            models.UniqueConstraint(
                fields=["competition", "category", "school_key", "slot"],
                condition=Q(state__in=IN_THE_RUNNING),
                name="visibility_entry_within_the_limit",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.DISQUALIFIED) & ~Q(out_for="")
                | ~Q(state=EntryState.DISQUALIFIED) & Q(out_for=""),
                name="visibility_entry_out_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.WITHDRAWN) | Q(photo__isnull=True),
                name="visibility_entry_withdrawn_shows_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"Entry {self.number}"


class PrizeQuerySet(models.QuerySet["Prize"]):
    def announced(self) -> "PrizeQuerySet":
        """Prizes whose winner everybody may know."""
        return self.filter(
            competition__state=CompetitionState.DECIDED,
            competition__results_at__lte=timezone.now(),
        )


class Prize(models.Model):
    """What can be won, in one category and age group or in all; and by which entry.

    `reason` says why, where the points alone do not: a tie, or an entry passed over.
    """

    competition = models.ForeignKey(Competition, on_delete=models.CASCADE, related_name="prizes")
    title = models.CharField(max_length=80)
    words = models.CharField("what the winner gets", max_length=200, blank=True)
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, null=True, blank=True, related_name="prizes"
    )
    age_group = models.ForeignKey(
        AgeGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="prizes"
    )
    order = models.PositiveSmallIntegerField(default=0)
    entry = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="prizes"
    )
    reason = models.CharField(max_length=500, blank=True)
    given_by = models.UUIDField(null=True, editable=False)

    objects = PrizeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["competition", "title"], name="visibility_prize_title_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title
