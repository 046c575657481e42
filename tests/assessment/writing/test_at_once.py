"""Two people write one answer at the same moment, each a process of its own: nothing is lost.

In a file of its own: it commits. On PostgreSQL and on SQLite by how the suite is run.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from benchside.assessment.actions import add_contributor
from benchside.assessment.models import Submission
from benchside.core.actions import SYSTEM
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person
from tests.factories.writing import begun

ROOT = Path(__file__).resolve().parents[3]
SAVES = 12
# Types sentence after sentence on top of what the page last showed, as an open page does.
WORK = """
import sys
import django
django.setup()
from benchside.accounts.models import User
from benchside.assessment.actions import save_statement
from benchside.assessment.models import Submission
from benchside.core.actions import Actor
name, key, saves = sys.argv[1], sys.argv[2], int(sys.argv[3])
actor = Actor.of(User.objects.get(email=f"{name}@benchside.example"))
submission = Submission.objects.get(key=key)
print("ready", flush=True)
sys.stdin.readline()
text, number = "", 0
for n in range(saves):
    text = f"{text} {name} wrote sentence {n}."
    saved = save_statement(
        actor=actor, submission=submission, criterion="clear", text=text, based_on=number
    )
    text, number = saved.text, saved.number
"""


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_who_write_one_answer_at_once_lose_nothing() -> None:
    submission: Submission = begun(a_member(an_organisation("northmoor")))
    names = ("hella", "otto")
    for name in names:
        user = person(f"{name}@benchside.example")
        add_contributor(actor=SYSTEM, submission=submission, user=user, criterion="clear")
    database = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{database}"
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"].replace("/postgres?", f"/{database}?")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "PYTHONPATH": str(ROOT),
    }
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, name, str(submission.key), str(SAVES)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for one in started:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in started:
        one.communicate(timeout=120)
        assert one.returncode == 0
    statement = submission.statements.get(criterion="clear")
    numbers = list(statement.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, statement.number + 1))
    for name in names:
        for n in range(SAVES):
            assert f"{name} wrote sentence {n}." in statement.text
