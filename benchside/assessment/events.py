"""What others hear of the engine."""

from benchside.core.registries import Event, events

AWARD_CHANGED = events.register(
    Event(
        key="assessment.award_changed",
        fields=frozenset({"award_id", "number", "standard", "verb", "target", "stands"}),
    )
)
