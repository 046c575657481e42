"""Many at the same moment, each a process of its own: one extension, one self-assessment.

In a file of its own: it commits. On PostgreSQL and on SQLite by how the suite is run.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from benchside.assessment.models import Submission
from benchside.impact.models import Cycle
from tests.factories.charters import a_charter, a_signatory, cycle_of
from tests.factories.organisations import a_member, an_organisation

ROOT = Path(__file__).resolve().parents[3]
PROCESSES = 4
WORK = """
import json, sys
import django
django.setup()
from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.impact.charters import actions
from benchside.impact.models import Cycle
lead = Actor.of(User.objects.get(email="lead@northmoor.example"))
cycle = Cycle.objects.get(pk=int(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
try:
    if sys.argv[1] == "extend":
        said = str(actions.take_extension(actor=lead, cycle=cycle, why="Please."))
    else:
        said = str(actions.begin_self_assessment(actor=lead, cycle=cycle).pk)
except Refused as refused:
    said = "refused"
print(json.dumps(said), flush=True)
"""


def at_once(verb: str, cycle: Cycle) -> Counter[str]:
    """The verb in each process, all let go together; how often each answer was given."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "PYTHONPATH": str(ROOT),
    }
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, verb, str(cycle.pk)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    answers = []
    for one in started:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in started:
        out, _ = one.communicate(timeout=120)
        answers.append(json.loads(out.splitlines()[-1]))
    return Counter(answers)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_many_who_press_at_once_one_is_first() -> None:
    here = an_organisation("northmoor")
    a_member(here, local="lead")
    cycle = cycle_of(a_signatory(a_charter(), here))
    was = cycle.due_on
    extended = at_once("extend", cycle)
    assert extended["refused"] == PROCESSES - 1
    cycle.refresh_from_db()
    assert cycle.due_on > was
    begun = at_once("begin", cycle)
    assert list(begun.values()) == [PROCESSES]  # all were led to the same one
    assert Submission.objects.count() == 1
