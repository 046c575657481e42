"""How decisions come out: quarters, ranks, and nobody found in a count. No database."""

from datetime import date

import pytest

from benchside.recognition.registers.shapes import SanctionRule
from benchside.recognition.registry.outcomes import (
    APPROVED,
    DECLINED,
    Decided,
    by_group,
    by_route,
    quarter_end,
    times,
)
from benchside.recognition.registry.publishing import months_later, publish_until


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2027, 1, 1), date(2026, 12, 31)),
        (date(2027, 3, 31), date(2026, 12, 31)),
        (date(2027, 4, 1), date(2027, 3, 31)),
        (date(2028, 12, 31), date(2028, 9, 30)),
    ],
)
def test_the_last_whole_quarter(day: date, end: date) -> None:
    assert quarter_end(day) == end


def test_half_and_nine_in_ten_by_nearest_rank() -> None:
    """By the definition: the smallest day that so many in a hundred do not go beyond."""
    found = times([35, 20, 15, 50, 40])
    assert found is not None
    assert (found.count, found.middle, found.most) == (5, 35, 50)
    assert times([]) is None


def test_a_single_person_cannot_be_told_from_two_or_none() -> None:
    many = [Decided("A", APPROVED, 10, {"sex": "Female"}) for _ in range(41)]
    shown = [
        by_group([*many, *rare], "sex", ["Female", "Male"])
        for rare in ([], [Decided("A", DECLINED, 10, {"sex": "Male"})])
    ]
    cells = [one.cells["Male"][DECLINED].value for one in shown if one is not None]
    assert cells == [0, 0]
    assert by_route([], []) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 5, 17), 120, date(2037, 5, 17)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
    ],
)
def test_months_by_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_public_from_its_end_and_never_for_health() -> None:
    rule = SanctionRule(kind="suspension", title="Suspended", publish_months=12)
    begins, until = date(2027, 1, 1), date(2027, 7, 1)
    assert publish_until(rule, begins, None) == date(2028, 1, 1)
    assert publish_until(rule, begins, until) == date(2028, 7, 1)
    ill = SanctionRule(kind="health", title="Health", publish_months=12, is_health=True)
    private = SanctionRule(kind="advice", title="Advice")
    assert [publish_until(one, begins, until) for one in (ill, private)] == [None, None]
