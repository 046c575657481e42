"""What this part offers the others, registered at start-up."""

from benchside.impact.bringing import importer, tasks

__all__ = ["importer", "register", "tasks"]  # named, so that both are known from the start


def register() -> None: ...
