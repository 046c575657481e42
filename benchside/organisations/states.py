"""How an organisation stands: the table, walked by `core.states.move`."""

from benchside.core.states import StateTable, Transition, state_tables
from benchside.organisations import rules
from benchside.organisations.enums import OrganisationState

ORGANISATIONS = state_tables.register(
    StateTable(
        "organisation",
        title="Organisation",
        states=OrganisationState,
        start=OrganisationState.APPLIED,
        rows=[
            Transition(source=source, verb=verb, target=target, may=rules.can_decide, at=at, by=by)
            for source, verb, target, at, by in [
                ("applied", "approve", "approved", "decided_at", "decided_by"),
                ("applied", "decline", "declined", "decided_at", "decided_by"),
                ("approved", "close", "closed", "closed_at", ""),
            ]
        ],
    )
)
