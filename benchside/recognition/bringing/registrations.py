"""What this part offers the others, registered at start-up."""

from benchside.core.imports import importers
from benchside.recognition.bringing import tasks
from benchside.recognition.bringing.importing import ENTRIES

__all__ = ["register", "tasks"]  # named, so that what goes by the clock is known early


def register() -> None:
    importers.register(ENTRIES)
