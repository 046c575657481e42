"""What is told to the other rooms when something of a story changes that readers can see."""

from benchside.core.registries import Event, events

STORY_CHANGED = events.register(
    Event(key="visibility.story_changed", fields=frozenset({"story_id", "slug"}))
)
