"""What the shop window tells the rooms whose pages it shows."""

from benchside.core.registries import Event, events

# `about` is the path of the page, or empty; what was typed is nobody else's business.
CONCERN_REPORTED = events.register(
    Event(key="website.concern_reported", fields=frozenset({"kind", "about"}))
)
