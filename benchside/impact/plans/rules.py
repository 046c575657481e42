"""Who may, with action plans. A subject is the plan, one of its actions, or the organisation."""

from typing import Any

from benchside.core.actions import Actor
from benchside.core.permissions import holds_link, is_system, predicate
from benchside.impact.models import Action
from benchside.organisations import roles
from benchside.organisations import rules as organisations
from benchside.organisations.rules import member_with

LINK = "action"  # what the link of a reminder opens: one action


@predicate("its owner")
def is_owner(actor: Actor, action: Any) -> bool:
    if actor.account is None or action.owner_id != actor.account.pk:
        return False
    return organisations.can_see(actor, action)


@predicate("somebody who does it")
def is_contributor(actor: Actor, action: Action) -> bool:
    if actor.account is None or not organisations.can_see(actor, action):
        return False
    return action.contributors.filter(pk=actor.account.pk).exists()


can_see = organisations.can_see | is_system
can_keep = member_with(roles.KEEP_PLAN, "a lead or deputy") | is_system
can_agree = can_keep | member_with(roles.STEER, "a member of the steering group")
# Whoever does an action says how it goes, from the workspace or by the link of a reminder.
can_deliver = can_keep | is_owner | is_contributor
can_say = can_deliver | holds_link(LINK)
