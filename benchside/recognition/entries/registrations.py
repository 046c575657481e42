"""What this part offers the others, registered at start-up."""


def register() -> None:
    """Nothing yet."""
