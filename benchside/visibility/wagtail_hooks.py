"""What the room adds to the desk: each part says so of its own."""

from benchside.visibility.stories import desk_hooks as stories

__all__ = ["stories"]
