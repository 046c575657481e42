"""The service factor, against numbers worked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.recognition.marks.service_factor import (
    Line,
    hours_a_year,
    in_term,
    work_out,
)


def science(hours: str, weeks: int = 39) -> Line:
    return Line(subject="science", hours=Decimal(hours), weeks=weeks)


@pytest.mark.parametrize(
    ("lines", "taught", "factor", "adequate", "short"),
    [
        # 65 hours for 100 taught is 0.65, on the spot.
        ([science("65")], "100", "0.65", True, "0"),
        # Two people of 37 hours, 39 weeks, for 120 hours: 74 / 120 = 0.6166...; 78 - 74 = 4.
        ([science("37"), science("37")], "120", "0.62", False, "4.00"),
        # 26 of the 39 weeks: 30 x 26 / 39 = 20 hours in term; 20 / 40 = 0.5; 26 - 20 = 6.
        ([science("30", 26)], "40", "0.50", False, "6.00"),
        # Weeks beyond the term make no more hours in term: 39 / 60 = 0.65.
        ([science("39", 52)], "60", "0.65", True, "0"),
        # 0.6499 is shown as 0.65, and is not enough: 0.65 x 100 - 64.99 = 0.01.
        ([science("64.99")], "100", "0.65", False, "0.01"),
    ],
)
def test_worked_by_hand(
    lines: list[Line], taught: str, factor: str, adequate: bool, short: str
) -> None:
    worked = work_out(lines, Decimal(taught))
    assert worked is not None
    assert (worked.factor, worked.is_adequate) == (Decimal(factor), adequate)
    assert worked.short == Decimal(short)


def test_other_subjects_are_not_counted_for_science() -> None:
    music = Line(subject="music", hours=Decimal(100), weeks=39)
    worked = work_out([science("13"), music], Decimal(20))
    assert worked is not None
    assert worked.factor == Decimal("0.65")


def test_without_science_there_is_no_factor() -> None:
    assert work_out([Line(subject="art", hours=Decimal(5), weeks=39)], Decimal(20)) is None
    assert work_out([science("5")], Decimal(0)) is None


def test_hours_a_year_take_all_subjects_and_all_weeks() -> None:
    lines = [science("37", 52), Line(subject="food", hours=Decimal(20), weeks=39)]
    assert hours_a_year(lines) == Decimal(37 * 52 + 20 * 39)


@given(
    st.decimals("0.01", "400", places=2),
    st.integers(1, 52),
    st.decimals("1", "900", places=2),
)
def test_more_paid_time_never_makes_it_worse(hours: Decimal, weeks: int, taught: Decimal) -> None:
    line = Line(subject="science", hours=hours, weeks=weeks)
    more = Line(subject="science", hours=hours + 1, weeks=min(weeks + 1, 52))
    first, second = work_out([line], taught), work_out([more], taught)
    assert first is not None
    assert second is not None
    assert second.factor >= first.factor
    assert second.short <= first.short
    assert in_term(line) <= hours
