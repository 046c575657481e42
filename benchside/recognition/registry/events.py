"""What others hear of a registrar's desk."""

from benchside.core.registries import Event, events

ENTRY_CHANGED = events.register(
    Event(key="recognition.entry_changed", fields=frozenset({"entry_id", "number"}))
)
