"""The table of states of an order."""

from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.outreach.enums import OrderState
from benchside.outreach.orders import rules

SOMETHING_PACKED = Need(
    "something in the parcel",
    lambda order: any(line.packed for line in order.lines.all()),
    "Say how many packs are in it.",
)

ORDER = state_tables.register(
    StateTable(
        "order",
        title="An order",
        states=OrderState,
        start=OrderState.PLACED,
        rows=[
            Transition(
                source="placed", verb="confirm", target="confirmed", may=rules.can_confirm,
                at="confirmed_at",
            ),
            *(
                Transition(
                    source=source, verb="cancel", target="cancelled", may=rules.can_cancel,
                    at="ended_at",
                )
                for source in ("placed", "confirmed")
            ),
            *(
                Transition(
                    source=source, verb="refuse", target="refused", may=rules.can_pack,
                    at="ended_at",
                )
                for source in ("placed", "confirmed", "packed")
            ),
            Transition(
                source="confirmed", verb="pack", target="packed", may=rules.can_pack,
                needs=(SOMETHING_PACKED,), at="packed_at", by="packed_by",
            ),
            Transition(
                source="packed", verb="unpack", target="confirmed", may=rules.can_pack,
            ),
            Transition(
                source="packed", verb="send", target="sent", may=rules.can_pack,
                at="sent_at", by="sent_by",
            ),
            Transition(
                source="packed", verb="send_part", target="confirmed", may=rules.can_pack,
                at="sent_at", by="sent_by",
            ),
            Transition(
                source="sent", verb="come_back", target="returned", may=rules.can_pack,
            ),
        ],
    )
)  # fmt: skip
