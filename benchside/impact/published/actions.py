"""Put a plan before everyone, and take it back."""

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.impact.enums import PlanState
from benchside.impact.models import Plan
from benchside.impact.published import rules
from benchside.impact.published.events import PLAN_CHANGED


def publish_plan(*, actor: Actor, plan: Plan) -> None:
    """Let everyone read an agreed plan, and every change of it from now on.

    Once public it stays as it is when asked again. Raises Denied; Refused while it is a draft.
    Afterwards: public pages are made anew.
    """
    with acting("plan.publish", actor=actor, subject=plan, may=rules.can_publish) as act:
        held = _held(plan)
        if held.state == PlanState.DRAFT:
            raise Refused(
                "Only a plan that is agreed can be made public.",
                "Agree the plan first, then come back.",
            )
        if held.published_at is None:
            held.published_at = timezone.now()
            held.save(update_fields=["published_at"])
            publish(PLAN_CHANGED.key, plan=held.pk)
        else:
            act.note(again=True)
        plan.published_at = held.published_at


def unpublish_plan(*, actor: Actor, plan: Plan) -> None:
    """Take a plan back from everyone. It stays as it is inside.

    Raises Denied. Afterwards: it is gone from every public page within seconds.
    """
    with acting("plan.unpublish", actor=actor, subject=plan, may=rules.can_publish) as act:
        held = _held(plan)
        if held.published_at is not None:
            held.published_at = None
            held.save(update_fields=["published_at"])
            publish(PLAN_CHANGED.key, plan=held.pk)
        else:
            act.note(again=True)
        plan.published_at = None


def _held(plan: Plan) -> Plan:
    """The row as it is now, nobody else's until this is committed."""
    assert transaction.get_connection().in_atomic_block
    return Plan.objects.select_for_update().get(pk=plan.pk)
