"""Who may, with orders."""

from typing import Any

from benchside.core.actions import Actor
from benchside.core.permissions import (
    Predicate,
    anybody,
    has_perm,
    holds_link,
    is_system,
    predicate,
)
from benchside.organisations import roles
from benchside.organisations.rules import member_with

_can_change_details = member_with(roles.CHANGE_DETAILS, "a lead, deputy or editor of the school")


@predicate("a lead, deputy or editor of the school")
def is_of_the_school(actor: Actor, subject: Any) -> bool:
    return subject.organisation_id is not None and _can_change_details(actor, subject)


can_order = anybody
can_pack: Predicate = has_perm("outreach.pack_orders", "somebody who packs orders")
holds_its_link = holds_link("order")
can_confirm = holds_its_link
can_change = holds_its_link
can_cancel = holds_its_link | is_of_the_school
can_forget = is_system
