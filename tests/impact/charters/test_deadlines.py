"""When a stage is due: against dates the Commitment itself published, and whatever may come.

Cohorts and the days their third stage was due: techniciancommitment.org.uk, "New stage three
self-assessment forms"; the two windows: "Updated submission deadlines"; Bath: blogs.bath.ac.uk.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.impact.charters.deadlines import (
    BrokenRules,
    Due,
    Rulebook,
    Window,
    months_on,
    plain,
    read,
    rescheduled,
    round_key,
)
from benchside.impact.charters.files import FIRST_RULES

BOOK = Rulebook(((date(2000, 1, 1), FIRST_RULES),))
DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))


def third(announced: date) -> date:
    first = BOOK.first_due(announced)
    second = BOOK.next_due(first, FIRST_RULES.stage(1).months)
    return BOOK.next_due(second, FIRST_RULES.stage(2).months)


@pytest.mark.parametrize(
    ("signed", "published"),
    [(date(2018, 11, 6), date(2025, 1, 31)), (date(2019, 12, 1), date(2026, 1, 31))],
    ids=["phase 4", "phase 6"],
)
def test_the_third_stage_is_due_in_the_month_that_was_published(
    signed: date, published: date
) -> None:
    assert third(signed) == published


@pytest.mark.parametrize(
    ("signed", "published"),
    [
        (date(2017, 5, 31), date(2024, 1, 31)),
        (date(2017, 9, 15), date(2024, 4, 30)),
        (date(2018, 4, 15), date(2024, 9, 30)),
        (date(2019, 6, 15), date(2025, 9, 30)),
    ],
    ids=["phase 1", "phase 2", "phase 3", "phase 5"],
)
def test_days_from_before_the_two_windows_are_at_most_half_a_year_later(
    signed: date, published: date
) -> None:
    assert third(signed) <= published <= months_on(third(signed), 6)


def test_bath_had_its_first_stage_within_the_window_after_its_own_date() -> None:
    assert BOOK.first_due(date(2018, 11, 6)) == date(2020, 1, 31)  # it was told December 2019


@given(DAYS)
def test_the_first_stage_is_due_12_to_18_months_after_the_announcement(announced: date) -> None:
    due = BOOK.first_due(announced)
    assert Window(due.month, due.day) in FIRST_RULES.windows
    assert months_on(announced, 12) <= due
    assert not FIRST_RULES.windows_between(months_on(announced, 12), months_on(due, -1))


@given(DAYS)
def test_windows_are_half_a_year_apart_so_no_later_stage_drifts(announced: date) -> None:
    due = BOOK.first_due(announced)
    assert BOOK.next_due(due, 24) == date(due.year + 2, due.month, due.day)
    assert BOOK.next_due(due, 36) == date(due.year + 3, due.month, due.day)


@given(DAYS)
def test_an_extension_goes_to_the_next_window_and_no_further(day: date) -> None:
    due = FIRST_RULES.window_from(day)
    later = BOOK.extended(due)
    assert FIRST_RULES.windows_between(due, later) == [due, later]


@given(DAYS)
def test_reminders_come_in_order_and_before_the_day(day: date) -> None:
    due = FIRST_RULES.window_from(day)
    found = FIRST_RULES.reminders_for(due)
    assert [one.key for one, _ in found] == ["consultation", "steering", "executive"]
    assert [when for _, when in found] == [
        months_on(due, -6),
        months_on(due, -3),
        months_on(due, -2),
    ]
    assert all(when < due for _, when in found)


def test_a_month_without_the_day_takes_its_last() -> None:
    assert months_on(date(2027, 7, 31), -5) == date(2027, 2, 28)
    assert months_on(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_on(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert round_key(date(2027, 1, 31)) == "2027-01"


# --- rules are data -----------------------------------------------------------------------------
def test_rules_are_read_as_they_were_written() -> None:
    assert read(plain(FIRST_RULES)) == FIRST_RULES


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"windows": []}, "Windows: give 1 to 12"),
        ({"windows": ["02-29"]}, "“02-29” is not a day of every year"),
        ({"windows": ["13-01"]}, "“13-01” is not a day"),
        ({"windows": ["01-31", "01-31"]}, "one day stands there twice"),
        ({"windows": "01-31"}, "Windows: give 1 to 12"),
        ({"first_after_months": 0}, "Months before stage 1"),
        ({"first_after_months": True}, "Months before stage 1"),
        ({"stages": []}, "Stages: give at least one"),
        ({"stages": [{"months": -3}]}, "Plan of stage 1"),
        ({"stages": ["x"]}, "Plan of stage 1"),
        ({"extensions": 10}, "Extensions"),
        ({"reminders": [{"key": "party", "months": 2}]}, "“party” is none of"),
        ({"reminders": [{"key": "steering", "months": "two"}]}, "Reminder before steering"),
    ],
)
def test_broken_rules_are_refused_with_every_fault(change: dict[str, object], fault: str) -> None:
    with pytest.raises(BrokenRules, match=fault.replace("(", r"\(")):
        read(plain(FIRST_RULES) | change)


def test_new_rules_count_from_their_day_on_and_move_nothing_before() -> None:
    spring = read(plain(FIRST_RULES) | {"windows": ["04-30"]})
    book = BOOK.with_set(date(2028, 1, 1), spring)
    assert book.first_due(date(2026, 11, 1)) == date(2028, 1, 31)  # counted from November 2027
    assert book.first_due(date(2027, 3, 1)) == date(2028, 4, 30)
    assert book.next_due(date(2026, 1, 31), 24) == date(2028, 4, 30)


def due(stage: int, day: date, months: int, **more: bool) -> Due:
    return Due(stage=stage, plan_months=months, first_due_on=day, due_on=day, **more)


def test_what_is_done_or_set_by_an_officer_stays_and_an_extension_follows() -> None:
    announced = date(2025, 3, 1)
    book = BOOK.with_set(
        date(2026, 1, 1), read(plain(FIRST_RULES) | {"windows": ["04-30", "10-31"]})
    )
    first = due(1, date(2026, 7, 31), 24)
    assert [one.due_on for one in rescheduled(book, announced, [first])] == [date(2026, 4, 30)]
    done = due(1, date(2026, 7, 31), 24, is_done=True)
    second = due(2, date(2028, 7, 31), 36)
    assert [one.due_on for one in rescheduled(book, announced, [done, second])] == [
        date(2026, 7, 31), date(2028, 10, 31),
    ]  # fmt: skip
    extended = due(1, date(2027, 1, 31), 24, is_extended=True)
    assert rescheduled(book, announced, [extended])[0].due_on == date(2026, 10, 31)
    hand = due(1, date(2026, 9, 9), 24, is_overridden=True)
    assert rescheduled(book, announced, [hand])[0].due_on == date(2026, 9, 9)


@given(announced=DAYS, stages=st.integers(1, 6), done=st.integers(0, 6))
def test_the_same_rules_move_nothing(announced: date, stages: int, done: int) -> None:
    found, day = [], BOOK.first_due(announced)
    for number in range(1, stages + 1):
        months = FIRST_RULES.stage(number).months
        found.append(due(number, day, months, is_done=number <= done))
        day = BOOK.next_due(day, months)
    assert rescheduled(BOOK, announced, found) == found
