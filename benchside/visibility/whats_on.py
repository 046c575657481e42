"""What is on and can be joined, for pages of other rooms: a campaign day, a competition, a tour.

The same for everybody. It changes with the clock too; the page cache keeps a page ten minutes.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from benchside.visibility.contests.enums import Phase
from benchside.visibility.contests.queries import public_competitions
from benchside.visibility.enums import CampaignState
from benchside.visibility.exhibitions.queries import public_exhibitions, tour
from benchside.visibility.models import CampaignDay

NEAR = datetime.timedelta(days=150)  # a school plans a term or two ahead
COMPETITIONS = 2


@dataclass(frozen=True, slots=True)
class Happening:
    """`when` heads the line as a label; `do` is what the link to `url` offers."""

    when: str
    title: str
    says: str
    do: str
    url: str


def happenings() -> Sequence[Happening]:
    """The nearest of each kind; empty when nothing is on."""
    return [*_day(), *_competitions(), *_stop()]


def _day() -> Iterator[Happening]:
    today = timezone.localdate()
    near = CampaignDay.objects.select_related("campaign").filter(
        campaign__state=CampaignState.OPEN, day__gte=today, day__lte=today + NEAR
    )
    day = near.order_by("day").first()
    if day is not None:
        yield Happening(
            when=f"{day.day:%-d %B %Y}",
            title=day.campaign.name,
            says=day.campaign.message,
            do="Join with your school" if day.takes_pledges else "See the day",
            url=day.get_absolute_url(),
        )


def _competitions() -> Iterator[Happening]:
    now = timezone.now()
    still_open = public_competitions().filter(opens_at__lte=now, closes_at__gt=now)
    for one in still_open.order_by("closes_at", "pk")[:COMPETITIONS]:
        if one.phase == Phase.OPEN:
            yield Happening(
                when=f"Until {timezone.localtime(one.closes_at):%-d %B %Y}",
                title=one.title,
                says=one.lead,
                do="See the competition",
                url=one.get_absolute_url(),
            )


def _stop() -> Iterator[Happening]:
    today = timezone.localdate()
    for one in public_exhibitions().prefetch_related("stops"):
        stops = tour(one.stops.all(), today)
        going = [stop for stop in (*stops.now, *stops.coming) if not stop.is_cancelled]
        if going:
            stop = going[0]
            on = f"Until {stop.ends_on:%-d %B %Y}" if stops.now else f"{stop.starts_on:%-d %B %Y}"
            yield Happening(
                when=on,
                title=one.title,
                says=f"{one.lead} At {stop.venue}, {stop.town}.",
                do="Where to see it",
                url=one.get_absolute_url(),
            )
            return
