"""What cannot be read of a file as a whole, said for a person."""

from benchside.core.imports import BadFile


class Unreadable(BadFile):
    """The file cannot be used; nothing was changed."""


def refuse(message: str, remedy: str) -> Unreadable:
    return Unreadable(message, remedy)
