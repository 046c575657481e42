"""Time away from work: no day of it twice, and not for ever."""

from datetime import date

import pytest
from django.test import Client

from benchside.core.actions import Refused
from benchside.people.cpd import actions, days
from benchside.people.models import Technician
from tests.factories.cpd import a_logger, actor_of
from tests.factories.technicians import as_themselves

pytestmark = pytest.mark.django_db
ADDRESS = "/my/cpd/settings/"


@pytest.fixture
def mine() -> Technician:
    found = a_logger()
    away(found, date(2026, 10, 1), date(2026, 11, 1))
    return found


@pytest.fixture
def edie(mine: Technician) -> Client:
    return as_themselves(mine.profile)


def away(technician: Technician, begins: date, ends: date) -> None:
    actions.take_break(actor=actor_of(technician), technician=technician, begins=begins, ends=ends)


@pytest.mark.parametrize(
    ("begins", "ends", "field", "words"),
    [
        ("2026-10-01", "2026-11-01", "begins", "You have noted 1 October 2026 to 1 November 2026"),
        ("2026-11-01", "2026-12-01", "begins", "take it out first."),
        ("2026-01-01", "2026-10-01", "begins", "take it out first."),
        ("2026-10-05", "2026-10-06", "begins", "take it out first."),
        ("2016-01-01", "2026-01-01", "ends", "A break is 10 years at most."),
        ("2026-12-02", "2026-12-01", "ends", "The last day is before the first."),
        ("2026-12-01", "2199-11-01", "ends", "Check the year: give a day from 1 January 1950 to"),
        ("1049-12-01", "2026-01-01", "begins", "Check the year: give a day from 1 January 1950"),
    ],
)
def test_a_break_that_cannot_be_is_refused_at_its_day(
    edie: Client, mine: Technician, begins: str, ends: str, field: str, words: str
) -> None:
    answer = edie.post(ADDRESS, {"begins": begins, "ends": ends})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert mine.cpd_breaks.count() == 1


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2026-11-02", "2026-12-01"), ("2016-01-02", "2026-01-01"), ("2026-09-30", "2026-09-30")],
)
def test_a_break_beside_another_and_one_of_ten_years_are_kept(
    edie: Client, mine: Technician, begins: str, ends: str
) -> None:
    assert edie.post(ADDRESS, {"begins": begins, "ends": ends}).status_code == 302
    assert mine.cpd_breaks.count() == 2


def test_whatever_door_it_comes_by(mine: Technician) -> None:
    for ends in (date(2026, 10, 1), days.EARLIEST, date(2037, 1, 1)):
        with pytest.raises(Refused):
            away(mine, date(2026, 10, 1), ends)
