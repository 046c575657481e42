"""What becomes of a technician's suggestion."""

from typing import Any

from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.impact.models import Suggestion
from benchside.impact.voice import rules
from benchside.impact.voice.enums import SuggestionState


def _says_why(suggestion: Suggestion) -> bool:
    return bool(suggestion.answer.strip())


def _has_action(suggestion: Suggestion) -> bool:
    return suggestion.action_id is not None


WHY = Need("a reason", _says_why, "Say in a sentence or two why not now: they get it by e-mail.")
ACTION = Need("an action of the plan", _has_action, "Choose the action that does it.")
ANSWERED: dict[str, Any] = {"may": rules.can_answer, "at": "answered_at", "by": "answered_by"}

SUGGESTION = state_tables.register(
    StateTable(
        "suggestion",
        title="A technician's suggestion",
        states=SuggestionState,
        start=SuggestionState.WAITING,
        rows=[
            Transition(source="waiting", verb="take", target="taken", needs=(ACTION,), **ANSWERED),
            Transition(
                source="waiting", verb="join", target="already", needs=(ACTION,), **ANSWERED
            ),
            Transition(
                source="waiting", verb="decline", target="declined", needs=(WHY,), **ANSWERED
            ),
            Transition(
                source="waiting", verb="withdraw", target="withdrawn", may=rules.can_take_back
            ),
        ],
    )
)
