"""The tables of states of a plan and of an action."""

from benchside.core.registries import publish
from benchside.core.states import Follow, Need, StateTable, Transition, state_tables
from benchside.impact.enums import ActionState, PlanState
from benchside.impact.lineage.undecided import is_decided
from benchside.impact.models import Action, Plan
from benchside.impact.plans import rules
from benchside.impact.published.events import PLAN_CHANGED


def _has_actions(plan: Plan) -> bool:
    return plan.actions.exclude(state=ActionState.STOPPED).exists()


def _says_why(action: Action) -> bool:
    return bool(action.state_why.strip())


SOMETHING = Need("an action that is not stopped", _has_actions, "Add what you will do first.")
ANEW = Follow(
    "its public pages are made anew", lambda plan: publish(PLAN_CHANGED.key, plan=plan.pk)
)
EARLIER = Need(
    "a word about each open action of the plan before", is_decided,
    "Say of each whether it is continued, changed or stopped, under “Across cycles”.",
)  # fmt: skip
WHY = Need("a reason", _says_why, "Say why in a sentence: people will ask in three years.")

PLAN = state_tables.register(
    StateTable(
        "plan",
        title="An action plan",
        states=PlanState,
        start=PlanState.DRAFT,
        rows=[
            Transition(
                source="draft", verb="agree", target="agreed", may=rules.can_agree,
                needs=(SOMETHING, EARLIER), at="agreed_at",
            ),
            Transition(
                source="agreed", verb="close", target="closed", may=rules.can_keep, at="closed_at",
                follows=(ANEW,),
            ),
            Transition(
                source="closed", verb="reopen", target="agreed", may=rules.can_keep,
                follows=(ANEW,),
            ),
        ],
    )
)  # fmt: skip

ACTION = state_tables.register(
    StateTable(
        "action",
        title="An action of a plan",
        states=ActionState,
        start=ActionState.PROPOSED,
        rows=[
            *(
                Transition(source=source, verb="agree", target="agreed", may=rules.can_agree)
                for source in ("proposed", "revised")
            ),
            Transition(
                source="agreed", verb="start", target="in-progress", may=rules.can_deliver,
            ),
            Transition(
                source="in-progress", verb="complete", target="complete", may=rules.can_deliver,
                at="completed_at",
            ),
            Transition(
                source="complete", verb="embed", target="embedded", may=rules.can_keep,
                at="embedded_at",
            ),
            *(
                Transition(source=source, verb="reopen", target="in-progress", may=rules.can_keep)
                for source in ("complete", "embedded")
            ),
            *(
                Transition(
                    source=source, verb="revise", target="revised", may=rules.can_keep,
                    needs=(WHY,),
                )
                for source in ("agreed", "in-progress")
            ),
            *(
                Transition(
                    source=source, verb="stop", target="stopped", may=rules.can_keep, needs=(WHY,),
                )
                for source in ("proposed", "agreed", "in-progress", "revised")
            ),
            Transition(source="stopped", verb="reopen", target="proposed", may=rules.can_keep),
        ],
    )
)  # fmt: skip
