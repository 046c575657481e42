"""This part of the demonstration."""


def create() -> None:
    """Once."""
