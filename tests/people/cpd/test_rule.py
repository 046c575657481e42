"""A year against a rule: what is asked, and that more in a log never makes it worse."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.people.cpd.rule import (
    PLAIN,
    Activity,
    How,
    Rule,
    Span,
    Standing,
    days_at_work,
    judge,
    period_to,
)

KINDS = ("work", "professional", "formal", "self", "other")
YEAR_END = date(2026, 12, 31)
SAID = "I now do it another way."
WORTH = {How.MISSING: 0, How.EXCEPTION: 1, How.MET: 2, How.EXCUSED: 3}
DAYS = st.dates(date(2025, 10, 1), date(2027, 3, 31))
TEXTS = st.sampled_from(["", "  ", "yes", SAID])
ACTIVITIES = st.builds(
    Activity,
    category=st.sampled_from(KINDS),
    ends=DAYS,
    learned=TEXTS,
    helped_me=TEXTS,
    helped_users=TEXTS,
    points=st.none() | st.decimals(0, 60, places=1),
    is_done=st.booleans(),
)
SPANS = st.tuples(DAYS, st.integers(0, 400)).map(
    lambda pair: Span(pair[0], pair[0] + timedelta(days=pair[1]))
)
CAPS = st.dictionaries(st.sampled_from(KINDS), st.integers(0, 40).map(Decimal))
RULES = st.builds(
    Rule,
    categories_at_least=st.integers(2, 5),
    categories_by_exception=st.integers(1, 2),
    points_a_year=st.sampled_from([Decimal(0), Decimal(50)]),
    caps=CAPS,
    months=st.sampled_from([6, 12, 24]),
)


def done(*kinds: str, on: date = date(2026, 5, 1), **more: object) -> list[Activity]:
    return [Activity(category=kind, ends=on, **more) for kind in kinds]  # type: ignore[arg-type]


def hows(standing: Standing) -> list[int]:
    return [WORTH[one.how] for one in standing.columns]


def test_an_empty_year_says_what_to_do_first() -> None:
    found = judge([], PLAIN, YEAR_END)
    assert not found.is_met
    assert [one.how for one in found.columns] == [How.MISSING] * 5
    assert found.column("helped_users").words == (
        "Nothing yet on how it helped the people you work for."
    )


def test_three_kinds_and_words_on_each_meet_all_four_standards() -> None:
    whole = done("work", "formal", "self", learned=SAID, helped_me=SAID, helped_users=SAID)
    found = judge(whole, PLAIN, YEAR_END)
    assert found.is_met
    assert not found.is_by_exception


@pytest.mark.parametrize(
    ("kinds", "how"),
    [("work", How.MISSING), ("work self", How.EXCEPTION), ("work self other", How.MET)],
)
def test_three_of_five_kinds_and_two_by_exception(kinds: str, how: How) -> None:
    assert judge(done(*kinds.split()), PLAIN, YEAR_END).column("mixed").how == how


def test_yes_is_no_reflection() -> None:
    assert judge(done("work", learned="yes"), PLAIN, YEAR_END).column("learned").how == How.MISSING


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2025-12-31", 0), ("2026-01-01", 1), ("2026-12-31", 1), ("2027-01-01", 0)],
)
def test_the_borders_of_a_year(day: str, counts: int) -> None:
    found = judge(done("work", on=date.fromisoformat(day)), PLAIN, YEAR_END)
    assert found.activities == counts


def test_what_is_planned_does_not_count() -> None:
    assert judge(done("work", is_done=False), PLAIN, YEAR_END).activities == 0


def test_points_up_to_the_cap_of_each_category() -> None:
    """As the Royal Society of Biology has it: 50 a year, with the most that one kind brings."""
    rule = Rule(points_a_year=Decimal(50), caps={"self": Decimal(15)})
    log = done("self", points=Decimal(40)) + done("work", points=Decimal(30))
    found = judge(log, rule, YEAR_END)
    assert found.points == 45
    assert found.column("points").words == "45 of 50 points. 5 to go."
    assert judge([*log, *done("work", points=Decimal(5))], rule, YEAR_END).column("points").is_met


def test_a_break_asks_for_points_of_the_days_at_work_alone() -> None:
    rule = Rule(points_a_year=Decimal(50))
    half = [Span(date(2026, 1, 1), date(2026, 6, 30))]  # 181 of 365 days
    assert judge([], rule, YEAR_END, half).points_asked == 25  # 50 x 184/365 = 25.2
    all_of_it = [Span(date(2025, 6, 1), date(2027, 6, 1))]
    found = judge([], rule, YEAR_END, all_of_it)
    assert found.is_met
    assert {one.how for one in found.columns} == {How.EXCUSED}


def test_a_long_silence_is_said_and_not_held_against_anybody() -> None:
    found = judge(done("work", on=date(2026, 1, 5)), PLAIN, YEAR_END).column("kept_up")
    assert found.is_met
    assert "Nothing from 6 January 2026 to 31 December 2026" in found.words
    away = [Span(date(2026, 2, 1), date(2026, 11, 30))]
    short = judge(done("work", on=date(2026, 1, 5)), PLAIN, YEAR_END, away).column("kept_up")
    assert short.words == "1 activity."


@given(DAYS, st.integers(1, 60))
def test_a_period_is_the_months_that_calendars_give(on: date, months: int) -> None:
    """By somebody else's reckoning of months."""
    after = on + timedelta(days=1)
    assert period_to(on, months) == Span(after - relativedelta(months=months), on)


@given(SPANS, st.lists(SPANS, max_size=5))
def test_days_at_work_are_those_no_break_holds(period: Span, breaks: list[Span]) -> None:
    days = (period.begins + timedelta(days=place) for place in range(period.days))
    expected = sum(not any(one.holds(day) for one in breaks) for day in days)
    assert days_at_work(period, breaks) == expected


@settings(max_examples=150)
@given(st.lists(ACTIVITIES, max_size=8), ACTIVITIES, RULES, st.lists(SPANS, max_size=2))
def test_one_more_never_makes_it_worse(
    log: list[Activity], more: Activity, rule: Rule, breaks: list[Span]
) -> None:
    before = judge(log, rule, YEAR_END, breaks)
    after = judge([*log, more], rule, YEAR_END, breaks)
    assert all(then >= first for first, then in zip(hows(before), hows(after), strict=True))
    assert after.points >= before.points
    assert not (before.is_met and not after.is_met)


@settings(max_examples=80)
@given(st.lists(ACTIVITIES, max_size=8), RULES, st.randoms())
def test_the_order_of_a_log_does_not_matter_and_caps_hold(
    log: list[Activity], rule: Rule, chance: object
) -> None:
    found = judge(log, rule, YEAR_END)
    mixed = list(log)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert judge(mixed, rule, YEAR_END) == found
    for kind, cap in rule.caps.items():
        alone = judge(only(log, kind), rule, YEAR_END)
        assert alone.points <= cap * rule.months / 12


@given(st.lists(ACTIVITIES, max_size=6), st.lists(SPANS, min_size=1, max_size=3))
def test_a_break_never_makes_it_worse(log: list[Activity], breaks: list[Span]) -> None:
    rule = Rule(points_a_year=Decimal(50))
    plain, away = judge(log, rule, YEAR_END), judge(log, rule, YEAR_END, breaks)
    assert all(then >= first for first, then in zip(hows(plain), hows(away), strict=True))


def only(log: Iterable[Activity], kind: str) -> list[Activity]:
    return [one for one in log if one.category == kind]
