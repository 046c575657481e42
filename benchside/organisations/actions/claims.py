"""Technicians asked to claim their records: one, some, or all who have a work address."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from benchside.accounts import actions as accounts
from benchside.accounts.models import User
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.models import TaskProgress
from benchside.core.tasks import enqueue_watched
from benchside.organisations import staff_queries, tasks
from benchside.organisations.models import Employment, Organisation
from benchside.organisations.staff_rules import can_keep_list
from benchside.people import actions as people
from benchside.people.models import ClaimInvitation


def invite_to_claim(*, actor: Actor, sender: User, employment: Employment) -> ClaimInvitation:
    """Send one technician the letter. Raises Denied; Refused as `people.actions.offer_record`."""
    organisation = employment.organisation
    with acting("claim.invite", actor=actor, subject=organisation, may=can_keep_list) as act:
        if employment.left_on is not None:
            raise Refused("They have left.", "Their record is theirs to begin.")
        asked = people.offer_record(
            actor=SYSTEM,
            sender=sender,
            technician=employment.technician,
            known_at=organisation.name,
        )
        act.note(employment=employment.pk)
    return asked


def invite_some_to_claim(
    *, actor: Actor, sender: User, employments: Iterable[Employment]
) -> tuple[int, list[str]]:
    """Send each the letter: how many went, and of the others who and why not. Raises Denied."""
    sent, refused = 0, []
    for one in employments:
        try:
            invite_to_claim(actor=actor, sender=sender, employment=one)
            sent += 1
        except Refused as why:
            refused.append(f"{one.technician}: {why}")
    return sent, refused


def invite_all_to_claim(
    *, actor: Actor, sender: User, organisation: Organisation, then: str
) -> TaskProgress:
    """Begin to write to everybody who was not asked yet, as a task to be watched.

    Raises Denied; Refused when there is nobody to ask.
    """
    with acting("claim.invite_all", actor=actor, subject=organisation, may=can_keep_list) as act:
        waiting = staff_queries.to_invite(organisation).count()
        if not waiting:
            raise Refused("Everybody with a work address has been asked.", "Nothing was sent.")
        act.note(people=waiting)
        return enqueue_watched(
            tasks.invite_technicians,
            organisation.pk,
            sender.pk,
            title=f"Writing to {waiting} technician{'' if waiting == 1 else 's'}",
            owner=actor.person_id,
            then=then,
        )


class Slip(NamedTuple):
    """What stands on one sheet of paper; `code` is told this once."""

    name: str
    title: str
    unit: str
    code: str


def print_codes(
    *, actor: Actor, sender: User, organisation: Organisation, employments: Iterable[Employment]
) -> tuple[list[Slip], list[str]]:
    """A code on paper for each, to be handed to them, and of the others who and why not.

    What was printed for somebody before works no longer. Raises Denied.
    """
    slips, refused = [], []
    with acting("claim.print", actor=actor, subject=organisation, may=can_keep_list) as act:
        for one in employments:
            try:
                slips.append(_slip(sender, one))
            except Refused as why:
                refused.append(f"{one.technician}: {why}")
        act.note(people=len(slips))
    return slips, refused


def _slip(sender: User, one: Employment) -> Slip:
    if one.left_on is not None:
        raise Refused("They have left.", "Their record is theirs to begin.")
    with transaction.atomic():
        code = people.offer_on_paper(
            actor=SYSTEM, sender=sender, technician=one.technician, known_at=one.organisation.name
        )
    post = one.posts.filter(ended_on=None).select_related("unit").order_by("-is_main", "pk").first()
    unit = post.unit.name if post and post.unit else ""
    return Slip(str(one.technician), post.title if post else "", unit, code)


def resend_claim(*, actor: Actor, organisation: Organisation, asked: ClaimInvitation) -> None:
    """Send the letter anew, for two more weeks. Raises Denied, Refused."""
    with acting("claim.resend", actor=actor, subject=organisation, may=can_keep_list) as act:
        accounts.resend_invitation(actor=SYSTEM, invitation=asked.invitation)
        act.note(claim=asked.pk)


def revoke_claim(*, actor: Actor, organisation: Organisation, asked: ClaimInvitation) -> None:
    """Take the letter back: its link works no longer. Raises Denied, Refused."""
    with acting("claim.revoke", actor=actor, subject=organisation, may=can_keep_list) as act:
        accounts.revoke_invitation(actor=SYSTEM, invitation=asked.invitation)
        act.note(claim=asked.pk)
