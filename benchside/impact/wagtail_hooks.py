"""What the room adds to the desk: each part says so of its own."""

from benchside.impact.published import desk_hooks as published

__all__ = ["published"]
