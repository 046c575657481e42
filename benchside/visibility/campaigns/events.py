"""What others hear of campaigns."""

from benchside.core.registries import Event, events

CAMPAIGN_CHANGED = events.register(
    Event(key="visibility.campaign_changed", fields=frozenset({"campaign_id"}))
)
