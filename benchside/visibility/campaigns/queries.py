"""What can be asked of campaigns: the public's questions, a school's own, and the team's."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from benchside.organisations.models import Organisation
from benchside.visibility.campaigns import links, plan
from benchside.visibility.campaigns.near import FARTHEST, METRES_A_MILE, Neighbour, Spot, nearest
from benchside.visibility.enums import CampaignState, PledgeLetter, PledgeState
from benchside.visibility.models import (
    Campaign,
    CampaignDay,
    KitCount,
    Partnership,
    Photo,
    Pledge,
    PledgeMail,
)

NEAR = 12  # schools shown as near another
REACH = int(FARTHEST * METRES_A_MILE)


# --- the public's -------------------------------------------------------------------------------
def public_campaigns() -> QuerySet[Campaign]:
    """Newest first, each with its days at hand."""
    return Campaign.objects.public().prefetch_related("days")


def public_campaign(slug: str) -> Campaign:
    """Raises Http404 for a draft and for none."""
    found = public_campaigns().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def public_day(slug: str, year: int) -> CampaignDay:
    """A day of a campaign that is before the public. Raises Http404."""
    days = CampaignDay.objects.select_related("campaign").exclude(
        campaign__state=CampaignState.DRAFT
    )
    found = days.filter(campaign__slug=slug, day__year=year).first()
    if found is None:
        raise Http404
    return found


def next_day(campaign: Campaign) -> CampaignDay | None:
    """The day to come, else the one that was last. Asks nothing when the days are at hand."""
    days = sorted(campaign.days.all(), key=lambda one: one.day)
    today = timezone.localdate()
    to_come = [one for one in days if one.day >= today]
    return to_come[0] if to_come else days[-1] if days else None


def shown_partners(campaign: Campaign) -> list[Partnership]:
    """Partners whose permission holds today, with their logos."""
    found = campaign.partnerships.shown_on(timezone.localdate())  # type: ignore[attr-defined]
    return list(
        found.select_related("partner__logo", "partner__organisation").prefetch_related(
            "partner__logo__renditions"
        )
    )


def schools_in(day: CampaignDay) -> int:
    """How many schools join in: one of the list counts once, however many of its people signed."""
    return day.pledges.confirmed().count()  # type: ignore[attr-defined]


def shown_schools(day: CampaignDay, words: str = "") -> QuerySet[Pledge]:
    """Those who said that they may be shown, by name; `words` narrow by name, town, postcode."""
    found = day.pledges.shown()  # type: ignore[attr-defined]
    for word in words.split():
        found = found.filter(
            Q(school__icontains=word) | Q(town__icontains=word) | Q(postcode__istartswith=word)
        )
    return found.order_by("school", "pk")


def newest_photos(day: CampaignDay, limit: int = 12) -> list[Photo]:
    """Approved photographs of a day's campaign and year, newest first, with their renditions."""
    found = Photo.objects.public().filter(
        campaign=day.campaign_id, received_at__year=day.year, picture__isnull=False
    )
    return list(
        found.order_by("-approved_at", "-pk")
        .select_related("picture")
        .prefetch_related("picture__renditions")[:limit]
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """What a day came to. `technicians` as schools said it, not yet made safe to show."""

    schools: int
    pictures: int
    technicians: int
    nations: int


def figures_of(day: CampaignDay) -> Figures:
    said = day.pledges.confirmed().aggregate(  # type: ignore[attr-defined]
        schools=Count("pk"),
        technicians=Sum("technicians"),
        nations=Count("nation", distinct=True, filter=~Q(nation="")),
    )
    pictures = Photo.objects.public().filter(campaign=day.campaign_id, received_at__year=day.year)
    return Figures(
        schools=said["schools"],
        pictures=pictures.count(),
        technicians=said["technicians"] or 0,
        nations=said["nations"],
    )


# --- a school's own -----------------------------------------------------------------------------
def pledge_of(slug: str, year: int, token: str) -> Pledge:
    """The pledge a link opens. Raises Http404 for a forged one, one that left, another day's."""
    key = links.read(token)
    found = _with_day().filter(key=key).first() if key else None
    if found is None or found.day.campaign.slug != slug or found.day.year != year:
        raise Http404
    return found


def _with_day() -> QuerySet[Pledge]:
    return Pledge.objects.exclude(state=PledgeState.LEFT).select_related(
        "day__campaign", "organisation"
    )


def pledge_with_key(key: uuid.UUID) -> Pledge | None:
    return _with_day().filter(key=key).first()


@dataclass(frozen=True, slots=True)
class NearSchool:
    pledge: Pledge
    near: Neighbour


def near(pledge: Pledge, limit: int = NEAR) -> list[NearSchool]:
    """Shown schools near this one, nearest first."""
    here = spot_of(pledge)
    found = pledge.day.pledges.shown().filter(_might_be_near(pledge))  # type: ignore[attr-defined]
    others = {one.pk: one for one in found.exclude(pk=pledge.pk)}
    neighbours = nearest(here, map(spot_of, others.values()), limit=limit)
    return [NearSchool(others[one.id], one) for one in neighbours]


def spot_of(pledge: Pledge) -> Spot:
    return Spot(
        id=pledge.pk,
        easting=pledge.easting,
        northing=pledge.northing,
        postcode=pledge.postcode,
        town=pledge.town,
    )


def _might_be_near(pledge: Pledge) -> Q:
    """Leave to the database what is certainly too far; whoever has no point may be near by name."""
    if pledge.easting is None or pledge.northing is None:
        return Q()
    east, north = pledge.easting, pledge.northing
    return Q(easting__isnull=True) | Q(
        easting__range=(max(east - REACH, 0), east + REACH),
        northing__range=(max(north - REACH, 0), north + REACH),
    )


def pictures_of(pledge: Pledge) -> int:
    return Photo.objects.public().filter(pledge=pledge).count()


# --- an organisation's ----------------------------------------------------------------------------
def open_days() -> QuerySet[CampaignDay]:
    """Days of open campaigns that are still to come, soonest first."""
    return (
        CampaignDay.objects.filter(
            campaign__state=CampaignState.OPEN, day__gte=timezone.localdate()
        )
        .select_related("campaign")
        .order_by("day")
    )


def days_not_joined(organisation_id: int) -> QuerySet[CampaignDay]:
    joined = Pledge.objects.confirmed().filter(organisation=organisation_id)
    return open_days().exclude(pk__in=joined.values("day"))


def pledges_of(organisation: Organisation) -> list[Pledge]:
    found = organisation.pledges.confirmed().select_related("day__campaign")  # type: ignore[attr-defined]
    return list(found.order_by("-day__day"))


# --- by the clock ---------------------------------------------------------------------------------
def days_to_remind(today: datetime.date) -> QuerySet[CampaignDay]:
    farthest = max(before for _, before in plan.REMINDERS)
    return CampaignDay.objects.filter(
        campaign__state=CampaignState.OPEN,
        day__range=(today, today + datetime.timedelta(days=farthest)),
    ).select_related("campaign")


def to_remind(day: CampaignDay, kind: str) -> QuerySet[Pledge]:
    """Who wants reminders, has not had this one, and joined before it was due."""
    was_sent = PledgeMail.objects.filter(pledge=OuterRef("pk"), kind=kind)
    due_on = plan.due_on(day.day, kind)
    found = day.pledges.confirmed()  # type: ignore[attr-defined]
    return (
        found.filter(~Exists(was_sent), wants_reminders=True, confirmed_at__date__lt=due_on)
        .exclude(contact_email="")
        .select_related("day__campaign")
    )


def to_thank(day: CampaignDay) -> QuerySet[Pledge]:
    was_sent = PledgeMail.objects.filter(pledge=OuterRef("pk"), kind=PledgeLetter.THANKS)
    found = day.pledges.confirmed()  # type: ignore[attr-defined]
    return found.filter(~Exists(was_sent)).select_related("day__campaign", "organisation")


def pictures_by_pledge(day: CampaignDay) -> dict[int, int]:
    rows = Photo.objects.public().filter(pledge__day=day).order_by()
    return dict(rows.values("pledge").annotate(n=Count("pk")).values_list("pledge", "n"))


# --- the team's -----------------------------------------------------------------------------------
SORTS = {
    "school": ("school", "pk"),
    "town": ("town", "school", "pk"),
    "state": ("state", "school", "pk"),
    "region": ("region", "school", "pk"),
    "technicians": (F("technicians").asc(nulls_first=True), "school", "pk"),
    "made": ("made_at", "pk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the team's list is asked for. `sort` is a key of SORTS, with "-" before it reversed."""

    words: str = ""
    state: str = ""
    region: str = ""
    phase: str = ""
    untouched: bool = False
    sort: str = "-made"


def pledges(day: CampaignDay, wanted: Wanted) -> QuerySet[Pledge]:
    found = day.pledges.select_related("day__campaign", "organisation")
    for name in ("state", "region", "phase"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.untouched:
        found = found.filter(followed_up_at__isnull=True)
    for word in wanted.words.split():
        found = found.filter(
            Q(school__icontains=word)
            | Q(town__icontains=word)
            | Q(postcode__istartswith=word)
            | Q(contact_name__icontains=word)
            | Q(contact_email__icontains=word)
        )
    found = found.order_by(*SORTS[wanted.sort.removeprefix("-")])
    return found.reverse() if wanted.sort.startswith("-") else found


def all_campaigns() -> QuerySet[Campaign]:
    return Campaign.objects.prefetch_related("days").annotate(
        partners=Count("partnerships", distinct=True)
    )


def pledge_counts(days: Iterable[CampaignDay]) -> dict[int, dict[str, int]]:
    """By day, how many pledges are in each state."""
    rows = Pledge.objects.filter(day__in=[one.pk for one in days]).order_by()
    found: dict[int, dict[str, int]] = {}
    for day, state, count in rows.values_list("day", "state").annotate(n=Count("pk")):
        found.setdefault(day, {})[state] = count
    return found


def kit_taken(day: CampaignDay) -> dict[str, int]:
    """By piece, how often the kit of a day was taken."""
    rows = KitCount.objects.filter(day=day).order_by().values("piece").annotate(n=Sum("taken"))
    return {row["piece"]: row["n"] for row in rows}


def returning(day: CampaignDay) -> int:
    """Confirmed schools that were in on an earlier day of the campaign: of the list, or an
    organisation; a name that was typed proves nothing."""
    before = Pledge.objects.confirmed().filter(day__campaign=day.campaign_id, day__day__lt=day.day)
    again = Q(place__in=before.filter(place__isnull=False).values("place")) | Q(
        organisation__in=before.filter(organisation__isnull=False).values("organisation")
    )
    return day.pledges.confirmed().filter(again).count()  # type: ignore[attr-defined]


def counted_by(day: CampaignDay, field: str) -> dict[str, int]:
    """Confirmed schools by "nation", "region" or "phase"; an empty key for those unknown."""
    rows = day.pledges.confirmed().order_by().values(field)  # type: ignore[attr-defined]
    found: list[dict[str, Any]] = list(rows.annotate(n=Count("pk")))
    return {row[field]: row["n"] for row in found}
