"""Ask somebody to take a role; take it back; let them in."""

from benchside.accounts import actions as accounts
from benchside.accounts.enums import Purpose
from benchside.accounts.models import User
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.permissions import Predicate
from benchside.organisations import queries, rules
from benchside.organisations.actions.members import lock, start
from benchside.organisations.enums import OF_A_UNIT, MemberRole
from benchside.organisations.models import Organisation, RoleInvitation, Unit
from benchside.organisations.wording import spoken


def invite(
    *,
    actor: Actor,
    sender: User,
    organisation: Organisation,
    email: str,
    role: str,
    unit: Unit | None = None,
) -> RoleInvitation:
    """Ask somebody by e-mail to take a role. Afterwards: the letter with its link.

    Leads alone ask for leads. Raises Denied; Refused when the same is open already, when the
    person holds the role, and when the unit does not fit the role.
    """
    may = rules.can_invite_lead if role == MemberRole.LEAD else rules.can_invite
    with acting("organisation.invite", actor=actor, subject=organisation, may=may) as act:
        _refuse_unfit(organisation, role, unit)
        if queries.holds_role(organisation, email, role, unit):
            raise Refused("This person holds that role already.")
        sent = accounts.invite(
            actor=SYSTEM,
            sender=sender,
            email=email,
            purpose=Purpose.ROLE,
            about=f"{organisation.pk}:{role}:{unit.pk if unit else ''}",
            offer=_words(organisation, role, unit),
        )
        asked = RoleInvitation.objects.create(
            invitation=sent, organisation=organisation, role=role, unit=unit
        )
        act.note(invitation=sent.pk, role=str(role), unit=unit.pk if unit else None)
    return asked


def resend(*, actor: Actor, asked: RoleInvitation) -> None:
    """Send the letter anew, for two more weeks. The link sent before works no longer."""
    with acting(
        "organisation.resend_invitation", actor=actor, subject=asked, may=_may(asked)
    ) as act:
        act.about(asked.organisation)
        accounts.resend_invitation(actor=SYSTEM, invitation=asked.invitation)
        act.note(invitation=asked.invitation_id)


def revoke(*, actor: Actor, asked: RoleInvitation) -> None:
    """Take it back: its link works no longer."""
    with acting(
        "organisation.revoke_invitation", actor=actor, subject=asked, may=_may(asked)
    ) as act:
        act.about(asked.organisation)
        accounts.revoke_invitation(actor=SYSTEM, invitation=asked.invitation)
        act.note(invitation=asked.invitation_id)


def take_up_role(*, actor: Actor, asked: RoleInvitation) -> None:
    """Begin the role of whoever holds the link of its letter.

    Raises Denied; Refused when organisation or unit has closed meanwhile.
    """
    with acting("membership.begin", actor=actor, subject=asked, may=rules.can_take_up_role) as act:
        organisation = lock(asked.organisation_id)
        act.about(organisation)
        if not organisation.is_open or (asked.unit and asked.unit.closed_on):
            raise Refused(
                f"{organisation.name} has closed what you were invited to.",
                "Ask whoever invited you.",
            )
        user = User.objects.get(person_id=str(actor.person_id))
        start(organisation.pk, user, asked.role, asked.unit)
        act.note(person=str(actor.person_id), role=str(asked.role), unit=asked.unit_id)


def _may(asked: RoleInvitation) -> Predicate:
    return rules.can_invite_lead if asked.role == MemberRole.LEAD else rules.can_invite


def _refuse_unfit(organisation: Organisation, role: str, unit: Unit | None) -> None:
    if (role in OF_A_UNIT) is (unit is None):
        raise Refused(
            "This role is of one unit." if unit is None else "This role is of the whole.",
            "Choose the unit." if unit is None else "Leave the unit out.",
        )
    if unit and (unit.organisation_id != organisation.pk or unit.closed_on):
        raise Refused("This unit is not open here.", "Choose another.")


def _words(organisation: Organisation, role: str, unit: Unit | None) -> str:
    where = f" for {unit.name}" if unit else ""
    return f"the role of {spoken(role)}{where} at {organisation.name}"
