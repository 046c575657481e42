"""How a contribution stands: said by the technician, confirmed or disputed by the lead author."""

from benchside.core.states import StateTable, Transition, state_tables
from benchside.visibility.credit.enums import ContributionState
from benchside.visibility.credit.rules import can_answer, can_lapse, can_state


def _row(source: str, verb: str, target: str, at: str = "") -> Transition:
    return Transition(source=source, verb=verb, target=target, may=can_state, at=at)


CONTRIBUTIONS = state_tables.register(
    StateTable(
        "contribution",
        title="Contribution",
        states=ContributionState,
        start=ContributionState.STATED,
        rows=[
            _row("stated", "ask", "asked", "asked_at"),
            _row("asked", "ask_again", "asked", "asked_at"),
            _row("asked", "call_back", "stated"),
            Transition(
                source="asked", verb="confirm", target="confirmed", may=can_answer,
                at="confirmed_at",
            ),
            Transition(
                source="asked", verb="dispute", target="disputed", may=can_answer,
                at="disputed_at",
            ),
            Transition(source="asked", verb="lapse", target="stated", may=can_lapse),
            _row("confirmed", "correct", "stated", "stated_at"),
            _row("disputed", "correct", "stated", "stated_at"),
            _row("stated", "withdraw", "withdrawn", "withdrawn_at"),
            _row("asked", "withdraw", "withdrawn", "withdrawn_at"),
            _row("confirmed", "withdraw", "withdrawn", "withdrawn_at"),
            _row("disputed", "withdraw", "withdrawn", "withdrawn_at"),
            _row("withdrawn", "state_again", "stated", "stated_at"),
        ],
    )
)  # fmt: skip
