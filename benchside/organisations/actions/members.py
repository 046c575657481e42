"""End what somebody is in an organisation; the lock under which leads come and go."""

import uuid

from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused, acting
from benchside.organisations import rules
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Membership, Organisation, Unit


def lock(organisation_id: int) -> Organisation:
    """Hold the organisation until the transaction ends: members and units change one by one."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


def end_membership(*, actor: Actor, membership: Membership) -> None:
    """End one role of one person, today. What they did stays under their name.

    A lead's role is ended by a lead, or by themselves. Raises Denied; Refused for one that has
    ended, and for the last lead: somebody must stay in charge, so they hand over instead.
    """
    may = rules.can_end_lead if membership.role == MemberRole.LEAD else rules.can_end_membership
    may |= rules.is_holder
    with acting("membership.end", actor=actor, subject=membership, may=may) as act:
        organisation = lock(membership.organisation_id)
        act.about(organisation)
        refuse_last_lead(membership)
        if not end([membership]):
            raise Refused("This role has ended already.")
        act.note(**said_of(membership))


def refuse_last_lead(membership: Membership) -> None:
    """Under the lock of the organisation. Raises Refused for the only lead there is."""
    if membership.role != MemberRole.LEAD:
        return
    others = Membership.objects.leads().filter(organisation=membership.organisation_id)
    if not others.exclude(user_id=membership.user_id).exists():
        raise Refused(
            "This is the only lead. Somebody must be in charge.",
            "Hand over to somebody first: that moves everything in one act.",
        )


def end(memberships: list[Membership]) -> int:
    """Set the last day of those still live; returns how many there were."""
    live = Membership.objects.live().filter(pk__in=[one.pk for one in memberships])
    return live.update(ended_on=timezone.localdate())


def start(organisation_id: int, user: User, role: str, unit: Unit | None = None) -> bool:
    """Give a role from today; False when the person holds it already. Under the lock."""
    live = Membership.objects.live().filter(organisation=organisation_id, user=user, role=role)
    if live.filter(unit=unit).exists():
        return False
    Membership.objects.create(organisation_id=organisation_id, user=user, role=role, unit=unit)
    return True


def said_of(membership: Membership) -> dict[str, str | int | None]:
    """What an audit event says of a role: plain values and opaque ids."""
    person: uuid.UUID = membership.user.person_id
    return {"person": str(person), "role": str(membership.role), "unit": membership.unit_id}
