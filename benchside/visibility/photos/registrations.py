"""What photos offer the rest of the house, registered at start-up."""

from benchside.visibility.photos import states  # noqa: F401 - its table registers itself
from benchside.visibility.photos import wall_registrations as wall


def register() -> None:
    wall.register()
