"""Fifty processes put people on the register at the same moment: no gap, no number twice.

In a file of its own: it commits. On PostgreSQL and on SQLite by how the suite is run.
"""

from collections import Counter
from functools import partial

import pytest
from django.db import OperationalError

from benchside.assessment.models import Award, AwardNumbers, Submission
from benchside.assessment.queries import faults_of
from benchside.core.actions import SYSTEM, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.recognition.models import Entry, RegisterApplication
from benchside.recognition.registers import actions
from tests import processes
from tests.factories import applications as made

PROCESSES = 50


def admit_each(applications: list[int]) -> list[tuple[int, str]]:
    """What came of each: its number, or why not."""
    return [(pk, _admit(pk)) for pk in applications]


def _admit(pk: int) -> str:
    while True:
        try:
            one = RegisterApplication.objects.get(pk=pk)
            return str(actions.admit(actor=SYSTEM, application=one).award.number)
        except OperationalError:  # SQLite let others go first for 20 seconds: once more
            continue
        except Refused as refused:
            return refused.message


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_fifty_processes_leave_no_gap_and_no_duplicate() -> None:
    applications = [made.approve_at_once(number).pk for number in range(PROCESSES)]
    # One beforehand: addresses and templates are read once, not by each of the fifty.
    assert _admit(applications[0]) == "RT-000001"
    # Each admits its own; every tenth also one that another admits at the same moment.
    orders = [[pk] for pk in applications]
    for number in range(0, PROCESSES, 10):
        orders[number].append(applications[number + 1])
    # One that may not be admitted takes no number.
    last = applications[-1]
    Submission.objects.filter(register_application=last).update(state="reviewed")

    told = processes.at_once(*(partial(admit_each, one) for one in orders), seconds=300)

    said = [answer for one in told for answer in one]
    got = dict(said)
    assert got.pop(last) == "This is not approved."
    wanted = {f"RT-{number:06d}" for number in range(1, PROCESSES)}
    assert set(got.values()) == wanted
    assert Counter(got.values()).most_common(1)[0][1] == 1
    assert [number for pk, number in said if pk == applications[0]] == ["RT-000001"]
    assert set(Award.objects.values_list("number", flat=True)) == wanted
    assert AwardNumbers.objects.get().last == PROCESSES - 1
    assert Entry.objects.count() == PROCESSES - 1
    assert not [fault for one in Award.objects.all() for fault in faults_of(one)]
    letters = OutgoingMail.objects.filter(name="recognition/register_admitted")
    assert letters.count() == PROCESSES - 1
