"""Fifty processes put people on the register at the same moment: no gap, no number twice.

In a file of its own: it commits. On PostgreSQL and on SQLite by how the suite is run. One process
is started and loads the program; it forks the fifty, each with a connection of its own.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from benchside.assessment.models import Award, AwardNumbers
from benchside.assessment.queries import faults_of
from benchside.core.models.mail import OutgoingMail
from benchside.recognition.models import Entry, RegisterApplication
from tests.factories import applications as made

ROOT = Path(__file__).resolve().parents[3]
PROCESSES = 50
WORK = """
import json, multiprocessing, os, sys
import django
django.setup()
from django.db import OperationalError, connections
from django.template.loader import get_template
from benchside.core.actions import SYSTEM, Refused
from benchside.recognition.models import RegisterApplication
from benchside.recognition.registers import actions

def work(go, said, orders):
    connections.close_all()
    go.wait()
    for pk in orders:
        one = RegisterApplication.objects.get(pk=pk)
        while True:
            try:
                said.put((pk, actions.admit(actor=SYSTEM, application=one).award.number))
            except OperationalError:  # SQLite let others go first for 20 seconds: again
                continue
            except Refused as refused:
                said.put((pk, type(refused).__name__))
            break
    connections.close_all()

for part in ("subject.txt", "text.txt", "html.html"):  # read once, before there are fifty
    get_template(f"emails/recognition/register_admitted/{part}")

context = multiprocessing.get_context("fork")
orders = json.loads(sys.argv[1])
go, said = context.Event(), context.Queue()
started = [context.Process(target=work, args=(go, said, one)) for one in orders]
for one in started:
    one.start()
go.set()
found = [said.get(timeout=450) for one in orders for _ in one]
for one in started:
    one.join()
print(json.dumps([found, [one.exitcode for one in started]]))
"""


def at_once(orders: list[list[int]]) -> list[tuple[int, str]]:
    """Each list in a process of its own, all let go together: which got which number."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", WORK, json.dumps(orders)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found, codes = json.loads(done.stdout)
    assert set(codes) == {0}, done.stderr[-3000:]
    return [(int(pk), str(number)) for pk, number in found]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_fifty_processes_leave_no_gap_and_no_duplicate() -> None:
    applications = [made.approve_at_once(number).pk for number in range(PROCESSES)]
    # Each admits its own; every tenth also one that another admits at the same moment.
    orders = [[pk] for pk in applications]
    for number in range(0, PROCESSES, 10):
        orders[number].append(applications[number + 1])
    # One that may not be admitted takes no number.
    RegisterApplication.objects.filter(pk=applications[-1]).update(pay_by=None)
    submission = RegisterApplication.objects.get(pk=applications[-1]).submission
    type(submission).objects.filter(pk=submission.pk).update(state="reviewed")

    said = at_once(orders)

    got = dict(said)
    assert got.pop(applications[-1]) == "Refused"
    wanted = {f"RT-{number:06d}" for number in range(1, PROCESSES)}
    assert set(got.values()) == wanted
    assert Counter(got.values()).most_common(1)[0][1] == 1
    assert len({number for pk, number in said if pk == applications[1]}) == 1
    assert set(Award.objects.values_list("number", flat=True)) == wanted
    assert AwardNumbers.objects.get().last == PROCESSES - 1
    assert Entry.objects.count() == PROCESSES - 1
    assert all(not faults_of(one) for one in Award.objects.all())
    letters = OutgoingMail.objects.filter(name="recognition/register_admitted")
    assert letters.count() == PROCESSES - 1
