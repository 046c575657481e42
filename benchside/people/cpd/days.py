"""Which days may stand in a log: the same for what is typed and for what a file says."""

from datetime import date, timedelta

from django.utils import timezone

EARLIEST = date(1950, 1, 1)
AHEAD = timedelta(days=5 * 366)


def furthest() -> date:
    return timezone.localdate() + AHEAD


def is_within(day: date) -> bool:
    return EARLIEST <= day <= furthest()


def limits() -> str:
    """What to do about a day that is outside."""
    return f"Check the year: give a day from {EARLIEST:%-d %B %Y} to {furthest():%-d %B %Y}."


def is_over(day: date) -> bool:
    """Whether it may be called done: what is still to come is a plan."""
    return day <= timezone.localdate()
