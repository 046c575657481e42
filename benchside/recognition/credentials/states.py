"""The life of a credential: a revoked one never comes back, a new one is made instead. And of what
an organisation says of one: nothing is shown before a yes."""

from benchside.core.states import Follow, Need, StateTable, Transition, state_tables
from benchside.recognition.credentials import mails
from benchside.recognition.credentials.rules import can_answer, can_issue, can_take_back
from benchside.recognition.enums import CredentialState, WordState
from benchside.recognition.models import Endorsement


def _still_counts(said: Endorsement) -> bool:
    return said.credential is None or said.credential.state == CredentialState.LIVE


COUNTS = Need(
    "a badge that still counts", _still_counts, "Whoever wrote it can say it of the newer one."
)
OPEN = Need(
    "an organisation that is open here", lambda said: said.organisation.is_open, "It has closed."
)
TELL = Follow("the leads of whoever wrote it get a letter", mails.words_declined)

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

ENDORSEMENTS = state_tables.register(
    StateTable(
        "endorsement",
        title="Words of an organisation for a badge",
        states=WordState,
        start=WordState.WAITING,
        rows=[
            Transition(
                source="waiting", verb="accept", target="shown", may=can_answer,
                needs=(COUNTS, OPEN), at="answered_at", by="answered_by",
            ),
            Transition(
                source="waiting", verb="decline", target="declined", may=can_answer,
                follows=(TELL,), at="answered_at", by="answered_by",
            ),
            Transition(
                source="waiting", verb="take-back", target="taken-back", may=can_take_back,
                at="taken_back_at",
            ),
            Transition(
                source="shown", verb="take-back", target="taken-back", may=can_take_back,
                at="taken_back_at",
            ),
        ],
    )
)  # fmt: skip
