"""What this part offers the others, registered at start-up."""

from benchside.impact.plans import states

__all__ = ["register", "states"]  # named, so that its tables are known from the start


def register() -> None: ...
