"""Calendars as people export them: every event once, on its days, and nothing hostile gets far."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.core.imports import BadFile
from benchside.people.cpd import calendar
from benchside.people.cpd.calendar import ODD, Event, read_calendar


def ics(*events: str) -> bytes:
    inner = "".join(f"BEGIN:VEVENT\r\n{one.strip()}\r\nEND:VEVENT\r\n" for one in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inner}END:VCALENDAR\r\n".encode()


def one(data: bytes) -> Event:
    found = read_calendar(data)
    assert len(found) == 1
    return found[0]


OUTLOOK = """UID:040000008200E00074C5B7101A82E008
SUMMARY:Laser safety\\, one day
DTSTART;TZID="GMT Standard Time":20260304T093000
DTEND;TZID="GMT Standard Time":20260304T163000
DESCRIPTION:Room 3\\nBring goggles"""
GOOGLE = """UID:7kukuqrfedlm2f9t0vdtqhq2dk@google.com
SUMMARY:Late webinar
DTSTART:20260701T223000Z
DTEND:20260702T003000Z"""
APPLE = """UID:AB12
SUMMARY:Network meeting
DTSTART;VALUE=DATE:20260504
DTEND;VALUE=DATE:20260506"""


def test_an_outlook_event_with_its_hours_and_words() -> None:
    found = one(ics(OUTLOOK))
    assert (found.title, found.begins, found.ends, found.hours) == (
        "Laser safety, one day", date(2026, 3, 4), date(2026, 3, 4), Decimal(7),
    )  # fmt: skip
    assert found.words == "Room 3\nBring goggles"


def test_a_time_in_utc_is_on_its_day_in_britain() -> None:
    """22.30 UTC on 1 July is 23.30 here, and it ends the day after."""
    found = one(ics(GOOGLE))
    assert (found.begins, found.ends) == (date(2026, 7, 1), date(2026, 7, 2))
    assert found.hours == 2


def test_whole_days_end_the_day_before_dtend() -> None:
    found = one(ics(APPLE))
    assert (found.begins, found.ends, found.hours) == (date(2026, 5, 4), date(2026, 5, 5), None)


@pytest.mark.parametrize(
    ("more", "last", "hours"),
    [
        ("", "2026-03-04", 0),
        ("DURATION:PT1H30M", "2026-03-04", "1.5"),
        ("DURATION:P2D", "2026-03-06", None),
    ],
)
def test_without_an_end(more: str, last: str, hours: object) -> None:
    found = one(ics(f"UID:a\r\nSUMMARY:A\r\nDTSTART:20260304T120000\r\n{more}"))
    assert found.ends == date.fromisoformat(last)
    assert found.hours == (None if hours is None else Decimal(str(hours)))


def test_cancelled_and_broken_events_are_left_out_and_the_others_come() -> None:
    cancelled = "UID:c\r\nSUMMARY:C\r\nDTSTART:20260304T120000Z\r\nSTATUS:CANCELLED"
    broken = "UID:b\r\nSUMMARY:B"
    assert [event.uid for event in read_calendar(ics(cancelled, broken, APPLE))] == ["AB12"]


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2028, 12, 28)),
    st.sampled_from(["WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 3),
    st.one_of(st.none(), st.integers(1, 20)),
    st.one_of(st.none(), st.integers(0, 900)),
)
def test_an_even_pace_comes_on_the_days_that_dateutil_gives(
    first: date, pace: str, step: int, count: int | None, until: int | None
) -> None:
    """By somebody else's reading of RFC 5545."""
    rule = f"FREQ={pace};INTERVAL={step}"
    if count is not None:
        rule += f";COUNT={count}"
    elif until is not None:
        rule += f";UNTIL={first + timedelta(days=until):%Y%m%d}"
    event = f"UID:a\r\nSUMMARY:A\r\nDTSTART;VALUE=DATE:{first:%Y%m%d}\r\nRRULE:{rule}"
    found = read_calendar(ics(event))
    if pace != "WEEKLY" and first.day > 28:
        assert [each.remark for each in found] == [ODD]
        return
    begin = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT").decoded("DTSTART")
    expected = rrulestr(rule, dtstart=datetime.combine(begin, time()))
    days = [day.date() for _, day in zip(range(60), expected, strict=False)]
    assert [each.begins for each in found] == days
    assert len({each.uid for each in found}) == len(days)


def test_days_taken_out_stay_out_and_moved_ones_come_once() -> None:
    weekly = "UID:w\r\nSUMMARY:W\r\nDTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=WEEKLY;COUNT=3"
    out = f"{weekly}\r\nEXDATE;VALUE=DATE:20260309"
    assert [each.begins.day for each in read_calendar(ics(out))] == [2, 16]
    moved = (
        "UID:w\r\nSUMMARY:W moved\r\nDTSTART;VALUE=DATE:20260310\r\n"
        "RECURRENCE-ID;VALUE=DATE:20260309"
    )
    found = {each.title: each for each in read_calendar(ics(weekly, moved))}
    assert found["W"].remark == ODD
    assert found["W moved"].begins == date(2026, 3, 10)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=MO,TU",
        "FREQ=YEARLY;INTERVAL=999999999", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=WEEKLY;BYHOUR=3",
    ],
)  # fmt: skip
def test_a_pace_of_its_own_comes_once_and_at_once(rule: str) -> None:
    event = f"UID:a\r\nSUMMARY:A\r\nDTSTART;VALUE=DATE:20260303\r\nRRULE:{rule}"
    assert one(ics(event)).remark == ODD


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"\xff" * 100, b"/etc/passwd", b"BEGIN:VCARD\r\nEND:VCARD"],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile, match="no calendar"):
        read_calendar(data)


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadFile, match="larger than 5 MB"):
        read_calendar(b"BEGIN:VCALENDAR" + b" " * 5 * 1024 * 1024)
    monkeypatch.setattr(calendar, "MOST_EVENTS", 3)
    with pytest.raises(BadFile, match="more than 3 events"):
        read_calendar(ics(*["UID:a\r\nDTSTART;VALUE=DATE:20260303"] * 4))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 200))
def test_nothing_but_a_refusal_comes_of_bytes_put_into_a_calendar(junk: bytes, at: int) -> None:
    whole = ics(OUTLOOK, GOOGLE)
    try:
        found = read_calendar(whole[:at] + junk + whole[at:])
    except BadFile:
        return
    for each in found:
        assert each.begins <= each.ends
        assert 0 < len(each.title) <= 150
        assert len(each.uid) <= 200
