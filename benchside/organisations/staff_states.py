"""The states a staff list goes through on its way in, and out again."""

from benchside.core.permissions import is_system
from benchside.core.states import StateTable, Transition, state_tables
from benchside.organisations.enums import StaffRunState
from benchside.organisations.staff_rules import can_keep_list

STAFF_RUNS = state_tables.register(
    StateTable(
        "staff_list",
        title="A staff list",
        states=StaffRunState,
        start=StaffRunState.STAGING,
        rows=[
            Transition(source=source, verb=verb, target=target, may=may, at=at)
            for source, verb, target, may, at in [
                ("staging", "preview", "previewed", can_keep_list, ""),
                ("staging", "forget", "discarded", is_system, ""),
                ("previewed", "apply", "applying", can_keep_list, ""),
                ("previewed", "discard", "discarded", can_keep_list, ""),
                ("previewed", "forget", "discarded", is_system, ""),
                ("applying", "list", "applied", is_system, "applied_at"),
                ("applying", "fail", "failed", is_system, ""),
                ("applied", "undo", "undone", can_keep_list, "undone_at"),
            ]
        ],
    )
)
