"""The last day that a badge names is the last on which the register says yes, if nobody acts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.awarding import clock, offers
from benchside.assessment.awarding.queries import last_day, state_of
from benchside.core.actions import SYSTEM
from benchside.recognition.credentials import actions, badging, queries, tasks
from benchside.recognition.models import Credential, Entry
from tests.factories import credentials as made
from tests.factories.registry import needs_of

pytestmark = pytest.mark.django_db
# Since 1 April 2026: the year ends on 31 March 2027, and 90 days later it is on nobody's register.
SINCE, END, LAPSES = date(2026, 4, 1), date(2027, 3, 31), date(2027, 6, 29)


@pytest.fixture
def time() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=False) as time:
        yield time


def at(time: Any, day: date) -> None:
    time.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.fixture
def entry(time: Any) -> Entry:
    entry = made.a_registered_person(since=SINCE)
    made.claimed(entry)
    assert entry.award.period_end == END
    return entry


def badge(entry: Entry) -> Credential:
    made.sign_all()
    return Credential.objects.in_use().get(award=entry.award)


def step(entry: Entry, verb: str, reason: str = "", **options: Any) -> None:
    move_award(actor=SYSTEM, award=entry.award, verb=verb, reason=reason, **options)
    actions.keep_in_step(award=entry.award)


def stands(entry: Entry, time: Any, day: date) -> bool:
    """After the clock has been round that morning."""
    at(time, day)
    clock.walk(entry.award, day)
    entry.award.refresh_from_db()
    return state_of(entry.award).stands


def said(credential: Credential) -> str:
    found: str = made.document_of(credential).get("validUntil", "no end")
    return found[:10]


def assert_ends_on(entry: Entry, time: Any, last: date) -> None:
    """Badge, letter and clock are of one mind."""
    one = badge(entry)
    assert one.until == last_day(entry.award) == last
    assert badging.badge_of(one).valid_until == timezone.make_aware(
        datetime(last.year, last.month, last.day, 23, 59, 59)
    )
    assert said(one) == last.isoformat()
    assert stands(entry, time, last)
    assert not stands(entry, time, last + timedelta(days=1))


def test_it_is_the_day_before_the_clock_ends_it(entry: Entry, time: Any) -> None:
    assert_ends_on(entry, time, LAPSES - timedelta(days=1))


def test_who_comes_back_after_the_end_has_a_badge_for_as_long_as_they_stand(
    entry: Entry, time: Any
) -> None:
    at(time, date(2027, 2, 10))
    step(entry, "suspend", "Conduct")
    at(time, date(2027, 12, 15))
    step(entry, "lift", "The time is over")
    assert not queries.out_of_step().exists()
    assert_ends_on(entry, time, date(2028, 3, 13))  # 90 days from when it was lifted


def test_on_a_break_there_is_no_last_day_and_with_the_new_year_there_is(
    entry: Entry, time: Any
) -> None:
    before = badge(entry)
    at(time, date(2027, 2, 10))
    step(entry, "begin-break", "Parental leave")
    on_leave = badge(entry)
    before.refresh_from_db()
    assert before.replaced_by == on_leave
    at(time, date(2028, 2, 10))
    assert stands(entry, time, date(2028, 2, 10))
    assert (on_leave.until, said(on_leave)) == (None, "no end")
    assert badge(entry) == on_leave
    needs = needs_of(entry, "end-break")
    step(entry, "end-break", period_from=date(2028, 2, 10), confirmed=needs)
    assert badge(entry).until == entry.award.period_end + timedelta(days=89)  # type: ignore[operator]


def test_nothing_is_expired_while_it_waits_for_the_registrar(
    entry: Entry, time: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = offers.ClockHold(key="made-up", holds=lambda award: award == entry.award)
    monkeypatch.setattr(offers, "clock_holds", [hold])
    assert badge(entry).until == LAPSES - timedelta(days=1)
    assert stands(entry, time, LAPSES)
    tasks.keep_all_in_step.func()
    assert badge(entry).until is None
    assert not queries.out_of_step().exists()


@pytest.mark.parametrize("lifted", [date(2026, 12, 1), date(2027, 12, 15)])
def test_the_net_sees_another_last_day_where_the_event_was_lost(
    lifted: date, entry: Entry, time: Any
) -> None:
    """In its year and after it, it says one thing; a badge that says another is found."""
    at(time, date(2026, 11, 10))
    step(entry, "suspend", "Conduct")
    at(time, lifted)
    step(entry, "lift", "The time is over")
    right = badge(entry).until
    assert not queries.out_of_step().exists()
    for wrong in (LAPSES, None):
        Credential.objects.in_use().update(until=wrong)
        assert list(queries.out_of_step()) == [entry.award]
        tasks.keep_all_in_step.func()
        assert badge(entry).until == right
        assert not queries.out_of_step().exists()
