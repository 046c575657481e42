"""A head signs while somebody else writes, each a process of its own: no order of the two leaves a
signature to words that were not read.

In a file of its own: it commits.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from benchside.assessment.chain import digest_of
from benchside.assessment.content import content_of
from benchside.assessment.models import FrozenVersion, SignOff, Submission
from benchside.assessment.signatures import standing
from tests.factories import marks as made

ROOT = Path(__file__).resolve().parents[3]
# Signs what is there, or writes again and again, once both are ready.
WORK = """
import sys
import django
django.setup()
from benchside.accounts.models import User
from benchside.assessment.actions import save_statement, sign
from benchside.assessment.models import Submission
from benchside.core.actions import Actor, Refused
verb, address, key = sys.argv[1:]
actor = Actor.of(User.objects.get(email=address))
one = Submission.objects.get(key=key)
print("ready", flush=True)
sys.stdin.readline()
for number in range(8):
    if verb == "sign":
        try:
            sign(actor=actor, submission=one, step="head", signed_as="Hedda")
        except Refused:
            pass
    else:
        held = one.statements.get(criterion="unpaid")
        save_statement(actor=actor, submission=one, criterion="unpaid",
                       text=f"Nobody, as of day {number}.", based_on=held.number)
print("done", flush=True)
"""


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_signing_and_writing_at_once_leave_no_signature_to_other_words() -> None:
    school = made.a_school()
    head = made.a_head(school)
    application = made.an_application(school, head)
    made.write(application, head)
    one = application.submission
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
            [sys.executable, "-c", WORK, verb, head.email, str(one.key)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for verb in ("sign", "write")
    ]
    for each in started:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    for each in started:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in started:
        each.communicate(timeout=120)
        assert each.returncode == 0
    one = Submission.objects.get(pk=one.pk)
    now = digest_of(content_of(one))
    assert SignOff.objects.filter(submission=one).exists()
    alive = SignOff.objects.filter(submission=one, lapsed_at__isnull=True)
    assert all(each.frozen.digest == now for each in alive)
    assert len(standing(one)) == alive.count() <= 1
    for frozen in FrozenVersion.objects.filter(submission=one):
        assert frozen.digest == hashlib.sha256(frozen.content.encode()).hexdigest()
