"""A class that takes the quiz in one lesson: a code for pupils, a link for the teacher, counters.

No pupil has a row here and no answer has a place. A class is gone at the end of the day after it
was opened, and whatever counted it is gone as soon as it closes.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from benchside.careers.classes.codes import spaced
from benchside.careers.enums import ClassState, TallyKind

FEWEST, MOST_PUPILS = 5, 300
SHORTEST_LESSON, LONGEST_LESSON = 5, 180


def end_of_tomorrow(now: datetime | None = None) -> datetime:
    """The midnight with which tomorrow ends, by the clock in London."""
    today = timezone.localdate(now)
    midnight = datetime.combine(today + timedelta(days=2), datetime.min.time())
    return timezone.make_aware(midnight)


class QuizClassQuerySet(models.QuerySet["QuizClass"]):
    def current(self) -> "QuizClassQuerySet":
        """Not over yet. What is over counts as gone, whether or not it was deleted."""
        return self.filter(expires_at__gt=timezone.now())

    def over(self) -> "QuizClassQuerySet":
        return self.filter(expires_at__lte=timezone.now())


class QuizClass(models.Model):
    """One lesson. `secret_hash` stands for the teacher's link, which is kept nowhere.

    `handed_in` counts pupils while the class is open. At closing the totals are worked out once,
    as they may be shown, into `totals` (see classes/totals.py), and the count is set to nought.
    """

    code = models.CharField(max_length=6, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(
        max_length=10, choices=ClassState, default=ClassState.OPEN, editable=False
    )
    title = models.CharField(max_length=80)
    years = models.JSONField(default=list)
    pupils = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST_PUPILS)]
    )
    minutes = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(SHORTEST_LESSON), MaxValueValidator(LONGEST_LESSON)]
    )
    handed_in = models.PositiveIntegerField(default=0, editable=False)
    totals = models.JSONField(null=True, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(default=end_of_tomorrow, editable=False, db_index=True)

    objects = QuizClassQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state=ClassState.OPEN, closed_at__isnull=True)
                & models.Q(totals__isnull=True)
                | models.Q(state=ClassState.CLOSED, closed_at__isnull=False)
                & models.Q(totals__isnull=False, handed_in=0),
                name="careers_class_closed_is_counted_once",
            ),
        ]

    def __str__(self) -> str:
        return self.spaced_code

    def get_absolute_url(self) -> str:
        return reverse("careers:class", args=[self.code])

    @property
    def spaced_code(self) -> str:
        return spaced(self.code)

    @property
    def is_open(self) -> bool:
        return self.state == ClassState.OPEN

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def last_day(self) -> Any:
        """The day at whose end it is gone."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1))

    @property
    def most_hand_ins(self) -> int:
        """A quarter more than were expected, or five: a teacher who counts wrong loses nobody, and
        whoever would stuff the sum gets little in."""
        return self.pupils + max(5, self.pupils // 4)


class ClassTally(models.Model):
    """How many pupils of a class got one role, or one sector, among their six."""

    quiz_class = models.ForeignKey(QuizClass, on_delete=models.CASCADE, related_name="tallies")
    kind = models.CharField(max_length=10, choices=TallyKind)
    slug = models.SlugField(max_length=80)
    pupils = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["quiz_class", "kind", "slug"], name="careers_class_tally_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class HandIn(models.Model):
    """That a page was handed in, so that it counts once. What it held is not here."""

    quiz_class = models.ForeignKey(QuizClass, on_delete=models.CASCADE, related_name="hand_ins")
    page_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.page_hash[:8]
