"""What happens here that others hear of."""

from benchside.core.registries import Event, events

ITEMS_CHANGED = events.register(Event(key="outreach.items_changed", fields=frozenset()))
