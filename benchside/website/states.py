"""The tables of states of the website's records."""

from benchside.core.states import StateTable, Transition, state_tables
from benchside.website.enums import ConcernState
from benchside.website.rules import can_handle_concern

CONCERN = state_tables.register(
    StateTable(
        "concern",
        title="A concern",
        states=ConcernState,
        start=ConcernState.RECEIVED,
        rows=[
            Transition(
                source=source, verb=verb, target=target, may=can_handle_concern, at=at, by=by
            )
            for source, verb, target, at, by in [
                ("received", "see", "seen", "seen_at", "seen_by"),
                ("received", "answer", "answered", "answered_at", "answered_by"),
                ("seen", "answer", "answered", "answered_at", "answered_by"),
                ("received", "close", "closed", "closed_at", "closed_by"),
                ("seen", "close", "closed", "closed_at", "closed_by"),
                ("answered", "close", "closed", "closed_at", "closed_by"),
                ("answered", "reopen", "seen", "seen_at", "seen_by"),
                ("closed", "reopen", "seen", "seen_at", "seen_by"),
            ]
        ],
    )
)
