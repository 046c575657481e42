"""What this room offers the others, registered at start-up."""

from benchside.organisations import staff_states

__all__ = ["register", "staff_states"]  # named, so that its tables are known from the start


def register() -> None:
    """Nothing yet."""
