"""By which door a photograph comes in: a school's code, a campaign's code, or one's own space."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from benchside.core.actions import Refused
from benchside.organisations.models import Organisation
from benchside.visibility.enums import CampaignState, PledgeState
from benchside.visibility.models import Campaign, Photo, Pledge
from benchside.visibility.models.campaigns import SIGNS

CODE_SIGNS = 8
# A day's photographs by one code. A school has a hall full of phones; nobody has more than these.
MOST_A_DAY = {"school": 500, "campaign": 20_000}


class NoDoor(Refused):
    """A code nobody has, or one that is not open now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Whose a photograph is, and by which code it was let in; all empty for one's own space."""

    campaign: Campaign | None = None
    pledge: Pledge | None = None
    organisation: Organisation | None = None
    code: str = ""
    closes_on: date | None = None

    @property
    def school(self) -> str:
        return self.pledge.school if self.pledge else ""

    @property
    def name(self) -> str:
        """Whose code it is, as the sender knows them."""
        return self.school or (self.campaign.name if self.campaign else "")


OWN = Door()


def read_code(typed: str) -> str:
    """A code as it is kept, from what was typed. Raises NoDoor for what can be none."""
    code = "".join(typed.upper().split()).replace("-", "")
    if len(code) != CODE_SIGNS or set(code) - set(SIGNS):
        raise NoDoor(
            "This is not one of our codes.",
            f"A code has {CODE_SIGNS} letters and numbers. Look at your poster or e-mail.",
        )
    return code


def find(typed: str) -> Door:
    """The door a code opens today. Raises NoDoor with what to do."""
    code = read_code(typed)
    pledges = Pledge.objects.select_related("day__campaign", "organisation")
    if pledge := pledges.filter(code=code, state=PledgeState.CONFIRMED).first():
        day = pledge.day
        _check_open(day.campaign, day.photos_until)
        return Door(
            campaign=day.campaign, pledge=pledge, organisation=pledge.organisation, code=code,
            closes_on=day.photos_until,
        )  # fmt: skip
    if campaign := Campaign.objects.filter(code=code).first():
        _check_open(campaign, campaign.ends_on, campaign.starts_on)
        return Door(campaign=campaign, code=code, closes_on=campaign.ends_on)
    raise NoDoor(
        "Nobody has this code.", "Check each letter and number, or ask whoever gave it to you."
    )


def check_room(door: Door) -> None:
    """Raises NoDoor when a code has let in as many photographs today as anybody needs."""
    since = timezone.now() - timedelta(days=1)
    today = Photo.objects.filter(received_at__gte=since)
    if door.pledge:
        taken, most = today.filter(pledge=door.pledge).count(), MOST_A_DAY["school"]
    elif door.campaign:
        taken, most = today.filter(campaign=door.campaign).count(), MOST_A_DAY["campaign"]
    else:
        return
    if taken >= most:
        raise NoDoor(
            "Very many photographs came with this code today.",
            "Your picture is still on your phone. Send it tomorrow.",
        )


def _check_open(campaign: Campaign, until: date, since: date | None = None) -> None:
    today = timezone.localdate()
    if today > until or campaign.state == CampaignState.OVER:
        raise NoDoor(
            f"The time for photographs was over on {until:%-d %B %Y}.",
            "You can still look at the wall.",
        )
    if campaign.state == CampaignState.DRAFT or (since and today < since):
        raise NoDoor("This code does not work yet.", "Try again on the day.")
