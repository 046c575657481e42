"""What cannot be read, where it stands, and what to do about it."""

from typing import NamedTuple

LONGEST_VALUE = 80


class Problem(NamedTuple):
    """A row that cannot be used. `row` counts as a spreadsheet does; `column` is its header.

    `who` is the key of the person the row is about, where that much could be read: nobody is
    taken for a leaver because their row was bad. `value` never holds a date of birth.
    """

    sheet: str
    row: int
    column: str
    value: str
    remedy: str
    who: str = ""


class Notice(NamedTuple):
    """Something a person should know that stops nothing. It is so `times` times; `rows` are a few
    examples."""

    message: str
    sheet: str = ""
    times: int = 0
    rows: tuple[int, ...] = ()


class Unreadable(Exception):  # noqa: N818 - reads as what it is
    """The file as a whole cannot be used. Both sentences are written for a person."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(f"{message} {remedy}")


def shown(value: object) -> str:
    """A value as it stands in the file, on one line, cut to a readable length."""
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
