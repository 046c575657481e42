"""What others may hear of competitions."""

from benchside.core.registries import Event, events

COMPETITION_CHANGED = events.register(
    Event(key="visibility.competition_changed", fields=frozenset({"slug"}))
)
