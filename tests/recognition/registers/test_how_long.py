"""The public is told how long decisions took, from the first sending in to the first decision."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from benchside.assessment.models import Submission
from benchside.recognition.models import Register
from benchside.recognition.registers import queries
from tests.factories import applications as made

pytestmark = pytest.mark.django_db
PLAIN: made.Moves = (("draft", "submitted", 0), ("recommended", "approved", 20))
RETURNED: made.Moves = (
    ("draft", "submitted", 0), ("submitted", "returned", 5), ("returned", "submitted", 25),
    ("recommended", "approved", 30),
)  # fmt: skip
DISMISSED: made.Moves = (
    ("draft", "submitted", 0), ("recommended", "declined", 30), ("declined", "appealed", 40),
    ("appealed", "declined", 90),
)  # fmt: skip
UPHELD: made.Moves = (
    ("draft", "submitted", 0), ("recommended", "declined", 30), ("declined", "appealed", 40),
    ("appealed", "in-review", 60),
)  # fmt: skip


def decided(number: int, moves: made.Moves, begun: datetime) -> Register:
    """One whose own columns have the last of each day, as the states leave them."""
    one = made.begun(made.a_claimed(f"many{number}@work.example"))
    sent = [days for _, to, days in moves if to == "submitted"]
    ended = [days for _, to, days in moves if to in {"approved", "declined"}]
    Submission.objects.filter(pk=one.submission_id).update(
        state=moves[-1][1],
        created_at=begun,
        submitted_at=begun + timedelta(days=sent[-1]),
        closed_at=begun + timedelta(days=ended[-1]),
    )
    made.trail(one, begun, moves)
    return one.register


def test_neither_sending_in_again_nor_an_appeal_changes_how_long_it_took() -> None:
    begun = timezone.now() - timedelta(days=200)
    for number, moves in enumerate((PLAIN, RETURNED, RETURNED, DISMISSED, UPHELD)):
        register = decided(number, moves, begun)
    assert queries.days_to_decision(register) == 30


def test_too_few_tell_nothing_nor_do_those_of_long_ago() -> None:
    register = decided(0, PLAIN, timezone.now() - timedelta(days=200))
    assert queries.days_to_decision(register) is None
    for number in range(1, 5):
        register = decided(number, PLAIN, timezone.now() - timedelta(days=900))
    assert queries.days_to_decision(register) is None
