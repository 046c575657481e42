"""Two processes, one a microsecond before closing and one at it; and two who race for one place."""

import threading
from datetime import datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection

from benchside.core.actions import Refused
from benchside.visibility.contests.actions.entries import TooLate
from benchside.visibility.models import Competition, Entry, Photo
from tests.factories.contests import CLOSES, OPENS, an_entry, open_competition
from tests.processes import at_once


def send(school: str, moment: datetime) -> str:
    """A school's photograph, sent at a moment."""
    with time_machine.travel(moment, tick=False):
        try:
            an_entry(Competition.objects.get(), school)
        except TooLate:
            return "late"
    return "in time"


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_the_minute() -> None:
    with time_machine.travel(CLOSES - timedelta(days=1), tick=False):
        open_competition(opens_at=OPENS, closes_at=CLOSES, results_at=None)
    moments = {"Northmoor": CLOSES - timedelta(microseconds=1), "Southmoor": CLOSES}
    said = at_once(*(partial(send, school, moment) for school, moment in moments.items()))
    assert said == ["in time", "late"]
    assert [one.school for one in Entry.objects.all()] == ["Northmoor"]
    assert Photo.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_at_once_a_school_gets_one_in() -> None:
    competition = open_competition()
    start, said = threading.Barrier(4), []

    def press(number: int) -> None:
        try:
            start.wait(timeout=30)
            an_entry(competition, "Northmoor High School", once=str(number))
            said.append("in")
        except Refused:
            said.append("refused")
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=(number,)) for number in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join(timeout=60)
    assert sorted(said) == ["in", "refused", "refused", "refused"]
    assert Entry.objects.count() == Photo.objects.count() == 1
