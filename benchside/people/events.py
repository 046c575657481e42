"""What others hear of people."""

from benchside.core.registries import Event, events

PROFILE_CHANGED = events.register(
    Event(key="people.profile_changed", fields=frozenset({"technician_id", "public_id"}))
)
