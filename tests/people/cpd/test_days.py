"""Which days and numbers a log takes, and what it says about the others."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from benchside.core.models import ImportRun
from benchside.people.cpd import actions, days
from benchside.people.models import CpdActivity
from tests.factories.cpd import actor_of

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)
SAID = {"title": "Laser safety", "category": "formal", "begins": "2026-03-04", "is_done": "yes"}


def brought(one: CpdActivity, *cells: str) -> ImportRun:
    data = "Title,Category,From,Until,Hours,Done\n" + ",".join(cells) + "\n"
    who = one.technician
    return actions.preview_table(
        actor=actor_of(who), technician=who, data=data.encode(), filename="log.csv"
    )


@pytest.mark.parametrize(
    "more", [{"begins": str(TOMORROW)}, {"begins": "2026-03-04", "ends": str(TOMORROW)}]
)
def test_nothing_is_done_before_its_day(
    edie: Client, mine: CpdActivity, more: dict[str, Any]
) -> None:
    answer = edie.post(mine.get_absolute_url(), {**SAID, **more})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "is_done": ["That day is still to come. Choose Planned, or give the day on which it was."]
    }
    assert edie.post(mine.get_absolute_url(), {**SAID, **more, "is_done": "no"}).status_code == 302
    today = {**SAID, "begins": str(timezone.localdate())}
    assert edie.post(mine.get_absolute_url(), today).status_code == 302


@pytest.mark.parametrize("done", ["yes", "", "no"])
def test_a_day_to_come_in_a_file_is_a_plan(mine: CpdActivity, done: str) -> None:
    run = brought(mine, "A course", "formal", str(TOMORROW), "", "", done)
    assert run.problems == []
    assert run.difference[0]["said"]["is_done"] is False


@pytest.mark.parametrize("day", [date(1949, 12, 31), date(1890, 3, 4), date(2199, 1, 1)])
def test_form_and_file_name_the_same_limits(edie: Client, mine: CpdActivity, day: date) -> None:
    words = days.limits()
    assert words.startswith("Check the year: give a day from 1 January 1950 to ")
    answer = edie.post(mine.get_absolute_url(), {**SAID, "is_done": "no", "begins": str(day)})
    assert answer.context["form"].errors["begins"] == [words]
    run = brought(mine, "A course", "formal", f"{day:%d/%m/%Y}", "", "", "no")
    assert [(one["column"], one["remedy"]) for one in run.problems] == [("From", words)]


def test_the_last_days_that_are_taken(edie: Client, mine: CpdActivity) -> None:
    for day in (days.EARLIEST, days.furthest()):
        said = {**SAID, "is_done": "no", "begins": str(day)}
        assert edie.post(mine.get_absolute_url(), said).status_code == 302
        assert brought(mine, "A course", "formal", str(day), "", "", "no").problems == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("30000", "Write 9999 at most, or leave it empty."),
        ("1234567.25", "Write 9999 at most, or leave it empty."),
        ("-1", "Write 0 or more, or leave it empty."),
        ("lots", "Write a number such as 1.5, or leave it empty."),
    ],
)
def test_form_and_file_name_the_same_limits_of_numbers(
    edie: Client, mine: CpdActivity, number: str, words: str
) -> None:
    answer = edie.post(mine.get_absolute_url(), {**SAID, "hours": number, "points": number})
    assert answer.context["form"].errors == {"hours": [words], "points": [words]}
    run = brought(mine, "A course", "formal", "2026-03-04", "", number, "")
    assert [(one["column"], one["remedy"]) for one in run.problems] == [("Hours", words)]


def test_hours_have_two_places(edie: Client, mine: CpdActivity) -> None:
    answer = edie.post(mine.get_absolute_url(), {**SAID, "hours": "1.125"})
    words = "Write two digits after the point at most, such as 1.25."
    assert answer.context["form"].errors == {"hours": [words]}
    assert edie.post(mine.get_absolute_url(), {**SAID, "hours": "9999"}).status_code == 302
