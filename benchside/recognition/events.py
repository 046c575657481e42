"""What others hear of quality marks."""

from benchside.core.registries import Event, events

MARKS_CHANGED = events.register(Event(key="recognition.marks_changed", fields=frozenset({"mark"})))
ROUND_CHANGED = events.register(Event(key="recognition.round_changed", fields=frozenset({"round"})))
