"""What others may hear of exhibitions."""

from benchside.core.registries import Event, events

EXHIBITION_CHANGED = events.register(
    Event(key="visibility.exhibition_changed", fields=frozenset({"slug"}))
)
