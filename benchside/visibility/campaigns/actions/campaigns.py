"""The campaign team's verbs: campaigns, their days, and thanks afterwards."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.organisations.queries import leads_of
from benchside.visibility.campaigns import links
from benchside.visibility.campaigns.events import CAMPAIGN_CHANGED
from benchside.visibility.campaigns.rules import can_run, can_tidy
from benchside.visibility.campaigns.states import CAMPAIGNS
from benchside.visibility.enums import PledgeLetter
from benchside.visibility.models import Campaign, CampaignDay, Pledge, PledgeMail


def told(campaign_id: int) -> None:
    """Let pages of campaigns be made anew."""
    publish(CAMPAIGN_CHANGED.key, campaign_id=campaign_id)


def add_campaign(*, actor: Actor, values: Mapping[str, Any]) -> Campaign:
    """Begin one, as a draft. Raises Refused for an address that is taken."""
    with acting("campaign.add", actor=actor, subject=None, may=can_run) as act:
        campaign = Campaign(**values)
        _save(campaign, "Another campaign has this address.", "Give it another one.")
        act.about(campaign)
    return campaign


def change_campaign(*, actor: Actor, campaign: Campaign, values: Mapping[str, Any]) -> None:
    """Change words and dates. Afterwards: its pages leave the cache."""
    with acting("campaign.change", actor=actor, subject=campaign, may=can_run) as act:
        act.note(changed=_set(campaign, values))
        _save(campaign, "Another campaign has this address.", "Give it another one.")
        told(campaign.pk)


def open_campaign(*, actor: Actor, campaign: Campaign) -> None:
    """Put it before the public. Raises NeedsMore while nothing says what it is about."""
    with transaction.atomic():
        move(table=CAMPAIGNS, subject=campaign, verb="open", actor=actor)
        told(campaign.pk)


def close_campaign(*, actor: Actor, campaign: Campaign) -> None:
    """End it: nobody joins in any more, its pages stay."""
    with transaction.atomic():
        move(table=CAMPAIGNS, subject=campaign, verb="close", actor=actor)
        told(campaign.pk)


def reopen_campaign(*, actor: Actor, campaign: Campaign) -> None:
    with transaction.atomic():
        move(table=CAMPAIGNS, subject=campaign, verb="reopen", actor=actor)
        told(campaign.pk)


def add_day(*, actor: Actor, campaign: Campaign, values: Mapping[str, Any]) -> CampaignDay:
    """Give a campaign its day of a year. Raises Refused for a year that has one."""
    with acting("campaign_day.add", actor=actor, subject=None, may=can_run) as act:
        day = CampaignDay(campaign=campaign, **values)
        _save(day, "This campaign has a day in that year.", "Change that day.")
        act.about(day)
        told(campaign.pk)
    return day


def change_day(*, actor: Actor, day: CampaignDay, values: Mapping[str, Any]) -> None:
    with acting("campaign_day.change", actor=actor, subject=day, may=can_run) as act:
        act.note(changed=_set(day, values))
        _save(day, "This campaign has a day in that year.", "Change that day.")
        told(day.campaign_id)


def _set(record: Any, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, values[name])
    return changed


def _save(record: Campaign | CampaignDay, taken: str, remedy: str) -> None:
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        raise Refused(taken, remedy) from error


# --- thanks ---------------------------------------------------------------------------------------
def thank(*, actor: Actor, pledge: Pledge, schools: int, pictures: int) -> bool:
    """Write to whoever signed a school up, and to the leads of its organisation; once.

    Gives False where it was done before, or nobody can be written to. `schools` joined in, and
    `pictures` of this school are on the wall.
    """
    with acting("pledge.thank", actor=actor, subject=pledge, may=can_tidy) as act:
        to = _whom_to_thank(pledge)
        _, is_first = PledgeMail.objects.get_or_create(pledge=pledge, kind=PledgeLetter.THANKS)
        act.note(letters=len(to) if is_first else 0)
        if not is_first:
            return False
        for address in to:
            mail.send(
                "visibility/pledge_thanks",
                address,
                {
                    "school": pledge.school,
                    "campaign": pledge.day.campaign.name,
                    "day": pledge.day.day,
                    "schools": schools,
                    "pictures": pictures,
                    "link": links.whole_address_of(pledge),
                    "letter": links.whole_address_of(pledge, "letter"),
                },
            )
    return bool(to)


def _whom_to_thank(pledge: Pledge) -> list[str]:
    found = [pledge.contact_email] if pledge.contact_email else []
    if pledge.organisation is not None:
        found += [lead.email for lead in leads_of(pledge.organisation)]
    return list({address.casefold(): address for address in found}.values())


def finish_thanks(*, actor: Actor, day: CampaignDay) -> None:
    """All are thanked. Afterwards: the day's page says so."""
    with acting("campaign_day.thanked", actor=actor, subject=day, may=can_tidy):
        day.thanked_at = timezone.now()
        day.save(update_fields=["thanked_at"])
        told(day.campaign_id)
