"""What the room adds to the desk: each part says so of its own."""

from benchside.visibility.stories import desk_hooks as stories
from benchside.visibility.stories.reading import desk as stories_in_numbers

__all__ = ["stories", "stories_in_numbers"]
