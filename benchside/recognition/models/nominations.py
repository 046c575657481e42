"""Awards that people are nominated for: rounds, and who was nominated in one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.assessment.models import Submission
from benchside.people.models import Technician
from benchside.recognition.enums import NominationState


class NominationRound(models.Model):
    """One year of an award. What is asked, its categories (the routes of its standard) and how it
    is judged stand in the standard's file."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    standard = models.SlugField(max_length=40)
    about = models.TextField(max_length=4000, blank=True)
    who = models.CharField("who may be nominated", max_length=300, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField("last day to send in")
    shortlist_on = models.DateField("day the shortlist is shown")
    announce_at = models.DateTimeField("when the winners are named")
    announced_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-opens_on", "name"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("closes_on")),
                name="recognition_round_closes_after",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__lt=F("shortlist_on")),
                name="recognition_round_shortlist_after",
                violation_error_message="The shortlist comes after the last day.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.opens_on <= timezone.localdate() <= self.closes_on

    @property
    def shows_shortlist(self) -> bool:
        return self.announced_at is not None or self.shortlist_on <= timezone.localdate()


class Nomination(models.Model):
    """That somebody proposed somebody. The nominee says yes before anything is written of them,
    and says under which name they may be named. Of the link in the letter a digest is kept."""

    round = models.ForeignKey(NominationRound, on_delete=models.PROTECT, related_name="nominations")
    category = models.CharField(max_length=40)
    nominator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="nominated"
    )
    name = models.CharField("nominee’s name", max_length=120)
    email = models.EmailField("nominee’s e-mail address")
    why = models.TextField(max_length=1200)
    state = models.CharField(
        max_length=12,
        choices=NominationState,
        default=NominationState.ASKED,
        editable=False,
    )
    technician = models.ForeignKey(
        Technician, on_delete=models.SET_NULL, null=True, related_name="nominations"
    )
    submission = models.OneToOneField(
        Submission, on_delete=models.SET_NULL, null=True, related_name="nomination"
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    shortlisted_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "shortlisted", "won"))
                | Q(answered_at__isnull=False),
                name="recognition_nominee_agreed",
            ),
            models.UniqueConstraint(
                fields=["round", "category", "email"],
                condition=Q(state__in=("asked", "agreed", "shortlisted", "won")),
                name="recognition_nominated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Nomination {self.pk}"

    @property
    def called(self) -> str:
        """The name, as pages show it: of whoever was forgotten it is gone."""
        return self.name or "Somebody who was forgotten"
