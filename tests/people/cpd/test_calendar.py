"""Calendars as people export them: every event once, on its days, and nothing hostile gets far."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.core.imports import BadFile
from benchside.people.cpd import calendar, recurring
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
        ("", "2026-03-04", None),
        ("DTEND:20260304T120000", "2026-03-04", None),
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
    nonsense = "UID:n\r\nSUMMARY:N\r\nDTSTART:2026-03-04 noon"
    unread: list[str] = []
    found = read_calendar(ics(cancelled, broken, nonsense, APPLE), unread=unread)
    assert [event.uid for event in found] == ["AB12"]
    assert unread == ["B", "N"]


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


@pytest.mark.parametrize("kept", [40, 200, -20])
def test_a_calendar_that_is_cut_off_is_told(kept: int) -> None:
    with pytest.raises(BadFile, match="cut off"):
        read_calendar(ics(OUTLOOK, GOOGLE)[:kept])
    both = ics(OUTLOOK) + ics(GOOGLE)
    assert len(read_calendar(both)) == 2
    with pytest.raises(BadFile, match="cut off"):
        read_calendar(both[:-20])


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


# --- within the days that are asked for ---------------------------------------------------------
SINCE, UNTIL = date(2026, 1, 1), date(2027, 2, 1)


def within(*events: str, since: date = SINCE, until: date = UNTIL) -> list[Event]:
    return read_calendar(ics(*events), calendar.Window(since, until))


WEEKDAY = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
NUMBERED = st.builds(lambda nth, day: f"{nth}{day}", st.sampled_from([1, 2, 4, -1, -2]), WEEKDAY)
RULES = st.one_of(
    st.builds(lambda step: f"FREQ=DAILY;INTERVAL={step}", st.integers(1, 40)),
    st.builds(
        lambda days: f"FREQ=DAILY;BYDAY={','.join(sorted(days))}", st.sets(WEEKDAY, min_size=1)
    ),
    st.builds(
        lambda step, days, start: (
            f"FREQ=WEEKLY;INTERVAL={step};WKST={start};BYDAY={','.join(sorted(days))}"
        ),
        st.integers(1, 4),
        st.sets(WEEKDAY, min_size=1),
        st.sampled_from(["MO", "SU"]),
    ),
    st.builds(
        lambda step, days: f"FREQ=MONTHLY;INTERVAL={step};BYDAY={','.join(sorted(days))}",
        st.integers(1, 3),
        st.sets(NUMBERED, min_size=1, max_size=3),
    ),
    st.builds(
        lambda day: f"FREQ=MONTHLY;BYMONTHDAY={day}", st.sampled_from([1, 15, 29, 31, -1, -3])
    ),
    st.builds(lambda step: f"FREQ=MONTHLY;INTERVAL={step}", st.integers(1, 5)),
    st.builds(
        lambda month, day: f"FREQ=YEARLY;BYMONTH={month};BYDAY={day}", st.integers(1, 12), NUMBERED
    ),
    st.just("FREQ=YEARLY"),
)


@settings(max_examples=150, deadline=None)
@given(
    st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    RULES,
    st.one_of(st.none(), st.integers(1, 300)),
    st.one_of(st.none(), st.integers(0, 1500)),
)
def test_in_a_window_every_pace_comes_on_the_days_that_dateutil_gives(
    first: date, rule: str, count: int | None, until: int | None
) -> None:
    """By somebody else's reading of RFC 5545; whatever began long before the window as well."""
    if count is not None:
        rule += f";COUNT={count}"
    elif until is not None:
        rule += f";UNTIL={first + timedelta(days=until):%Y%m%d}"
    event = f"UID:a\r\nSUMMARY:A\r\nDTSTART;VALUE=DATE:{first:%Y%m%d}\r\nRRULE:{rule}"
    start = datetime.combine(first, time())
    end = datetime.combine(UNTIL, time())
    expected = [
        day.date()
        for day in rrulestr(rule, dtstart=start).between(start, end, inc=True)
        if day.date() >= SINCE
    ]
    assert [each.begins for each in within(event)] == expected[-120:]


def test_days_taken_out_moved_or_in_another_zone_are_where_they_are_here() -> None:
    """Each Monday at 20.00 in New York is Tuesday here, at 1.00; but for three weeks of March,
    when America has changed its clocks and Britain has not: then it is Tuesday 0.00."""
    late = (
        "UID:n\r\nSUMMARY:N\r\nDTSTART;TZID=America/New_York:20260302T200000\r\n"
        "DTEND;TZID=America/New_York:20260302T210000\r\n"
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260407T000000Z\r\n"
        "EXDATE;TZID=America/New_York:20260316T200000"
    )
    moved = (
        "UID:n\r\nSUMMARY:N moved\r\nDTSTART;TZID=America/New_York:20260325T090000\r\n"
        "RECURRENCE-ID;TZID=America/New_York:20260323T200000"
    )
    found = [(each.title, each.begins) for each in within(late, moved)]
    assert found == [
        ("N", date(2026, 3, 3)), ("N", date(2026, 3, 10)), ("N moved", date(2026, 3, 25)),
        ("N", date(2026, 3, 31)), ("N", date(2026, 4, 7)),
    ]  # fmt: skip


def test_one_that_runs_over_the_first_day_is_there_and_no_day_after_the_last() -> None:
    camp = (
        "UID:c\r\nSUMMARY:Camp\r\nDTSTART;VALUE=DATE:20241230\r\nDTEND;VALUE=DATE:20250103\r\n"
        "RRULE:FREQ=YEARLY"
    )
    found = within(camp, since=date(2026, 1, 1), until=date(2026, 12, 29))
    assert [(each.begins, each.ends) for each in found] == [(date(2025, 12, 30), date(2026, 1, 2))]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=YEARLY;INTERVAL=999999999", "FREQ=WEEKLY;BYHOUR=3",
        "FREQ=MONTHLY;BYSETPOS=2;BYDAY=MO,TU", "FREQ=YEARLY;BYDAY=20MO",
    ],
)  # fmt: skip
def test_a_rule_nobody_reads_comes_once_and_so_does_one_from_another_age(rule: str) -> None:
    event = f"UID:a\r\nSUMMARY:A\r\nDTSTART;VALUE=DATE:20260303\r\nRRULE:{rule}"
    assert [each.remark for each in within(event)] == [ODD]
    old = "UID:b\r\nSUMMARY:B\r\nDTSTART;VALUE=DATE:16010101\r\nRRULE:FREQ=DAILY"
    assert [each.remark for each in within(old)] == [ODD]


def test_a_file_of_endless_days_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurring, "MOST_DAYS", 1000)
    daily = "UID:{}\r\nSUMMARY:D\r\nDTSTART;VALUE=DATE:20250101\r\nRRULE:FREQ=DAILY"
    found = within(*(daily.format(one) for one in "ab"))  # 761 days each to look at
    assert len([each for each in found if not each.remark]) == 120
    assert len([each for each in found if each.remark == ODD]) == 1
