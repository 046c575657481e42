"""Many propose at the same moment, each a process of its own: no code twice, no gap, one take-over.

In a file of its own: it commits. On PostgreSQL and on SQLite by how the suite is run.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from benchside.impact.models import Action, PlanNumbers
from tests.factories.plans import a_plan

ROOT = Path(__file__).resolve().parents[3]
PROCESSES, EACH = 4, 6
WORK = """
import json, sys
import django
django.setup()
from benchside.core.actions import SYSTEM
from benchside.impact.models import Plan
from benchside.impact.plans import actions
plan = Plan.objects.select_related("organisation").get()
print("ready", flush=True)
sys.stdin.readline()
said = []
for number in range(%d):
    made = actions.propose_action(actor=SYSTEM, plan=plan, title="A", areas=["visibility"])
    taken = actions.propose_action(
        actor=SYSTEM, plan=plan, title="B", areas=["impact"], origin="review",
        origin_ref=str(number),
    )
    said += [made.code, taken.code]
print(json.dumps(said), flush=True)
"""


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_many_who_propose_at_once_each_gets_a_code_of_its_own() -> None:
    a_plan()
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
            [sys.executable, "-c", WORK % EACH],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    said: list[str] = []
    for one in started:
        out, _ = one.communicate(timeout=120)
        assert one.returncode == 0
        said += json.loads(out)
    own = sorted(code for code in said if code.startswith("V"))
    assert own == [f"V-{number:03d}" for number in range(1, PROCESSES * EACH + 1)]
    assert {code for code in said if code.startswith("I")} == {
        f"I-{n:03d}" for n in range(1, EACH + 1)
    }
    assert Action.objects.count() == PROCESSES * EACH + EACH
    assert dict(PlanNumbers.objects.values_list("letter", "last")) == {
        "V": PROCESSES * EACH,
        "I": EACH,
    }
