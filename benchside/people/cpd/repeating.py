"""The days on which something comes again. Plain values, no Django."""

from calendar import monthrange
from datetime import date, timedelta

EVERY = (("", "Only once"), ("week", "Each week"), ("month", "Each month"), ("year", "Each year"))
MOST_TIMES = 24
MONTHS = {"month": 1, "year": 12}


def days(first: date, every: str, times: int) -> list[date]:
    """`times` days, a week, a month or a year apart; in a shorter month, its last day."""
    if not every:
        return [first]
    if every == "week":
        return [first + timedelta(weeks=count) for count in range(times)]
    return [_later(first, MONTHS[every] * count) for count in range(times)]


def _later(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
