"""What others hear of the engine."""

from benchside.core.registries import Event, events

SUBMISSION_MOVED = events.register(
    Event(
        key="assessment.submission_moved",
        fields=frozenset({"submission", "standard", "purpose", "state", "organisation_id"}),
    )
)
FEEDBACK_RELEASED = events.register(
    Event(
        key="assessment.feedback_released",
        fields=frozenset({"submission", "standard", "purpose", "organisation_id"}),
    )
)
AWARD_CHANGED = events.register(
    Event(
        key="assessment.award_changed",
        fields=frozenset({"award_id", "number", "standard", "link", "verb", "target", "stands"}),
    )
)
STANDARD_PUBLISHED = events.register(
    Event(key="assessment.standard_published", fields=frozenset({"standard", "version"}))
)
