"""Campaigns with a day, schools that join in, and somebody of the team."""

import datetime
from typing import Any

from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.visibility.campaigns import links
from benchside.visibility.enums import CampaignState, PledgeState
from benchside.visibility.models import Campaign, CampaignDay, Pledge
from tests.factories.desk import person

AHEAD = datetime.timedelta(days=60)


def a_campaigner(name: str = "Cara") -> User:
    return person(name, "Campaign team", is_staff=True)


def team(name: str = "Cara") -> Actor:
    return Actor.of(a_campaigner(name))


def a_campaign(slug: str = "made-up-day", **fields: Any) -> Campaign:
    today = timezone.localdate()
    values = {
        "name": "Made-Up Day",
        "state": CampaignState.OPEN,
        "message": "They make it happen.",
        "about": "A day to say thank you.",
        "hashtags": "MADEUPDAY ThankThem",
        "starts_on": today - AHEAD,
        "ends_on": today + 2 * AHEAD,
    }
    return Campaign.objects.create(slug=slug, **{**values, **fields})


def a_day(
    campaign: Campaign | None = None, day: datetime.date | None = None, **fields: Any
) -> CampaignDay:
    day = day or timezone.localdate() + AHEAD
    values = {
        "campaign": campaign or a_campaign(),
        "day": day,
        "pledges_until": day,
        "photos_until": day + datetime.timedelta(days=14),
        "programme": "09:00 Assembly: show the slides\n15:00 Thank you",
    }
    return CampaignDay.objects.create(**{**values, **fields})


def a_pledge(day: CampaignDay, school: str = "Northmoor High School", **fields: Any) -> Pledge:
    """One that was confirmed long ago, unless `state` says otherwise."""
    long_ago = timezone.now() - datetime.timedelta(days=100)
    values: dict[str, Any] = {
        "state": PledgeState.CONFIRMED,
        "town": "Northmoor",
        "contact_name": "Nora Invented",
        "contact_email": "nora@school.example",
        "made_at": long_ago,
        "confirmed_at": long_ago,
        "is_shown": True,
    }
    if fields.get("state") == PledgeState.MADE:
        values |= {"confirmed_at": None, "made_at": timezone.now()}
    return Pledge.objects.create(day=day, school=school, **{**values, **fields})


def page_of(pledge: Pledge, page: str = "mine", *rest: str) -> str:
    return links.address_of(pledge, page, *rest)
