"""Who may keep an organisation's equipment, and say who runs it."""

from typing import Any

from benchside.core.actions import Actor
from benchside.core.permissions import predicate
from benchside.organisations import queries, roles, tree
from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Membership, Organisation
from benchside.organisations.queries import Seat
from benchside.organisations.rules import member_with
from benchside.people.rules import is_themselves

can_keep_all = member_with(roles.KEEP_EQUIPMENT, "a lead, deputy or editor")


def units_kept(seat: Seat) -> set[int]:
    """The units whose equipment somebody looks after as a champion, with all below them."""
    champions = [one for one in seat.memberships if _is_champion(one)]
    nodes = queries.nodes_of(seat.organisation) if champions else []
    return {pk for one in champions for pk in tree.with_all_below(one.unit_id or 0, nodes)}


@predicate("a lead, deputy or editor, or a champion of its unit")
def can_keep(actor: Actor, subject: Any) -> bool:
    """`subject` is an item, or anything with an organisation and a unit."""
    if actor.account is None:
        return False
    held = list(
        Membership.objects.live().filter(
            user_id=actor.account.pk,
            organisation_id=subject.organisation_id,
            organisation__state=OrganisationState.APPROVED,
        )
    )
    if any(one.role in roles.with_right(roles.KEEP_EQUIPMENT) for one in held):
        return True
    tops = [one.unit_id for one in held if _is_champion(one)]
    if not tops or subject.unit_id is None:
        return False
    nodes = queries.nodes_of(Organisation(pk=subject.organisation_id))
    return any(subject.unit_id in tree.with_all_below(top or 0, nodes) for top in tops)


def _is_champion(one: Membership) -> bool:
    return one.unit_id is not None and one.role in roles.with_right(roles.KEEP_UNIT_EQUIPMENT)


@predicate("whoever keeps the item, or the technician")
def can_say_runs(actor: Actor, subject: Any) -> bool:
    return is_themselves(actor, subject) or can_keep(actor, subject.equipment)


can_confirm_runs = is_themselves
