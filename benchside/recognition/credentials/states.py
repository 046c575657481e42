"""The life of a credential: a revoked one never comes back, a new one is made instead."""

from benchside.core.states import StateTable, Transition, state_tables
from benchside.recognition.credentials.rules import can_issue
from benchside.recognition.enums import CredentialState

CREDENTIALS = state_tables.register(
    StateTable(
        "credential",
        title="A credential",
        states=CredentialState,
        start=CredentialState.WAITING,
        rows=[
            Transition(source="waiting", verb="sign", target="live", may=can_issue, at="issued_at"),
            Transition(
                source="waiting", verb="revoke", target="revoked", may=can_issue, at="revoked_at"
            ),
            Transition(
                source="live", verb="revoke", target="revoked", may=can_issue, at="revoked_at"
            ),
        ],
    )
)
