"""The third seat: its end when nobody needs it any more, and who may not have it."""

import pytest

from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.models import Reviewer, Seat, Submission
from benchside.assessment.panels import free_seats
from benchside.assessment.reviewing.dealing import MAY_HAVE_READ, candidates, propose
from benchside.assessment.reviewing.exports import erase
from benchside.assessment.reviewing.queries import reviewers
from benchside.assessment.standards import parse
from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.core.models import OutgoingMail
from tests.factories.assessment import (
    TIDY_BENCH,
    a_reviewer,
    a_seat,
    a_submission,
    hand_in,
    judge,
    with_duties,
)
from tests.factories.people import administrator

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


def disputed() -> Submission:
    """One says that it is met, the other that it is not: a third is wanted."""
    one = a_submission("submitted")
    hand_in(a_seat(one, "ann"))
    hand_in(a_seat(one, "bo", number=2), clear="not-met")
    one.refresh_from_db()
    return one


def given(officer: User, one: Submission, user: User, number: int) -> Seat:
    return actions.give_seat(actor=Actor.of(officer), submission=one, user=user, number=number)


@pytest.mark.parametrize("duty", ["assign", "ratify", "administrator"])
def test_nobody_who_may_read_the_reviews_that_are_in_gives_one_of_their_own(
    officer: User, duty: str
) -> None:
    one = disputed()
    reader = administrator() if duty == "administrator" else with_duties("rea", duty)
    Reviewer.objects.create(user=reader, standards=["tidy-bench"])
    fresh = a_reviewer("cy")
    with pytest.raises(Refused, match="would not be independent"):
        given(officer, one, reader, 3)
    found = candidates(one, reviewers(officer, standard="tidy-bench"))
    assert {each.reviewer.user.pk: each.against for each in found} == {
        fresh.user_id: (),
        reader.pk: (MAY_HAVE_READ,),
    }
    proposal = propose([one], reviewers(officer, standard="tidy-bench"))
    assert [who.pk for *_, who in proposal.seats] == [fresh.pk]
    given(officer, one, fresh.user, 3)


def test_an_officer_sits_while_nothing_is_in_and_not_once_something_was(officer: User) -> None:
    """Also when what they read is open again."""
    one, other = a_submission("submitted"), a_submission("submitted")
    given(officer, one, officer, 1)
    hand_in(a_seat(other, "ann"))
    actions.reopen_review(actor=Actor.of(officer), seat=a_second(officer, other))
    with pytest.raises(Refused, match="would not be independent"):
        given(officer, other, officer, 2)


def a_second(officer: User, one: Submission) -> Seat:
    """The first seat, after a second person made a review of it, and said no."""
    second = a_seat(one, "bo", number=2)
    one.refresh_from_db()
    actions.decline_seat(actor=Actor.of(second.user), seat=second)
    return one.seats.get(number=1)


def test_where_nothing_is_graded_an_officer_may_sit_late() -> None:
    """A charter's reviewers advise: there is nothing to be blind to."""
    text = TIDY_BENCH.read_text().replace('rule = "all"', 'rule = "none"')
    ungraded = text[: text.index("grades = [")] + text[text.index("[decision]") :]
    standard = parse("advice.toml", ungraded.replace('"tidy-bench"', '"advice"').encode())
    version = actions.load_standard(actor=SYSTEM, standard=standard)
    actions.publish_standard(actor=SYSTEM, version=version)
    one = a_submission("submitted", version=version)
    seat = a_seat(one, "ann")
    actions.submit_review(actor=Actor.of(seat.user), seat=seat)
    officer = with_duties("officer", "assign", standard="advice")
    given(officer, one, officer, 2)
