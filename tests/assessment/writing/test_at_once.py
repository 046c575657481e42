"""Two people write one answer at the same moment, each a process of its own: nothing is lost.

In a file of its own: it commits. On PostgreSQL and on SQLite by how the suite is run.
"""

from functools import partial
from uuid import UUID

import pytest

from benchside.accounts.models import User
from benchside.assessment.actions import add_contributor, save_statement
from benchside.assessment.models import Submission
from benchside.core.actions import SYSTEM, Actor
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person
from tests.factories.writing import begun
from tests.processes import at_once

SAVES = 12


def type_on(name: str, key: UUID) -> None:
    """Sentence after sentence on top of what the page last showed, as an open page does."""
    actor = Actor.of(User.objects.get(email=f"{name}@benchside.example"))
    submission = Submission.objects.get(key=key)
    text, number = "", 0
    for n in range(SAVES):
        text = f"{text} {name} wrote sentence {n}."
        saved = save_statement(
            actor=actor, submission=submission, criterion="clear", text=text, based_on=number
        )
        text, number = saved.text, saved.number


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_who_write_one_answer_at_once_lose_nothing() -> None:
    submission: Submission = begun(a_member(an_organisation("northmoor")))
    names = ("hella", "otto")
    for name in names:
        user = person(f"{name}@benchside.example")
        add_contributor(actor=SYSTEM, submission=submission, user=user, criterion="clear")
    at_once(*(partial(type_on, name, submission.key) for name in names))
    statement = submission.statements.get(criterion="clear")
    numbers = list(statement.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, statement.number + 1))
    for name in names:
        for n in range(SAVES):
            assert f"{name} wrote sentence {n}." in statement.text
