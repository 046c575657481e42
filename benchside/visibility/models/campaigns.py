"""Campaigns, their days, and the schools that join in."""

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone

from benchside.organisations.enums import Nation, Region
from benchside.organisations.models import KnownPlace, Organisation
from benchside.visibility.enums import CampaignState, Phase, PledgeLetter, PledgeState

# Without 0, 1, I, L, O and U: nothing to mix up when read out, hardly a word to spell.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Eight signs: 30 to the power of 8. With a limit on tries nobody finds another's."""
    return "".join(secrets.choice(SIGNS) for _ in range(8))


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def public(self) -> "CampaignQuerySet":
        return self.exclude(state=CampaignState.DRAFT)


class Campaign(models.Model):
    """Something that is said together for a while, such as "thank a technician".

    `hashtags` are without `#`, parted by spaces. `code` lets anybody who has it send photographs.
    `short_words`, `long_words` and `newsletter_words` are for partners' own channels; where one is
    empty, `campaigns.messages` makes it from the rest.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    state = models.CharField(
        max_length=10, choices=CampaignState, default=CampaignState.DRAFT, editable=False
    )
    message = models.CharField("what it says", max_length=200)
    about = models.TextField(max_length=6000, blank=True)
    hashtags = models.CharField(max_length=120, blank=True)
    short_words = models.TextField("short post", max_length=280, blank=True)
    long_words = models.TextField("long post", max_length=1200, blank=True)
    newsletter_words = models.TextField("for a newsletter", max_length=2500, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_on", "slug"]
        default_permissions = ()
        permissions: ClassVar = [("run_campaign", "Can run campaigns, their days and contests")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="visibility_campaign_ends_after"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("visibility:campaign", args=[self.slug])

    @property
    def tags(self) -> list[str]:
        """Hashtags as they are typed."""
        return [f"#{word}" for word in self.hashtags.split()]


class CampaignDay(models.Model):
    """The day a campaign is kept in a year; schools and colleges pledge to join in.

    `programme` says what happens when on the day, a line each: "09:00 Assembly".
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    pledges_until = models.DateField()
    photos_until = models.DateField()
    programme = models.TextField("what happens when", max_length=1500, blank=True)
    thanked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-day"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "day"], name="visibility_day_once"),
            # Its address is /campaigns/<slug>/<year>/.
            models.UniqueConstraint(
                F("campaign"), ExtractYear("day"), name="visibility_day_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(pledges_until__lte=F("day")), name="visibility_day_pledges_before"
            ),
            models.CheckConstraint(
                condition=Q(photos_until__gte=F("day")), name="visibility_day_photos_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.day:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("visibility:campaign_day", args=[self.campaign.slug, self.year])

    @property
    def year(self) -> int:
        return self.day.year

    @property
    def in_words(self) -> str:
        return f"{self.day:%A %-d %B %Y}"

    @property
    def is_over(self) -> bool:
        return self.day < timezone.localdate()

    @property
    def takes_pledges(self) -> bool:
        is_open = self.campaign.state == CampaignState.OPEN
        return is_open and timezone.localdate() <= self.pledges_until


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def confirmed(self) -> "PledgeQuerySet":
        return self.filter(state=PledgeState.CONFIRMED)

    def shown(self) -> "PledgeQuerySet":
        """Those who let others see that they join in."""
        return self.confirmed().filter(is_shown=True)


class Pledge(models.Model):
    """A school or college that joins in a campaign day.

    `place` is the line of the real list, where there is one; `school` its name as shown. `code`
    is what its people type to send photographs of the day. `key`, signed, is the link to the
    school's own page. `easting` and `northing` are metres on the national grid, exact for a place
    of the list, else the middle of its postcode district.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.ForeignKey(CampaignDay, on_delete=models.CASCADE, related_name="pledges")
    state = models.CharField(
        max_length=10, choices=PledgeState, default=PledgeState.MADE, editable=False
    )
    school = models.CharField("school or college", max_length=200)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    nation = models.CharField(max_length=20, choices=Nation, blank=True)
    region = models.CharField(max_length=20, choices=Region, blank=True)
    phase = models.CharField(max_length=12, choices=Phase, blank=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    place = models.ForeignKey(
        KnownPlace, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="pledges"
    )
    is_shown = models.BooleanField("show us on the list", default=False)
    technicians = models.PositiveSmallIntegerField("how many technicians", null=True, blank=True)
    contact_name = models.CharField("your name", max_length=120, blank=True)
    contact_email = models.EmailField("your e-mail", blank=True)
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)
    wants_reminders = models.BooleanField("remind us by e-mail", default=True)
    note = models.CharField("note of the team", max_length=200, blank=True)
    followed_up_at = models.DateTimeField(null=True, editable=False)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["school", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "place"],
                condition=Q(state=PledgeState.CONFIRMED, place__isnull=False),
                name="visibility_pledge_once_a_school",
            ),
            models.CheckConstraint(
                condition=~Q(state=PledgeState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="visibility_pledge_confirmed_at",
            ),
        ]

    def __str__(self) -> str:
        return self.school


class PledgeMail(models.Model):
    """A letter that a school was sent: the row is made with the letter, so none goes twice."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=12, choices=PledgeLetter)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pledge", "kind"], name="visibility_letter_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.pledge}"


class KitCount(models.Model):
    """How often a piece of the kit was taken on a date. Nothing of whoever took it."""

    day = models.ForeignKey(CampaignDay, on_delete=models.CASCADE, related_name="kit_counts")
    piece = models.CharField(max_length=20)
    on = models.DateField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "piece", "on"], name="visibility_kit_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.piece} on {self.on}: {self.taken}"
