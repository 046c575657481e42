"""Which year's declaration is open, and when letters go out. No Django here.

A year's declaration is due on the day of that year which the rule names; one may be made from 90
days before.
"""

from collections.abc import Collection
from datetime import date, timedelta

OPENS_BEFORE = 90
REMIND = (60, 30, 7, -7, -30, -60)  # days before the day; negative, after it


def due_on(year: int, day_of_year: str) -> date:
    """The day a year's declaration is due; the 29th of February is the 28th where there is none."""
    month, day = map(int, day_of_year.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)


def correct_until(due: date, made_on: date, days: int) -> date | None:
    """The last day on which a declaration may be corrected; none where the rule lets nobody."""
    return max(due, made_on) + timedelta(days=days) if days else None


def opens_on(due: date) -> date:
    return due - timedelta(days=OPENS_BEFORE)


def open_years(
    on: date, day_of_year: str, *, since: date, declared: Collection[int]
) -> tuple[int, ...]:
    """The years that may be declared on a day and are not, the oldest first.

    `since` is when they came onto the register: nothing is owed for a year that was over by then.
    The last two years stay open, so that who comes back can put it right.
    """
    found = []
    for year in range(on.year - 2, on.year + 2):
        due = due_on(year, day_of_year)
        if opens_on(due) <= on and since <= due and year not in declared:
            found.append(year)
    return tuple(found[-2:])


def letter_due(on: date, due: date, remind: Collection[int] = REMIND) -> int | None:
    """Which letter is to go out on a day: the latest that is due, so that several which were
    missed become one. None before the first. `remind` are days before the day; negative, after."""
    passed = [days for days in remind if due - timedelta(days=days) <= on]
    return min(passed, default=None)


def last_due(on: date, day_of_year: str) -> tuple[int, date]:
    """The newest year whose day is over, and that day."""
    year = on.year
    while (due := due_on(year, day_of_year)) >= on:
        year -= 1
    return year, due
