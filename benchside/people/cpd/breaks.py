"""What may be noted as time away from work: not for ever, and no day of it twice."""

from datetime import date
from typing import NamedTuple

from benchside.people.models import Technician

MOST_YEARS = 10


class Wrong(NamedTuple):
    """What is wrong with a break, at which of its days, and what to do."""

    field: str
    what: str
    remedy: str


def wrong_with(technician: Technician, begins: date, ends: date) -> Wrong | None:
    if begins > ends:
        return Wrong("ends", "The last day is before the first.", "Give the days in order.")
    if (ends.year - MOST_YEARS, ends.month, ends.day) >= (begins.year, begins.month, begins.day):
        return Wrong("ends", f"A break is {MOST_YEARS} years at most.", "Give an earlier last day.")
    there = technician.cpd_breaks.filter(begins__lte=ends, ends__gte=begins).first()
    if there is not None:
        return Wrong(
            "begins",
            f"You have noted {there.begins:%-d %B %Y} to {there.ends:%-d %B %Y} already.",
            "Give days outside it, or take it out first.",
        )
    return None
