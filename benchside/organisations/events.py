"""What others hear of organisations."""

from benchside.core.registries import Event, events, publish
from benchside.organisations.models import StaffListSettings

# Who works where may be other than it was: a list was applied or undone, or somebody wrote by hand.
STAFF_CHANGED = events.register(
    Event(key="organisations.staff_changed", fields=frozenset({"organisation_id"}))
)


def staff_changed(settings: StaffListSettings) -> None:
    """Add one to the version of a locked list, so that older previews are stale, and tell whoever
    shows where people work. Called by whatever changes a list, in its transaction."""
    settings.version += 1
    settings.save(update_fields=["version"])
    publish(STAFF_CHANGED.key, organisation_id=settings.organisation_id)
