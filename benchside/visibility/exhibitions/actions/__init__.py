"""What can be done with exhibitions, panels, stops and visitor figures."""

from benchside.visibility.exhibitions.actions.exhibitions import (
    change_exhibition,
    create_exhibition,
    end_tour,
    open_exhibition,
)
from benchside.visibility.exhibitions.actions.panels import (
    change_panel,
    hang,
    is_down,
    take_down,
    take_down_withdrawn,
)
from benchside.visibility.exhibitions.actions.stops import (
    cancel_stop,
    change_stop,
    forget_contacts,
    note_visitors,
    plan_again,
    plan_stop,
    remove_count,
)

__all__ = [
    "cancel_stop",
    "change_exhibition",
    "change_panel",
    "change_stop",
    "create_exhibition",
    "end_tour",
    "forget_contacts",
    "hang",
    "is_down",
    "note_visitors",
    "open_exhibition",
    "plan_again",
    "plan_stop",
    "remove_count",
    "take_down",
    "take_down_withdrawn",
]
