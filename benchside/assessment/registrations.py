"""What the engine offers the rest of the house, registered at start-up."""

from benchside.assessment import events, states
from benchside.assessment.awarding import registrations as awarding
from benchside.assessment.reviewing import registrations as reviewing
from benchside.assessment.showing import registrations as showing
from benchside.assessment.writing import registrations as writing

__all__ = ["events", "register", "states"]  # named, so that what others may hear is known early


def register() -> None:
    """Events and tables of states are registered by being imported; then part by part."""
    for part in (writing, showing, reviewing, awarding):
        part.register()
