"""More was asked for, its day is over, and nothing came: the review goes on without."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions, writing_rules
from benchside.assessment.models import Seat, Submission
from benchside.assessment.reviewing import tasks
from benchside.assessment.reviewing.queries import Wanted, cases, how_many_wait
from benchside.assessment.showing.tasks import remind_of_requests
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.core.states import NoSuchMove
from tests.factories.assessment import a_submission, hand_in
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    return a_member(an_organisation("northmoor"))


@pytest.fixture
def one(head: User, monkeypatch: pytest.MonkeyPatch) -> Submission:
    """Something that nobody answered, and its day was yesterday."""
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == head])
    made = a_submission("more-asked", organisation=head.memberships.get().organisation)
    made.requests.update(due_on=timezone.localdate() - timedelta(days=1))
    OutgoingMail.objects.all().delete()
    return made


def page_of(client: Client, one: Submission) -> str:
    return client.get(f"/assess/submissions/{one.key}/").content.decode()


def letters() -> list[tuple[str, str]]:
    return [(one.to[0], one.subject) for one in OutgoingMail.objects.order_by("pk")]


def test_the_desk_lets_it_go_on_and_all_are_told(one: Submission, head: User, desk: Client) -> None:
    assert "Go on with what is there" in page_of(desk, one)
    answer = desk.post(f"/assess/submissions/{one.key}/go-on/", follow=True)
    assert "The review goes on" in answer.content.decode()
    one.refresh_from_db()
    assert one.state == "in-review"
    assert one.requests.get().ended_at is not None
    page = page_of(desk, one)
    assert "the review went on without it" in page
    assert "Go on with what is there" not in page
    readers = [seat.user.email for seat in one.seats.select_related("user")]
    assert letters() == [
        (head.email, f"The review goes on with what is there: {one.version.title}"),
        *((email, "Please go on with your review of Northmoor") for email in readers),
    ]
    seat = one.seats.get(number=1)
    told = sign_in(Client(), seat.user).get(f"/assess/seats/{seat.pk}/").content.decode()
    assert "it did not come, so judge it by what is there" in told
    for each in one.seats.all():
        hand_in(each)
    one.refresh_from_db()
    assert one.state == "reviewed"


def test_not_before_its_day_is_over_nor_twice_nor_by_anybody(
    one: Submission, officer: User, head: User, desk: Client
) -> None:
    one.requests.update(due_on=timezone.localdate())
    assert "Go on with what is there" not in page_of(desk, one)
    with pytest.raises(Refused, match="They have until"):
        actions.go_on_without(actor=Actor.of(officer), submission=one)
    one.refresh_from_db()
    assert one.state == "more-asked"
    one.requests.update(due_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Denied):
        actions.go_on_without(actor=Actor.of(head), submission=one)
    actions.go_on_without(actor=Actor.of(officer), submission=one)
    with pytest.raises(NoSuchMove):
        actions.go_on_without(actor=Actor.of(officer), submission=one)


def test_what_ended_is_not_answered_with_what_is_asked_next(one: Submission, officer: User) -> None:
    actions.go_on_without(actor=Actor.of(officer), submission=one)
    type(one).objects.filter(pk=one.pk).update(evidence_rounds=0)  # as if more rounds were left
    seat = one.seats.get(number=1)
    actions.ask_for_more(
        actor=Actor.of(seat.user), seat=seat, text="Again?", due_on=timezone.localdate()
    )
    one.refresh_from_db()
    actions.answer_request(actor=SYSTEM, submission=one)
    assert [bool(each.answered_at) for each in one.requests.order_by("pk")] == [False, True]


def test_it_waits_in_a_queue_of_its_own_and_no_review_is_late_meanwhile(
    one: Submission, officer: User
) -> None:
    Seat.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    assert [key for key, *_ in how_many_wait(officer)] == ["silent"]
    assert list(cases(officer, Wanted(waits="silent"))) == [one]
    one.requests.update(due_on=timezone.localdate())
    assert how_many_wait(officer) == []


def test_no_reviewer_is_chased_while_nobody_can_hand_in(one: Submission, officer: User) -> None:
    Seat.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    tasks.remind_reviewers.func()
    assert letters() == []
    actions.go_on_without(actor=Actor.of(officer), submission=one)
    OutgoingMail.objects.all().delete()
    tasks.remind_reviewers.func()
    assert len(letters()) == 2
    remind_of_requests.func()
    assert len(letters()) == 2


@pytest.mark.parametrize("came", [True, False])
def test_the_days_it_waited_are_given_back_to_those_who_read_it(
    one: Submission, officer: User, came: bool
) -> None:
    today = timezone.localdate()
    one.requests.update(asked_at=timezone.now() - timedelta(days=20))
    Seat.objects.update(due_on=today - timedelta(days=3), chased_at=timezone.now())
    if came:
        actions.answer_request(actor=SYSTEM, submission=one)
    else:
        actions.go_on_without(actor=Actor.of(officer), submission=one)
    assert set(Seat.objects.values_list("due_on", "chased_at")) == {
        (today + timedelta(days=17), None)
    }


def test_it_is_reviewed_at_once_where_whoever_asked_is_not_wanted_any_more(
    one: Submission, officer: User
) -> None:
    """The third asked for more and was ended meanwhile; the first two agree."""
    Seat.objects.update(state="submitted")
    third = one.seats.get(number=1)
    Seat.objects.create(
        submission=one, user=officer, number=3, state="stood-down", ended_at=timezone.now()
    )
    one.requests.update(seat=third)
    actions.go_on_without(actor=Actor.of(officer), submission=one)
    one.refresh_from_db()
    assert one.state == "reviewed"
