"""Both tables walked whole: what is listed moves, every other pair of state and verb is refused."""

import itertools
from typing import Any

import pytest
from django.db import transaction

from benchside.assessment.enums import SeatState, SubmissionState
from benchside.assessment.states import SEATS, SUBMISSIONS
from benchside.core.actions import SYSTEM, Actor, Denied
from benchside.core.states import NoSuchMove, StateTable, move
from tests.factories.assessment import WAYS, a_seat, a_submission, somebody
from tests.factories.people import administrator

pytestmark = pytest.mark.django_db

# Written out by hand from section 1 of the issue, and not read from the table under test.
SUBMISSION_MOVES = {
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("draft", "expire"): "expired",
    ("submitted", "return"): "returned",
    ("submitted", "assign"): "in-review",
    ("submitted", "withdraw"): "withdrawn",
    ("returned", "submit"): "submitted",
    ("returned", "withdraw"): "withdrawn",
    ("returned", "expire"): "expired",
    ("in-review", "ask-for-more"): "more-asked",
    ("in-review", "complete"): "reviewed",
    ("in-review", "withdraw"): "withdrawn",
    ("more-asked", "answer"): "in-review",
    ("more-asked", "go-on"): "in-review",
    ("more-asked", "withdraw"): "withdrawn",
    ("more-asked", "expire"): "expired",
    ("reviewed", "reopen"): "in-review",
    ("reviewed", "recommend"): "recommended",
    ("reviewed", "withdraw"): "withdrawn",
    ("recommended", "approve"): "approved",
    ("recommended", "decline"): "declined",
    ("recommended", "send-back"): "reviewed",
    ("recommended", "withdraw"): "withdrawn",
    ("declined", "appeal"): "appealed",
    ("appealed", "uphold"): "in-review",
    ("appealed", "dismiss"): "declined",
}
SEAT_MOVES = {
    ("invited", "accept"): "accepted",
    ("invited", "decline"): "declined",
    ("invited", "stand-down"): "stood-down",
    ("accepted", "decline"): "declined",
    ("accepted", "submit"): "submitted",
    ("accepted", "stand-down"): "stood-down",
    ("submitted", "reopen"): "accepted",
    ("submitted", "stand-down"): "stood-down",
}


def test_every_pair_of_a_submissions_state_and_a_verb() -> None:
    """The rows as the factory's own submission stands in every state the engine can bring it to."""
    verbs = {verb for _, verb in SUBMISSION_MOVES}
    assert set(WAYS) == set(SubmissionState.values) - {"expired"}
    one, admin = a_submission("submitted"), Actor.of(administrator())
    for state, verb in itertools.product(SubmissionState.values, verbs):
        type(one).objects.filter(pk=one.pk).update(state=state)
        one.refresh_from_db()
        target = SUBMISSION_MOVES.get((state, verb))
        actor = SYSTEM if verb in {"submit", "withdraw", "expire", "answer", "appeal"} else admin
        if target is None:
            with pytest.raises(NoSuchMove):
                move(table=SUBMISSIONS, subject=one, verb=verb, actor=actor)
            one.refresh_from_db()
            assert one.state == state
        else:
            move(table=SUBMISSIONS, subject=one, verb=verb, actor=actor)
            assert one.state == target


def test_every_pair_of_a_seats_state_and_a_verb() -> None:
    verbs = {verb for _, verb in SEAT_MOVES}
    seat, admin = a_seat(a_submission("submitted")), Actor.of(administrator())
    own = Actor.of(seat.user)
    for state, verb in itertools.product(SeatState.values, verbs):
        type(seat).objects.filter(pk=seat.pk).update(state=state)
        seat.refresh_from_db()
        actor = admin if verb in {"stand-down", "reopen"} else own
        if (state, verb) not in SEAT_MOVES:
            with pytest.raises(NoSuchMove):
                move(table=SEATS, subject=seat, verb=verb, actor=actor)
            seat.refresh_from_db()
            assert seat.state == state
        else:
            move(table=SEATS, subject=seat, verb=verb, actor=actor)
            assert seat.state == SEAT_MOVES[state, verb]


def test_no_move_of_either_is_anybodys() -> None:
    """Somebody who has no duty and no seat and leads nothing may do none of them."""
    nobody = Actor.of(somebody("nobody"))
    one = a_submission("submitted")
    seat = a_seat(one)
    walked: list[tuple[tuple[str, str], Any, StateTable]] = [
        *((pair, one, SUBMISSIONS) for pair in SUBMISSION_MOVES),
        *((pair, seat, SEATS) for pair in SEAT_MOVES),
    ]
    for (state, verb), subject, table in walked:
        subject.state = state
        with pytest.raises(Denied), transaction.atomic():
            move(table=table, subject=subject, verb=verb, actor=nobody)


@pytest.mark.parametrize("state", [state for state in WAYS if state != "draft"])
def test_the_engines_own_verbs_bring_a_submission_to_each_state(state: str) -> None:
    assert a_submission(state).state == state
