"""Periods by the calendar. No Django here."""

from calendar import monthrange
from datetime import date, timedelta


def months_after(day: date, months: int | None) -> date | None:
    """The last day of a period of so many months from `day` on; None where there is no end.

    A year from 1 March ends on 28 or 29 February; a month from 31 January on the last of February.
    """
    if months is None:
        return None
    return _shifted(day, months) - timedelta(days=1)


def _shifted(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    if day.day <= last:
        return date(day.year + years, month + 1, day.day)
    return date(day.year + years, month + 1, last) + timedelta(days=1)
