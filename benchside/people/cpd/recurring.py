"""The days on which an event of a calendar comes again, within a window. No Django here.

Read are the rules that people's calendars write: every so many days, weeks, months or years, on
these days of the week, on the second Tuesday or the last day of a month. `days` gives None for any
other rule, for one that began in another age, and once too many days were looked at for one file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_STEP = 99
OLDEST = timedelta(days=20 * 366)
MOST_DAYS = 1_000_000  # looked at for one file, so that a hostile one ends
READ = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH"}


class Budget:
    """How many days may still be looked at for one file."""

    def __init__(self) -> None:
        self.left = MOST_DAYS

    def takes(self, days: int) -> bool:
        self.left -= days
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One RRULE as plain values; empty lists ask for nothing."""

    pace: str
    step: int
    count: int | None
    week_starts: int
    weekdays: tuple[tuple[int, int], ...]  # (which of the month or 0, weekday)
    month_days: tuple[int, ...]
    months: tuple[int, ...]


def days(
    first: date,
    rule: Mapping[str, Any],
    *,
    since: date,
    until: date,
    is_over: Callable[[date], bool],
    budget: Budget,
) -> list[date] | None:
    """The days from `since` to `until`; `is_over` says that a day is past the rule's own end."""
    read = _read(rule)
    if read is None or since - first > OLDEST or not budget.takes((until - first).days):
        return None
    found = []
    for number, day in enumerate(_matching(first, read, until), start=1):
        if is_over(day) or (read.count is not None and number > read.count):
            break
        if day >= since:
            found.append(day)
    return found


def _read(rule: Mapping[str, Any]) -> Rule | None:
    if not set(rule) <= READ:
        return None
    pace = str((rule.get("FREQ") or [""])[0]).upper()
    step = int((rule.get("INTERVAL") or [1])[0])
    weekdays = [_weekday(str(one)) for one in rule.get("BYDAY") or []]
    if pace not in _FITS or not 1 <= step <= LONGEST_STEP:
        return None
    is_numbered = any(nth for nth, _ in weekdays)
    # In a year "the second Tuesday" is one of the year, unless a month is named.
    if is_numbered and (
        pace in {"DAILY", "WEEKLY"} or (pace == "YEARLY" and "BYMONTH" not in rule)
    ):
        return None
    if pace == "YEARLY" and weekdays and "BYMONTH" not in rule:
        return None
    count = rule.get("COUNT")
    return Rule(
        pace,
        step,
        int(count[0]) if count else None,
        WEEKDAYS.index(str((rule.get("WKST") or ["MO"])[0]).upper()),
        tuple(weekdays),
        tuple(int(one) for one in rule.get("BYMONTHDAY") or []),
        tuple(int(one) for one in rule.get("BYMONTH") or []),
    )


def _weekday(text: str) -> tuple[int, int]:
    """`2TU` is (2, 1), `-1FR` (-1, 4), `MO` (0, 0)."""
    return int(text[:-2] or 0), WEEKDAYS.index(text[-2:].upper())


def _matching(first: date, rule: Rule, until: date) -> Iterator[date]:
    for number in range((until - first).days + 1):
        day = first + timedelta(days=number)
        if _FITS[rule.pace](first, day, rule) and (not rule.months or day.month in rule.months):
            yield day


def _daily(first: date, day: date, rule: Rule) -> bool:
    return (day - first).days % rule.step == 0 and _on_its_days(day, rule)


def _weekly(first: date, day: date, rule: Rule) -> bool:
    if rule.month_days:
        return False
    weeks = (_monday(day, rule) - _monday(first, rule)).days // 7
    on = rule.weekdays or ((0, first.weekday()),)
    return weeks % rule.step == 0 and day.weekday() in {weekday for _, weekday in on}


def _monthly(first: date, day: date, rule: Rule) -> bool:
    months = (day.year - first.year) * 12 + day.month - first.month
    if months % rule.step:
        return False
    if not rule.weekdays and not rule.month_days:
        return day.day == first.day
    return _on_its_days(day, rule)


def _yearly(first: date, day: date, rule: Rule) -> bool:
    if (day.year - first.year) % rule.step:
        return False
    if not rule.months and day.month != first.month and not rule.month_days:
        return False
    if not rule.weekdays and not rule.month_days:
        return day.day == first.day
    return _on_its_days(day, rule)


def _on_its_days(day: date, rule: Rule) -> bool:
    """Whether the named weekdays and days of the month, where there are any, are this day's."""
    length = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
    on_weekday = not rule.weekdays or any(
        day.weekday() == weekday
        and nth in {0, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)}
        for nth, weekday in rule.weekdays
    )
    on_month_day = not rule.month_days or bool({day.day, day.day - length - 1} & {*rule.month_days})
    return on_weekday and on_month_day


def _monday(day: date, rule: Rule) -> date:
    return day - timedelta(days=(day.weekday() - rule.week_starts) % 7)


_FITS: dict[str, Callable[[date, date, Rule], bool]] = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}
