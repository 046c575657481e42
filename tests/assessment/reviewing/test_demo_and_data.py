"""The demonstration's review under way; what is held of a reviewer, and how it is forgotten."""

import pytest
from django.template.loader import render_to_string

from benchside.assessment import actions
from benchside.assessment.models import Duty, Interest, Judgement, Reviewer, Seat, Submission
from benchside.assessment.reviewing.demo import review_in_progress
from benchside.assessment.reviewing.exports import erase, export
from benchside.core.actions import Actor
from benchside.core.registries import panels_at
from tests.factories.assessment import a_seat, a_submission, hand_in, judge, somebody, with_duties
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db


def test_one_is_half_done_and_the_other_asked_however_often_it_runs() -> None:
    one, officer = a_submission("submitted"), somebody("officer")
    reviewers = [somebody("ann"), somebody("bo")]
    for _ in range(2):
        seats = review_in_progress(one, officer, reviewers)
        assert [seat.number for seat in seats] == [1, 2]
    one.refresh_from_db()
    assert one.state == "in-review"
    assert dict(Seat.objects.values_list("user__name", "state")) == {
        "Ann": "accepted",
        "Bo": "invited",
    }
    assert Judgement.objects.count() == 1  # of two
    assert Reviewer.objects.count() == 2


@pytest.mark.parametrize("state", ["draft", "withdrawn", "approved"])
def test_what_is_not_waiting_is_left_alone(state: str) -> None:
    one = a_submission(state)
    before = one.seats.count()
    review_in_progress(one, somebody("officer"), [somebody("dee"), somebody("ed")])
    one.refresh_from_db()
    assert (one.state, one.seats.count()) == (state, before)


def test_too_few_who_may_is_no_review_and_no_error() -> None:
    place = an_organisation("northmoor")
    one = a_submission("submitted", organisation=place)
    assert review_in_progress(one, somebody("officer"), [somebody("ann"), a_member(place)]) == []
    assert not Duty.objects.exists()


def test_a_reviewer_takes_what_they_wrote_and_what_was_handed_in_stands() -> None:
    done, half = a_seat(a_submission("submitted")), a_seat(a_submission("submitted"))
    ann = done.user
    with_duties("ann", "assign")
    hand_in(done)
    judge(half)
    actions.declare_interest(
        actor=Actor.of(ann), organisation=an_organisation("southmoor"), what="My brother."
    )
    held = export(ann.person_id)
    assert len(held["reviews"]) == 2
    assert "What Ann keeps for the panel." in str(held)
    assert "My brother." in str(held)
    for _ in range(2):
        erase(ann.person_id)
    half.refresh_from_db()
    assert half.state == "stood-down"
    assert not half.judgements.exists()
    assert done.judgements.count() == 2
    assert not Interest.objects.exists()
    assert not Duty.objects.filter(user=ann).exists()


def beside(one: Submission) -> str:
    """What stands beside the form, as it is drawn there."""
    return "".join(
        render_to_string(panel.template, {"panel": panel, "shown": shown})
        for panel, shown in panels_at("assessment.form", str(one.key))
    )


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("draft", ""),
        ("submitted", "Sent in"),
        ("returned", "Say more, please."),
        ("in-review", "Being reviewed"),
        ("recommended", "Waiting to be ratified"),
        ("declined", "Read what came of it"),
    ],
)
def test_beside_the_form_stands_where_it_is(state: str, told: str) -> None:
    found = beside(a_submission(state))
    assert told in found
    assert bool(found.strip()) is bool(told)
