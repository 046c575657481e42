"""What somebody learns in the course of their work: their own log, seen by nobody else."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from benchside.people.enums import CpdCategory
from benchside.people.models.technicians import Technician

LONGEST_TITLE = 150
LONGEST_TEXT = 4000


class CpdLog(models.Model):
    """How somebody wants their log kept: whether they are reminded, and what follows from it.

    `nudges` counts the letters since they last wrote: after a few there are no more.
    """

    technician = models.OneToOneField(Technician, on_delete=models.CASCADE, related_name="cpd_log")
    reminds = models.BooleanField("remind me", default=True)
    nudged_at = models.DateTimeField(null=True, blank=True, editable=False)
    nudges = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"CPD log {self.pk}"


class CpdActivity(models.Model):
    """One thing somebody did to learn, or plans to do.

    Only a title, a category and a day are asked for at once; the rest is written when there is
    time. `uid` is what a calendar calls the event it came from, so that it comes in once.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    technician = models.ForeignKey(
        Technician, on_delete=models.CASCADE, related_name="cpd_activities"
    )
    title = models.CharField(max_length=LONGEST_TITLE)
    category = models.CharField(max_length=14, choices=CpdCategory)
    begins = models.DateField("on, or from")
    ends = models.DateField("until")
    did = models.TextField("what I did", max_length=LONGEST_TEXT, blank=True)
    learned = models.TextField("what I learned", max_length=LONGEST_TEXT, blank=True)
    helped_me = models.TextField(max_length=LONGEST_TEXT, blank=True)
    helped_users = models.TextField(max_length=LONGEST_TEXT, blank=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    is_done = models.BooleanField(default=True)
    uid = models.CharField(max_length=200, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        verbose_name_plural = "CPD activities"
        ordering: ClassVar = ["-ends", "-pk"]
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["technician", "-ends"], name="people_cpd_of_whom_and_when"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="people_cpd_has_title"),
            models.CheckConstraint(condition=Q(begins__lte=F("ends")), name="people_cpd_in_order"),
            models.CheckConstraint(
                condition=(Q(hours__isnull=True) | Q(hours__gte=0))
                & (Q(points__isnull=True) | Q(points__gte=0)),
                name="people_cpd_not_negative",
            ),
            models.UniqueConstraint(
                fields=["technician", "uid"], condition=~Q(uid=""), name="people_cpd_uid_once"
            ),
        ]

    def __str__(self) -> str:
        return f"CPD activity {self.key}"

    def get_absolute_url(self) -> str:
        return f"/my/cpd/{self.key}/"


class CpdEvidence(models.Model):
    """A file or a link that shows that something was done. Files lie privately, by digest."""

    activity = models.ForeignKey(CpdActivity, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=LONGEST_TITLE)
    url = models.URLField(max_length=500, blank=True)
    file = models.CharField(max_length=200, blank=True, editable=False)
    file_name = models.CharField(max_length=120, blank=True, editable=False)
    file_digest = models.CharField(max_length=64, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(null=True, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "CPD evidence"
        ordering: ClassVar = ["pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(~Q(url="") & Q(file=""))
                | (Q(url="") & ~Q(file="") & ~Q(file_digest="")),
                name="people_cpdevidence_file_or_link",
            ),
            models.UniqueConstraint(
                fields=["activity", "file_digest"],
                condition=~Q(file_digest=""),
                name="people_cpdevidence_file_once",
            ),
        ]

    def __str__(self) -> str:
        return f"CPD evidence {self.pk}"


class CpdBreak(models.Model):
    """Time away from work: no learning is asked for, and nobody is reminded."""

    technician = models.ForeignKey(Technician, on_delete=models.CASCADE, related_name="cpd_breaks")
    begins = models.DateField("first day away")
    ends = models.DateField("last day away")
    noted_on = models.DateField(default=timezone.localdate, editable=False)

    class Meta:
        ordering: ClassVar = ["-begins", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(begins__lte=F("ends")), name="people_cpdbreak_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"CPD break {self.pk}"


class CpdShareQuerySet(models.QuerySet["CpdShare"]):
    def open(self, on: date) -> Self:
        return self.filter(revoked_at__isnull=True, until__gte=on)


class CpdShare(models.Model):
    """A period of a log that its owner lets a register read, until a day.

    Until it is used it shows the log as it stands and can be taken back. Used, it holds the log as
    it was then, word for word, under a digest; after its last day the words go, the digest stays.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    technician = models.ForeignKey(Technician, on_delete=models.CASCADE, related_name="cpd_shares")
    begins = models.DateField()
    ends = models.DateField()
    with_whom = models.CharField(max_length=200)
    until = models.DateField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)
    content = models.TextField(blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = CpdShareQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(begins__lte=F("ends")) & ~Q(with_whom=""),
                name="people_cpdshare_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, digest="", content="")
                | (Q(used_at__isnull=False, revoked_at__isnull=True) & ~Q(digest="")),
                name="people_cpdshare_used_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"CPD share {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether those it is with may read it now."""
        return self.revoked_at is None and self.until >= timezone.localdate()

    @property
    def is_used(self) -> bool:
        return self.used_at is not None
