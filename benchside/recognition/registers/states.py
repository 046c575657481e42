"""The states of a fee. Those of an application are the engine's; an entry's stand in its file."""

from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.recognition.enums import FeeState
from benchside.recognition.models import Fee
from benchside.recognition.registers.rules import can_keep_fees


def _is_open(fee: Fee) -> bool:
    return fee.application is None or not fee.application.has_lapsed


def _is_unused(fee: Fee) -> bool:
    """Nobody was put on the register, renewed or brought back by it."""
    if fee.application is not None:
        return fee.application.admitted_at is None
    renewal, request = getattr(fee, "renewal", None), getattr(fee, "request", None)
    if renewal is not None and renewal.renewed_at is not None:
        return False
    return request is None or request.state != "granted"


OPEN = Need(
    "an application that is not closed",
    _is_open,
    "It has ended: they apply anew, unless it was unpaid and the money came by its last day.",
)
NOT_USED = Need(
    "that nothing was done by it", _is_unused, "They are on the register by it already."
)


def _settling(verb: str, target: str) -> tuple[Transition, ...]:
    return tuple(
        Transition(
            source=source, verb=verb, target=target, may=can_keep_fees, by="settled_by",
            needs=(OPEN,),
        )
        for source in ("due", "invoiced")
    )  # fmt: skip


FEES = state_tables.register(
    StateTable(
        "fee",
        title="A fee",
        states=FeeState,
        start=FeeState.DUE,
        rows=[
            Transition(source="due", verb="invoice", target="invoiced", may=can_keep_fees),
            Transition(source="invoiced", verb="take-back", target="due", may=can_keep_fees),
            *_settling("pay", "paid"),
            *_settling("waive", "waived"),
            *(
                Transition(
                    source=source, verb="correct", target="due", may=can_keep_fees,
                    needs=(NOT_USED,),
                )
                for source in ("paid", "waived")
            ),
        ],
    )
)  # fmt: skip
