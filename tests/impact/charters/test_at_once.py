"""Many at the same moment, each a process of its own: one extension, one self-assessment.

In a file of its own: it commits. On PostgreSQL and on SQLite by how the suite is run.
"""

from collections import Counter
from functools import partial

import pytest

from benchside.accounts.models import User
from benchside.assessment.models import Submission
from benchside.core.actions import Actor, Refused
from benchside.impact.charters import actions
from benchside.impact.models import Cycle
from tests import processes
from tests.factories.charters import a_charter, a_signatory, cycle_of
from tests.factories.organisations import a_member, an_organisation

PROCESSES = 4


def at_once(verb: str, cycle: Cycle) -> Counter[str]:
    """The verb in each process, all let go together; how often each answer was given."""
    return Counter(processes.at_once(*[partial(do, verb, cycle.pk)] * PROCESSES))


def do(verb: str, pk: int) -> str:
    lead = Actor.of(User.objects.get(email="lead@northmoor.example"))
    cycle = Cycle.objects.get(pk=pk)
    try:
        if verb == "extend":
            return str(actions.take_extension(actor=lead, cycle=cycle, why="Please."))
        return str(actions.begin_self_assessment(actor=lead, cycle=cycle).pk)
    except Refused:
        return "refused"


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
