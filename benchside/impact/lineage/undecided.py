"""Which actions of the plan before still wait for a word. A leaf: the table of states asks it."""

from django.db.models import QuerySet

from benchside.impact.enums import ActionState
from benchside.impact.models import Action, Plan

SETTLED = (ActionState.COMPLETE, ActionState.EMBEDDED, ActionState.STOPPED, ActionState.REVISED)


def earlier_actions(plan: Plan) -> QuerySet[Action]:
    """All of the plan before, as it has them."""
    return Action.objects.filter(plan=plan.before_id) if plan.before_id else Action.objects.none()


def must_decide(plan: Plan) -> QuerySet[Action]:
    """Those that were not settled there: each needs a word, given or not."""
    return earlier_actions(plan).exclude(state__in=SETTLED)


def undecided(plan: Plan) -> QuerySet[Action]:
    return must_decide(plan).exclude(carryings__plan=plan)


def is_decided(plan: Plan) -> bool:
    return not undecided(plan).exists()
