"""The third seat: its end when nobody needs it any more, and who may not have it."""

import pytest

from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.models import Seat, Submission
from benchside.assessment.panels import free_seats
from benchside.assessment.reviewing.exports import erase
from benchside.core.actions import Actor
from benchside.core.models import OutgoingMail
from tests.factories.assessment import a_seat, a_submission, hand_in, judge

pytestmark = pytest.mark.django_db


def settled_without(officer: User) -> tuple[Submission, Seat]:
    """Two disagreed, a third was asked, and then the second came to agree."""
    one = a_submission("submitted")
    hand_in(a_seat(one, "ann"))
    second = a_seat(one, "bo", number=2)
    hand_in(second, clear="not-met")
    one.refresh_from_db()
    third = a_seat(one, "cy", number=3)
    actions.reopen_review(actor=Actor.of(officer), seat=second)
    judge(second)
    actions.submit_review(actor=Actor.of(second.user), seat=second)
    one.refresh_from_db()
    assert one.state == "in-review"  # the third is still to come
    OutgoingMail.objects.all().delete()
    return one, third


@pytest.mark.parametrize("end", ["declined", "stood-down", "erased"])
def test_a_review_that_waited_for_a_third_alone_is_done_when_they_leave(
    officer: User, end: str, django_capture_on_commit_callbacks: object
) -> None:
    one, third = settled_without(officer)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        if end == "declined":
            actions.decline_seat(actor=Actor.of(third.user), seat=third)
        elif end == "stood-down":
            actions.stand_down(actor=Actor.of(officer), seat=third)
        else:
            erase(third.user.person_id)
    one.refresh_from_db()
    assert one.state == "reviewed"
    said = [letter.text for letter in OutgoingMail.objects.filter(name="assessment/waits")]
    assert len(said) == 1  # the reviews are in; nobody is asked to find another


def test_a_seat_of_the_panel_itself_is_wanted_again(officer: User) -> None:
    """The third alone does not make up for one of the two."""
    one = a_submission("submitted")
    first, second = a_seat(one, "ann"), a_seat(one, "bo", number=2)
    hand_in(first)
    hand_in(second, clear="not-met")
    one.refresh_from_db()
    hand_in(a_seat(one, "cy", number=3))
    actions.reopen_review(actor=Actor.of(officer), seat=second)
    actions.decline_seat(actor=Actor.of(second.user), seat=second)
    one.refresh_from_db()
    assert one.state == "in-review"
    assert free_seats(one) == [2]
