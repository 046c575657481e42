"""What happens here that others hear of."""

from benchside.core.registries import Event, events

# Who signed, what is due or what is shown of it has changed.
CHARTER_CHANGED = events.register(
    Event(key="impact.charter_changed", fields=frozenset({"charter"}))
)
