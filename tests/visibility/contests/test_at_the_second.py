"""Two processes, one a microsecond before closing and one at it; and two who race for one place."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection

from benchside.core.actions import Refused
from benchside.visibility.models import Entry, Photo
from tests.factories.contests import CLOSES, OPENS, an_entry, open_competition

ROOT = Path(__file__).resolve().parents[3]
SENDER = """
import sys, django
django.setup()
from datetime import datetime
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
import time_machine
from benchside.visibility.contests.actions.entries import TooLate
from benchside.visibility.models import Competition
from tests.factories.contests import an_entry
with time_machine.travel(datetime.fromisoformat(sys.argv[2]), tick=False):
    try:
        an_entry(Competition.objects.get(), sys.argv[3])
    except TooLate:
        print("late")
    else:
        print("in time")
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_the_minute() -> None:
    with time_machine.travel(CLOSES - timedelta(days=1), tick=False):
        open_competition(opens_at=OPENS, closes_at=CLOSES, results_at=None)
    moments = {"Northmoor": CLOSES - timedelta(microseconds=1), "Southmoor": CLOSES}
    name = str(connection.settings_dict["NAME"])
    connection.close()
    running = {
        school: subprocess.Popen(
            [sys.executable, "-c", SENDER, name, moment.isoformat(), school],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for school, moment in moments.items()
    }
    said = {school: process.communicate(timeout=120) for school, process in running.items()}
    assert {s: out.strip().splitlines()[-1] for s, (out, _) in said.items()} == {
        "Northmoor": "in time", "Southmoor": "late",
    }, said  # fmt: skip
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
