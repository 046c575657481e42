"""Two officers give one seat, two ratify one decision, each a process of its own: one succeeds.

In a file of its own: it commits.
"""

from collections import Counter
from functools import partial

import pytest

from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.models import Award, Seat, Submission
from benchside.core.actions import Actor, Refused
from tests import processes
from tests.factories.assessment import a_submission, somebody, with_duties


def at_once(*jobs: tuple[str, str, str, str]) -> Counter[str]:
    """Each job in a process, all let go together; how often each answer was given."""
    return Counter(processes.at_once(*(partial(do, *job) for job in jobs)))


def do(verb: str, who: str, key: str, whom: str) -> str:
    """One verb as one person, and what came of it."""
    actor = Actor.of(User.objects.get(email=f"{who}@benchside.example"))
    submission = Submission.objects.get(key=key)
    try:
        if verb == "give":
            user = User.objects.get(email=f"{whom}@benchside.example")
            actions.give_seat(actor=actor, submission=submission, user=user, number=1)
        else:
            actions.ratify_decision(actor=actor, decision=submission.decisions.get())
    except Refused:
        return "refused"
    return "done"


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
