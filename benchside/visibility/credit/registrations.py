"""What credit offer the rest of the house, registered at start-up."""


def register() -> None:
    """Nothing yet."""
