"""Two officers give one seat, two ratify one decision, each a process of its own: one succeeds.

In a file of its own: it commits.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from benchside.assessment.models import Award, Seat
from tests.factories.assessment import a_submission, somebody, with_duties

ROOT = Path(__file__).resolve().parents[3]
# Does one verb as one person, once all are ready, and says what came of it.
WORK = """
import sys
import django
django.setup()
from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.models import Decision, Submission
from benchside.core.actions import Actor, Refused
verb, who, key, whom = sys.argv[1:]
actor = Actor.of(User.objects.get(email=f"{who}@benchside.example"))
submission = Submission.objects.get(key=key)
print("ready", flush=True)
sys.stdin.readline()
try:
    if verb == "give":
        user = User.objects.get(email=f"{whom}@benchside.example")
        actions.give_seat(actor=actor, submission=submission, user=user, number=1)
    else:
        actions.ratify_decision(actor=actor, decision=submission.decisions.get())
    print("done", flush=True)
except Refused as refused:
    print("refused", flush=True)
"""


def at_once(*jobs: tuple[str, str, str, str]) -> Counter[str]:
    """Each job in a process, all let go together; how often each answer was given."""
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
            [sys.executable, "-c", WORK, *job],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for job in jobs
    ]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    said: Counter[str] = Counter()
    for one in started:
        out, _ = one.communicate(timeout=120)
        assert one.returncode == 0
        said[json.loads(f'"{out.strip()}"')] += 1
    return said


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_seat_that_two_officers_give_at_once_is_given_once() -> None:
    with_duties("officer", "assign")
    with_duties("other", "assign")
    one = a_submission("submitted")
    for name in ("ann", "bo"):
        somebody(name)
    key = str(one.key)
    said = at_once(("give", "officer", key, "ann"), ("give", "other", key, "bo"))
    assert said == {"done": 1, "refused": 1}
    assert Seat.objects.filter(submission=one, number=1).count() == 1


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_decision_that_two_ratify_at_once_gives_one_award() -> None:
    one = a_submission("recommended")
    with_duties("board", "ratify")
    with_duties("second-board", "ratify")
    key = str(one.key)
    said = at_once(("ratify", "board", key, ""), ("ratify", "second-board", key, ""))
    assert said == {"done": 1, "refused": 1}
    assert Award.objects.count() == 1
    one.refresh_from_db()
    assert one.state == "approved"
