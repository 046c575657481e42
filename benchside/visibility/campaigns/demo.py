"""Campaigns in the demonstration: visibly made up, with a day to come and one gone by."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.organisations.enums import Region
from benchside.organisations.models import Organisation
from benchside.visibility.campaigns import actions
from benchside.visibility.enums import Phase, PledgeLetter, PledgeState
from benchside.visibility.models import Campaign, CampaignDay, Pledge, PledgeMail

NAME = "Made-Up Technicians’ Day"
ABOUT = (
    "Once a year, on a Friday in March, schools and colleges say thank you to the people who make "
    "things work: in labs, workshops, studios, kitchens, computer rooms and behind the stage.\n\n"
    "A class looks into the prep room. A head says thank you in assembly. A photograph of somebody "
    "at work goes up on the wall for all to see.\n\n"
    "This campaign is made up, to show what such a day looks like here. So are its schools and "
    "partners."
)
PROGRAMME = """\
08:30 Badges on: and the last posters up
09:00 Assembly: six slides, ten minutes
10:30 The first pictures: each is looked at before it is shown
12:00 Doors open: prep rooms, workshops and stages
15:00 Thank you: by name, and in front of others
16:30 The wall: all pictures of the day so far"""
WORDS = (
    "Nowhere", "Elsewhere", "Anywhere", "Yonder", "Overthere", "Madeup", "Notional", "Invented",
    "Fictional", "Imagined",
)  # fmt: skip
KINDS = (
    ("High School", Phase.SECONDARY),
    ("Academy", Phase.SECONDARY),
    ("Sixth Form College", Phase.COLLEGE),
    ("Primary School", Phase.PRIMARY),
)
AT_SEA = (680_000, 420_000)  # on the national grid, where no school stands
SHOWN, WAITING = 4, 9  # all but every fourth are shown; every ninth has not confirmed
PARTNERS = (
    ("Made-Up Union of Technicians", "2027-1", None),
    ("Made-Up Instruments Ltd", "2027-1", None),
    ("Made-Up Science Society", "2026-1", "past"),
)


@transaction.atomic
def create() -> None:
    """One campaign with two days, three partners and their schools; nothing where it is there."""
    team = User.objects.filter(email=f"campaigner{DEMONSTRATION_DOMAIN}").first()
    if team is None or Campaign.objects.filter(name=NAME).exists():
        return
    actor, day = Actor.of(team), friday_in_march(after=timezone.localdate())
    campaign = actions.add_campaign(actor=actor, values=_campaign(day))
    to_come = actions.add_day(actor=actor, campaign=campaign, values=_day(day))
    before = friday_in_march(after=day - datetime.timedelta(days=500))
    gone_by = actions.add_day(actor=actor, campaign=campaign, values=_day(before))
    actions.open_campaign(actor=actor, campaign=campaign)
    _partners(actor, campaign, day)
    _schools(gone_by, 20)
    _after(gone_by)
    _schools(to_come, 39)
    _own_school(to_come)


def friday_in_march(*, after: datetime.date) -> datetime.date:
    """The second Friday of the next March."""
    for year in (after.year, after.year + 1):
        first = datetime.date(year, 3, 1)
        friday = first + datetime.timedelta(days=(4 - first.weekday()) % 7 + 7)
        if friday > after:
            return friday
    raise AssertionError("every year has a March")


def _campaign(day: datetime.date) -> dict[str, Any]:
    return {
        "slug": "made-up-technicians-day",
        "name": NAME,
        "message": "They set up, mend and make safe. One day a year we all say so.",
        "about": ABOUT,
        "hashtags": "MADEUPTECHDAY ThankATechnician",
        "starts_on": day - datetime.timedelta(days=200),
        "ends_on": day + datetime.timedelta(days=30),
    }


def _day(day: datetime.date) -> dict[str, Any]:
    return {
        "day": day,
        "pledges_until": day,
        "photos_until": day + datetime.timedelta(days=14),
        "programme": PROGRAMME,
    }


def _partners(actor: Actor, campaign: Campaign, day: datetime.date) -> None:
    for name, version, is_past in PARTNERS:
        local = name.casefold().replace(" ", "-")
        partner = actions.add_partner(
            actor=actor,
            values={
                "name": name,
                "website": f"https://{local}.benchside.example/",
                "contact_name": "Pat Made-Up",
                "contact_email": f"pat{DEMONSTRATION_DOMAIN}",
            },
        )
        agreed = day - datetime.timedelta(days=600 if is_past else 150)
        actions.set_partnership(
            actor=actor,
            partner=partner,
            campaign=campaign,
            values={
                "terms": "Tells its members and readers; is named on the page and on posters.",
                "terms_version": version,
                "agreed_on": agreed,
                "shown_from": agreed,
                "shown_until": agreed + datetime.timedelta(days=300) if is_past else None,
            },
        )


def _schools(day: CampaignDay, count: int) -> None:
    """Names, towns and postcodes that there are not; they lie at sea."""
    made = timezone.make_aware(datetime.datetime.combine(day.day, datetime.time(9)))
    made = min(made - datetime.timedelta(days=60), timezone.now() - datetime.timedelta(days=1))
    regions = list(Region.values)
    Pledge.objects.bulk_create(
        _school(day, number, made - datetime.timedelta(hours=7 * number), regions)
        for number in range(count)
    )


def _school(day: CampaignDay, number: int, made: datetime.datetime, regions: list[str]) -> Pledge:
    kind, phase = KINDS[number % len(KINDS)]
    word, town = WORDS[number % len(WORDS)], WORDS[(number * 3 + 1) % len(WORDS)]
    region = regions[number * 5 % len(regions)]
    is_waiting = number % WAITING == WAITING - 1 and day.day >= timezone.localdate()
    nation = region if region in ("scotland", "wales", "northern-ireland") else "england"
    return Pledge(
        day=day,
        state=PledgeState.MADE if is_waiting else PledgeState.CONFIRMED,
        school=f"{word} {kind}{f' {number // 10 + 1}' if number >= 10 else ''}",
        town=f"{town}-on-Sea",
        postcode=f"ZZ{number % 9 + 1} {number % 9}ZZ",
        nation=nation,
        region=region,
        phase=phase,
        easting=AT_SEA[0] + number * 2_300 % 41_000,
        northing=AT_SEA[1] + number * 3_700 % 37_000,
        is_shown=number % SHOWN != SHOWN - 1,
        technicians=number * 5 % 9 + 1,
        contact_name="Edie Made-Up",
        contact_email=f"edie-{number}{DEMONSTRATION_DOMAIN}",
        made_at=made,
        confirmed_at=None if is_waiting else made + datetime.timedelta(hours=1),
    )


def _after(day: CampaignDay) -> None:
    """The schools of a day gone by were thanked, and whom to write to is forgotten."""
    PledgeMail.objects.bulk_create(
        PledgeMail(pledge=one, kind=PledgeLetter.THANKS) for one in day.pledges.all()
    )
    day.pledges.update(contact_name="", contact_email="")
    day.thanked_at = timezone.now()
    day.save(update_fields=["thanked_at"])


def _own_school(day: CampaignDay) -> None:
    """The made-up school of the house joins by its lead."""
    lead = User.objects.filter(email=f"school-lead{DEMONSTRATION_DOMAIN}").first()
    school = Organisation.objects.open().filter(name="Made-Up High School").first()
    if lead is None or school is None:
        return
    actions.pledge_for(
        actor=Actor.of(lead),
        user=lead,
        organisation=school,
        day=day,
        values={"technicians": 4, "is_shown": True},
    )
