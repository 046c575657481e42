"""What the organisation says to the feedback, and the actions it makes of it.

What was sent in is never rewritten: responses stand beside it, actions in the plan of today.
"""

from datetime import date

from benchside.assessment import actions as engine
from benchside.assessment.models import Feedback
from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.impact.charters import rules
from benchside.impact.charters.events import CHARTER_CHANGED
from benchside.impact.enums import Area, Origin
from benchside.impact.models import Action, Cycle, Plan
from benchside.impact.plans.actions import propose_action


def respond(*, actor: Actor, cycle: Cycle, feedback: Feedback, text: str) -> None:
    """Say what will be done about a recommendation. Raises Denied, Refused."""
    if not text.strip():
        raise Refused("There is nothing in it.", "Say in a sentence or two what you will do.")
    _refuse_foreign(cycle, feedback)
    engine.respond_to_feedback(actor=actor, feedback=feedback, text=text.strip())
    publish(CHARTER_CHANGED.key, charter=cycle.signatory.charter.slug)


def make_action_of(
    *,
    actor: Actor,
    cycle: Cycle,
    feedback: Feedback,
    plan: Plan,
    title: str,
    areas: list[str],
    due_on: date | None = None,
) -> Action:
    """Propose an action of the plan from a recommendation, once. Raises Denied, Refused."""
    _refuse_foreign(cycle, feedback)
    if plan.organisation_id != cycle.signatory.organisation_id:
        raise Refused("That plan is of another organisation.")
    if feedback.released_at is None:
        raise Refused("This is not released yet.", "Wait for the letter.")
    ref = origin_ref(feedback)
    if made := Action.objects.filter(
        plan__organisation=plan.organisation_id, origin=Origin.REVIEW, origin_ref=ref
    ).first():
        raise Refused(f"It is action {made.code} already.", "Open it in the plan.")
    with acting("cycle.propose", actor=actor, subject=cycle.signatory, may=rules.leads) as act:
        action = propose_action(
            actor=actor,
            plan=plan,
            title=title,
            areas=areas or [Area.IMPACT.value],
            origin=Origin.REVIEW,
            origin_ref=ref,
            text="",
            due_on=due_on,
        )
        act.note(action=action.pk, feedback=feedback.pk)
    return action


def origin_ref(feedback: Feedback) -> str:
    """How an action names the recommendation it came from."""
    return f"feedback-{feedback.pk}"


def _refuse_foreign(cycle: Cycle, feedback: Feedback) -> None:
    if feedback.submission_id != cycle.submission_id:
        raise Refused("That is feedback on something else.", "Reload the page.")
