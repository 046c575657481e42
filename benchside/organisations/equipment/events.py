"""What others hear of equipment."""

from benchside.core.registries import Event, events

EQUIPMENT_CHANGED = events.register(
    Event(key="organisations.equipment_changed", fields=frozenset({"organisation_id"}))
)
