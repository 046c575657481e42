"""What others hear of people."""

from benchside.core.registries import Event, events

PROFILE_CHANGED = events.register(
    Event(key="people.profile_changed", fields=frozenset({"technician_id", "public_id"}))
)
MEDIA_CONSENT_WITHDRAWN = events.register(
    Event(key="people.media_consent_withdrawn", fields=frozenset({"subject", "consent_id"}))
)
