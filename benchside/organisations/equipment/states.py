"""How a piece of equipment stands."""

from benchside.core.states import StateTable, Transition, state_tables
from benchside.organisations.enums import EquipmentState
from benchside.organisations.equipment.rules import can_keep

EQUIPMENT = state_tables.register(
    StateTable(
        "equipment",
        title="Equipment",
        states=EquipmentState,
        start=EquipmentState.LIVE,
        rows=[
            Transition(
                source="live", verb="retire", target="retired", may=can_keep, at="retired_at"
            ),
            Transition(source="retired", verb="bring_back", target="live", may=can_keep),
        ],
    )
)
