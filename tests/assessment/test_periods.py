"""Periods by the calendar; values worked out on a calendar by hand."""

from datetime import date

import pytest

from benchside.assessment.periods import months_after


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 25), 36, date(2029, 11, 24)),
        (date(2026, 12, 15), 1, date(2027, 1, 14)),
    ],
)
def test_a_period_ends_on_the_day_before_it_comes_round(
    start: date, months: int, end: date
) -> None:
    assert months_after(start, months) == end


def test_some_periods_do_not_end() -> None:
    assert months_after(date(2026, 1, 1), None) is None
