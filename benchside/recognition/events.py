"""What others hear of quality marks and of credentials."""

from benchside.core.registries import Event, events

MARKS_CHANGED = events.register(Event(key="recognition.marks_changed", fields=frozenset({"mark"})))
ROUND_CHANGED = events.register(Event(key="recognition.round_changed", fields=frozenset({"round"})))
CREDENTIALS_CHANGED = events.register(
    Event(key="recognition.credentials_changed", fields=frozenset({"what"}))
)
