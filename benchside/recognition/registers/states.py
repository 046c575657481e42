"""The states of a fee. Those of an application are the engine's; an entry's stand in its file."""

from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.recognition.enums import FeeState
from benchside.recognition.models import Fee
from benchside.recognition.registers.rules import can_keep_fees


def _is_open(fee: Fee) -> bool:
    return fee.application is None or fee.application.unpaid_at is None


def _has_no_entry(fee: Fee) -> bool:
    return fee.application is None or fee.application.admitted_at is None


OPEN = Need("an application that is not closed", _is_open, "It was closed unpaid: they apply anew.")
NOT_USED = Need(
    "that nobody was put on the register by it", _has_no_entry, "The entry is made already."
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
