"""Events of somebody's calendar, as what may stand in a log. Plain values in and out.

Whoever brings a calendar in chooses which events count, so nothing is guessed here. An event that
comes again is taken apart within the days that are asked for (`Window`), up to a limit. Without
such days only an even pace is; one with a pace of its own then comes once.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from benchside.core.imports import BadFile
from benchside.people.cpd import recurring, repeating

MAX_BYTES = 5 * 1024 * 1024
MOST_EVENTS = 3_000
MOST_AGAIN = 60
MOST_WITHIN = 120  # of one event in the days asked for: the newest
AT_HOME = ZoneInfo("Europe/London")
QUARTER = timedelta(minutes=15)
HOURS_OF_A_DAY = 24
SHORTEST_MONTH = 28
EVERY = {"WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ODD = "It comes again in a way of its own: this is the first time alone."
LONGEST_STEP = 12
BEGINS, ENDS = (
    re.compile(rb"(?:^|[\r\n])%s:VCALENDAR" % word, re.IGNORECASE) for word in (b"BEGIN", b"END")
)
EXPORT_IT = "Export it as an .ics file from your calendar, and choose that."


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event on the days it lasts. `hours` is empty for whole days, and without an end."""

    uid: str
    title: str
    begins: date
    ends: date
    hours: Decimal | None = None
    words: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are asked for, first and last."""

    since: date
    until: date


def read_calendar(
    data: bytes, window: Window | None = None, unread: list[str] | None = None
) -> list[Event]:
    """Every event that takes place, in the order of days; the titles of those that make no sense
    are added to `unread`. Raises BadFile."""
    if len(data) > MAX_BYTES:
        raise BadFile("This calendar is larger than 5 MB.", "Export one year of it.")
    if b"BEGIN:VCALENDAR" not in data[:4096].upper():
        raise BadFile("This is no calendar.", EXPORT_IT)
    if len(BEGINS.findall(data)) > len(ENDS.findall(data)):
        raise BadFile("This file is cut off.", "Save it again from your calendar.")
    try:
        # Bytes, never text: a text could be taken for the name of a file.
        calendars = icalendar.Calendar.from_ical(bytes(data), multiple=True)
        parts = [part for one in calendars for part in one.walk("VEVENT")]
    except Exception as error:  # a parser may raise anything on hostile bytes
        raise BadFile("This is no calendar.", EXPORT_IT) from error
    if len(parts) > MOST_EVENTS:
        raise BadFile(
            f"This calendar has more than {MOST_EVENTS} events.", "Export one year of it."
        )
    reading = _Reading(parts, window)
    found: dict[str, Event] = {}
    for part in parts:
        for one in _events(part, reading):
            found.setdefault(one.uid, one)
    if unread is not None:
        unread += reading.unread
    return sorted(found.values(), key=lambda one: (one.begins, one.title, one.uid))


class _Reading:
    """One file as it is read: which days other entries move, and how much may be looked at."""

    def __init__(self, parts: list[Any], window: Window | None) -> None:
        self.window = window
        self.budget = recurring.Budget()
        self.moved: dict[str, set[date]] = {}
        self.unread: list[str] = []
        for part in parts:
            if part.get("RECURRENCE-ID") is not None:
                with suppress(Exception):  # nonsense moves nothing
                    day = _day(part.get("RECURRENCE-ID").dt)
                    self.moved.setdefault(_uid(part), set()).add(day)


def _events(part: Any, reading: _Reading) -> Iterator[Event]:
    """What one entry of the file stands for; nothing when it is cancelled. One that makes no sense
    is told by its title, and the others come."""
    if str(part.get("STATUS", "")).upper() == "CANCELLED":
        return
    try:
        yield from _readable(part, reading)
    except Exception:  # a value of a hostile file may raise anything
        reading.unread.append(_title(part))


def _readable(part: Any, reading: _Reading) -> Iterator[Event]:
    first = _first(part)
    again = part.get("RECURRENCE-ID")
    if again is not None:
        yield replace(first, uid=_dated(first.uid, _day(again.dt)))
    elif reading.window is not None and part.get("RRULE") is not None:
        yield from _within(first, part, reading, reading.window)
    else:
        yield from _again(first, part, keeps=first.uid not in reading.moved)


def _first(part: Any) -> Event:
    begin = part.decoded("DTSTART")
    end = _end(part, begin)
    hours = None
    if isinstance(begin, datetime):
        quarters = round((_moment(end) - _moment(begin)) / QUARTER)
        # Without an end nobody knows how long it was; over days, nobody works all the hours.
        if 0 < quarters <= HOURS_OF_A_DAY * 4:
            hours = Decimal(quarters) / 4
        last = _day(_moment(end) - timedelta(seconds=1)) if end > begin else _day(begin)
    else:
        last = end - timedelta(days=1) if end > begin else begin
    title = _title(part)
    words = str(part.get("DESCRIPTION", "")).replace("\0", "").strip()[:4000]
    return Event(
        uid=_uid(part) or f"{_day(begin).isoformat()} {title}"[:180],
        title=title,
        begins=_day(begin),
        ends=max(_day(last), _day(begin)),
        hours=hours,
        words=words,
    )


def _title(part: Any) -> str:
    said = str(part.get("SUMMARY", "")).replace("\0", "")
    return " ".join(said.split())[:150] or "Event without a title"


def _end(part: Any, begin: Any) -> Any:
    if part.get("DTEND") is not None:
        return part.decoded("DTEND")
    if part.get("DURATION") is not None:
        return begin + part.decoded("DURATION")
    return begin


def _moment(value: datetime) -> datetime:
    """A time without a zone is one of ours."""
    return value if value.tzinfo is not None else value.replace(tzinfo=AT_HOME)


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return _moment(value).astimezone(AT_HOME).date()
    if not isinstance(value, date):
        raise TypeError(value)
    return value


def _uid(part: Any) -> str:
    return "".join(sign for sign in str(part.get("UID", "")) if sign.isprintable())[:180]


def _dated(uid: str, day: date) -> str:
    return f"{uid}#{day.isoformat()}"


# --- what comes again -----------------------------------------------------------------------------
def _again(first: Event, part: Any, *, keeps: bool) -> Iterator[Event]:
    """The event on each of its days. `keeps`: no other entry of the file moves one of them."""
    rule = part.get("RRULE")
    if rule is None:
        yield first
        return
    days = _days(first.begins, rule)
    if days is None or not keeps:
        yield replace(first, remark=ODD)
        return
    left_out = _left_out(part)
    length = first.ends - first.begins
    for day in days:
        if day not in left_out:
            yield replace(first, uid=_dated(first.uid, day), begins=day, ends=day + length)


def _days(first: date, rule: Any) -> list[date] | None:
    """The days of an even pace; None for any other."""
    pace = str((rule.get("FREQ") or [""])[0]).upper()
    step = int((rule.get("INTERVAL") or [1])[0])
    own = {
        "BYDAY": {WEEKDAYS[first.weekday()]},
        "BYMONTHDAY": {str(first.day)},
        "BYMONTH": {str(first.month)},
    }
    fits = {"WEEKLY": {"BYDAY"}, "MONTHLY": {"BYMONTHDAY"}, "YEARLY": {"BYMONTH", "BYMONTHDAY"}}
    if pace not in EVERY or not 1 <= step <= LONGEST_STEP:
        return None
    for name in rule:
        if name in {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}:
            continue
        if name not in fits[pace] or {str(one) for one in rule[name]} != own[name]:
            return None
    if pace != "WEEKLY" and first.day > SHORTEST_MONTH:  # calendars skip shorter months
        return None
    count = min(int((rule.get("COUNT") or [MOST_AGAIN])[0]), MOST_AGAIN)
    until = rule.get("UNTIL")
    last = _day(until[0]) if until else date.max
    found = repeating.days(first, EVERY[pace], MOST_AGAIN * step)[::step][:count]
    return [day for day in found if day <= last]


def _left_out(part: Any) -> set[date]:
    said = part.get("EXDATE") or []
    lists = said if isinstance(said, list) else [said]
    return {_day(one.dt) for each in lists for one in each.dts}


# --- what comes again, within days that are asked for ---------------------------------------------
def _within(first: Event, part: Any, reading: _Reading, window: Window) -> Iterator[Event]:
    """The event on each of its days in the window, as its own clock has them, told in ours."""
    begin = part.decoded("DTSTART")
    own = begin.date() if isinstance(begin, datetime) else begin
    length = first.ends - first.begins
    rule = part.get("RRULE")
    days = recurring.days(
        own,
        rule,
        since=window.since - length - timedelta(days=1),
        until=window.until + timedelta(days=1),
        is_over=_past(rule, begin),
        budget=reading.budget,
    )
    if days is None:
        yield replace(first, remark=ODD)
        return
    left_out = _left_out(part) | reading.moved.get(first.uid, set())
    ours = sorted({_here(begin, day) for day in days} - left_out)
    ours = [day for day in ours if window.since <= day + length and day <= window.until]
    for day in ours[-MOST_WITHIN:]:
        yield replace(first, uid=_dated(first.uid, day), begins=day, ends=day + length)


def _here(begin: Any, day: date) -> date:
    """A day of the event's own clock as it is here: a late webinar may be tomorrow."""
    if isinstance(begin, datetime):
        return _day(datetime.combine(day, begin.timetz()))
    return day


def _past(rule: Any, begin: Any) -> Callable[[date], bool]:
    """Whether a day is past the end that the rule names."""
    if not rule.get("UNTIL"):
        return lambda day: False
    until = rule["UNTIL"][0]
    if isinstance(until, datetime) and isinstance(begin, datetime):
        last = _moment(until)
        return lambda day: _moment(datetime.combine(day, begin.timetz())) > last
    last_day = until.date() if isinstance(until, datetime) else until
    return lambda day: day > last_day
