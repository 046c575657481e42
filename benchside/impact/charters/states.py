"""The table of states of a signatory."""

from benchside.core.registries import publish
from benchside.core.states import Follow, Need, StateTable, Transition, state_tables
from benchside.impact.charters import rules
from benchside.impact.charters.events import CHARTER_CHANGED
from benchside.impact.enums import SignatoryState
from benchside.impact.models import Signatory

BOTH_SIGNED = Need(
    "the signatures of the head and of the named lead",
    lambda one: one.head_signed_at is not None and one.lead_signed_at is not None,
    "Ask whoever is missing to sign.",
)


def tell(signatory: Signatory) -> None:
    publish(CHARTER_CHANGED.key, charter=signatory.charter.slug)


SHOWN = Follow("the charter's public pages are made anew", tell)


def _decided(verb: str, target: str) -> Transition:
    return Transition(
        source="signed",
        verb=verb,
        target=target,
        may=rules.can_answer,
        at="decided_at",
        by="decided_by",
    )


SIGNATORY = state_tables.register(
    StateTable(
        "signatory",
        title="A signatory of a charter",
        states=SignatoryState,
        start=SignatoryState.SIGNING,
        rows=[
            Transition(
                source="signing", verb="sign", target="signed", may=rules.can_sign,
                needs=(BOTH_SIGNED,),
            ),
            Transition(source="signed", verb="return", target="signing", may=rules.can_answer),
            _decided("accept", "accepted"),
            _decided("decline", "declined"),
            *(
                Transition(
                    source=source, verb="take_back", target="taken-back", may=rules.can_begin
                )
                for source in ("signing", "signed", "accepted")
            ),
            Transition(
                source="accepted", verb="announce", target="announced", may=rules.can_announce,
                follows=(SHOWN,),
            ),
            Transition(
                source="announced", verb="leave", target="left", may=rules.can_answer,
                follows=(SHOWN,),
            ),
        ],
    )
)  # fmt: skip
