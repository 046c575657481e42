"""Technicians asked to claim their records: one, some, or all who have a work address."""

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
