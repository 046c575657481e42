"""Plans and actions from state to state."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import Actor
from benchside.core.states import move
from benchside.impact.enums import ActionState, Delivery
from benchside.impact.models import Action, Plan
from benchside.impact.plans import changes as history
from benchside.impact.plans.actions.writing import refuse_closed
from benchside.impact.plans.states import ACTION, PLAN


def agree_plan(*, actor: Actor, plan: Plan, leave: Collection[str] = ()) -> None:
    """Agree a plan, and with it every proposed action but those whose codes are in `leave`.

    Raises NeedsMore for a plan without actions, Denied, NoSuchMove, Overtaken.
    """
    with transaction.atomic():
        move(table=PLAN, subject=plan, verb="agree", actor=actor)
        proposed = plan.actions.filter(state=ActionState.PROPOSED).exclude(code__in=leave)
        for action in proposed.select_related("plan"):
            move_action(actor=actor, action=action, verb="agree")


def close_plan(*, actor: Actor, plan: Plan) -> None:
    """Its years are over: nothing in it is changed any more. Denied, NoSuchMove, Overtaken."""
    move(table=PLAN, subject=plan, verb="close", actor=actor)


def reopen_plan(*, actor: Actor, plan: Plan) -> None:
    move(table=PLAN, subject=plan, verb="reopen", actor=actor, columns={"closed_at": None})


def move_action(*, actor: Actor, action: Action, verb: str, why: str = "") -> None:
    """Do `verb` of the table of states to an action; the step stands in its history.

    What is complete is Blue; what is opened again says nothing of its delivery until somebody
    does. Raises NeedsMore where a reason is missing, Refused for a closed plan, Denied,
    NoSuchMove, Overtaken.
    """
    refuse_closed(action.plan)
    was, why_before = action.state, action.state_why
    action.state_why = why.strip()[:500]
    try:
        with transaction.atomic():
            columns = {
                "state_why": action.state_why,
                "changed_at": timezone.now(),
                **_beside(verb),
            }
            move(
                table=ACTION, subject=action, verb=verb, actor=actor, columns=columns,
                detail={"code": action.code},
            )  # fmt: skip
            history.write(action, actor, {"state": (was, action.state)})
    except Exception:
        action.state_why = why_before
        raise


def _beside(verb: str) -> dict[str, Any]:
    """The columns that change with a state."""
    if verb == "complete":
        return {"delivery": Delivery.BLUE, "delivery_why": "", "delivery_at": timezone.now()}
    if verb == "reopen":
        return {"delivery": "", "delivery_why": "", "completed_at": None, "embedded_at": None}
    return {}
