"""Photos in the demonstration: visibly made up."""


def create() -> None:
    """Nothing yet."""
