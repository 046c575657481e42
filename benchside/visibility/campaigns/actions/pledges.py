"""A school joins in, looks after its pledge, and leaves; and what happens to it by the clock."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.organisations.models import Organisation
from benchside.organisations.queries import listed
from benchside.visibility.campaigns import links, places
from benchside.visibility.campaigns.actions.campaigns import told
from benchside.visibility.campaigns.rules import (
    can_keep,
    can_pledge,
    can_pledge_for,
    can_run,
    can_tidy,
)
from benchside.visibility.campaigns.states import PLEDGES
from benchside.visibility.enums import PledgeState
from benchside.visibility.models import CampaignDay, Pledge, PledgeMail

KEEP_CONTACT = datetime.timedelta(days=90)  # after the day
KEEP_UNCONFIRMED = datetime.timedelta(days=14)
MOST_LETTERS = 3  # to one address in a day, while nobody there has confirmed
NOT_NOW = ("This day takes no more schools.", "There will be another one.")
IN_ALREADY = (
    "This school has joined in already.",
    "Ask whoever signed it up for the link to its page, or have it sent to them again.",
)


def make_pledge(*, actor: Actor, day: CampaignDay, values: Mapping[str, Any]) -> Pledge | None:
    """Take in a school that wants to join in, and write to whoever says so.

    It counts, and is shown, once the link in that letter is used. Of several tries from one
    address the last one counts; after MOST_LETTERS in a day nothing is sent and None is given.
    Raises Refused when the day takes no more, or this school of the list is in already.
    """
    with acting("pledge.make", actor=actor, subject=None, may=can_pledge) as act:
        _refuse_when_late(day)
        _refuse_when_in(day, values.get("place"))
        if _is_too_much(values["contact_email"]):
            act.about(day)
            act.note(letter=False)
            return None
        pledge = Pledge(day=day, **values)
        places.locate(pledge)
        pledge.save()
        act.about(pledge)
        _send_link(pledge, "visibility/pledge_confirm")
    return pledge


def pledge_for(
    *,
    actor: Actor,
    user: User,
    organisation: Organisation,
    day: CampaignDay,
    values: Mapping[str, Any],
) -> Pledge:
    """An organisation of the house joins in by somebody who may speak for it: confirmed at once.

    Raises Denied, and Refused when the day takes no more or it is in already.
    """
    with acting("pledge.make_for", actor=actor, subject=organisation, may=can_pledge_for) as act:
        _refuse_when_late(day)
        place = listed(organisation)
        if day.pledges.confirmed().filter(organisation=organisation).exists():
            raise Refused(*IN_ALREADY)
        pledge = Pledge(
            day=day,
            organisation=organisation,
            place=place,
            school=organisation.name,
            town=organisation.town,
            nation=organisation.nation,
            contact_name=user.get_full_name()[:120],
            contact_email=user.email,
            state=PledgeState.CONFIRMED,
            confirmed_at=timezone.now(),
            **values,
        )
        places.locate(pledge)
        act.note(day=day.pk)
        try:
            with transaction.atomic():
                pledge.save()
        except IntegrityError as error:
            raise Refused(*IN_ALREADY) from error
        told(day.campaign_id)
    return pledge


def confirm_pledge(*, actor: Actor, pledge: Pledge) -> None:
    """The link in the letter was used, and the button pressed. Afterwards: the school is counted.

    Raises NoSuchMove when it is confirmed or has left, Refused when another of its people was
    first.
    """
    try:
        with transaction.atomic():
            move(table=PLEDGES, subject=pledge, verb="confirm", actor=actor)
            _drop_other_tries(pledge)
            told(pledge.day.campaign_id)
    except IntegrityError as error:  # one school of the list, one confirmed pledge
        pledge.refresh_from_db(fields=["state", "confirmed_at"])
        raise Refused(*IN_ALREADY) from error


def change_pledge(*, actor: Actor, pledge: Pledge, values: Mapping[str, Any]) -> None:
    """Change what a school said of itself: how many technicians, shown on the list, reminders."""
    with acting("pledge.change", actor=actor, subject=pledge, may=can_keep) as act:
        act.note(changed=[name for name, new in values.items() if getattr(pledge, name) != new])
        for name, new in values.items():
            setattr(pledge, name, new)
        pledge.save(update_fields=[*values])
        told(pledge.day.campaign_id)


def stop_reminders(*, actor: Actor, pledge: Pledge) -> None:
    with acting("pledge.stop_reminders", actor=actor, subject=pledge, may=can_keep):
        pledge.wants_reminders = False
        pledge.save(update_fields=["wants_reminders"])


def leave(*, actor: Actor, pledge: Pledge) -> None:
    """Take a school out. Whom to write to is forgotten at once; its photographs stay its own.

    Afterwards: its code and its link no longer work, and lists are made anew.
    """
    with transaction.atomic():
        move(
            table=PLEDGES,
            subject=pledge,
            verb="leave",
            actor=actor,
            columns={"contact_name": "", "contact_email": "", "note": "", "is_shown": False},
        )
        told(pledge.day.campaign_id)


def send_link_again(*, actor: Actor, day: CampaignDay, email: str) -> None:
    """Send the links of all pledges of an address to that address. Whether there are any is told
    to nobody else."""
    with acting("pledge.send_link", actor=actor, subject=day, may=can_pledge) as act:
        found = list(
            day.pledges.filter(contact_email__iexact=email)
            .exclude(state=PledgeState.LEFT)
            .select_related("day__campaign")[:MOST_LETTERS]
        )
        act.note(links=len(found))
        for pledge in found:
            _send_link(pledge, "visibility/pledge_link")


def follow_up(*, actor: Actor, pledge: Pledge, note: str, write: bool) -> None:
    """The team has been in touch: keep its note, and where it says so, send the link again."""
    with acting("pledge.follow_up", actor=actor, subject=pledge, may=can_run) as act:
        pledge.note, pledge.followed_up_at = note, timezone.now()
        pledge.save(update_fields=["note", "followed_up_at"])
        is_sent = write and bool(pledge.contact_email) and pledge.state != PledgeState.LEFT
        act.note(letter=is_sent)
        if is_sent:
            is_new = pledge.state == PledgeState.MADE
            _send_link(pledge, f"visibility/pledge_{'confirm' if is_new else 'link'}")


# --- by the clock ---------------------------------------------------------------------------------
def remind(*, actor: Actor, pledge: Pledge, kind: str) -> bool:
    """Send one reminder, once. Gives False where it had been sent."""
    with acting("pledge.remind", actor=actor, subject=pledge, may=can_tidy) as act:
        _, is_first = PledgeMail.objects.get_or_create(pledge=pledge, kind=kind)
        act.note(kind=kind, sent=is_first)
        if is_first:
            mail.send(
                "visibility/pledge_reminder",
                pledge.contact_email,
                {**_said(pledge), "kind": kind, "stop": links.whole_address_of(pledge, "stop")},
            )
    return is_first


def forget_contacts(*, actor: Actor) -> int:
    """Blank whom to write to, KEEP_CONTACT after the day; gives of how many."""
    before = timezone.localdate() - KEEP_CONTACT
    held = Pledge.objects.filter(day__day__lt=before).exclude(
        contact_name="", contact_email="", note=""
    )
    count = 0
    for pledge in held.select_related("day"):
        with acting("pledge.forget_contact", actor=actor, subject=pledge, may=can_tidy):
            pledge.contact_name = pledge.contact_email = pledge.note = ""
            pledge.save(update_fields=["contact_name", "contact_email", "note"])
        count += 1
    return count


def forget_unconfirmed(*, actor: Actor) -> int:
    """Delete what nobody confirmed within KEEP_UNCONFIRMED; gives how many."""
    before = timezone.now() - KEEP_UNCONFIRMED
    count = 0
    for pledge in Pledge.objects.filter(state=PledgeState.MADE, made_at__lt=before):
        with acting("pledge.forget", actor=actor, subject=pledge, may=can_tidy) as act:
            number = pledge.pk
            pledge.delete()
            pledge.pk = number
            act.about(pledge)
        count += 1
    return count


# --- shared ---------------------------------------------------------------------------------------
def _refuse_when_late(day: CampaignDay) -> None:
    if not day.takes_pledges:
        raise Refused(*NOT_NOW)


def _refuse_when_in(day: CampaignDay, place: Any) -> None:
    if place is not None and day.pledges.confirmed().filter(place=place).exists():
        raise Refused(*IN_ALREADY)


def _drop_other_tries(pledge: Pledge) -> None:
    """Somebody who sent the form twice meant one school."""
    pledge.day.pledges.filter(
        state=PledgeState.MADE, school=pledge.school, contact_email__iexact=pledge.contact_email
    ).delete()


def _is_too_much(email: str) -> bool:
    """An address is not written to again and again by somebody who is not there."""
    since = timezone.now() - datetime.timedelta(days=1)
    waiting = Pledge.objects.filter(
        contact_email__iexact=email, state=PledgeState.MADE, made_at__gte=since
    )
    return waiting.count() >= MOST_LETTERS


def _send_link(pledge: Pledge, letter: str) -> None:
    mail.send(letter, pledge.contact_email, _said(pledge))


def _said(pledge: Pledge) -> dict[str, Any]:
    return {
        "school": pledge.school,
        "campaign": pledge.day.campaign.name,
        "day": pledge.day.day,
        "link": links.whole_address_of(pledge),
    }
