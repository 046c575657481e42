"""Each hand-over has its letter, sent once, to whoever is next, and none says what was judged."""

from datetime import timedelta

import pytest
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions, writing_rules
from benchside.assessment.enums import CommentKind, DecisionOutcome
from benchside.assessment.models import Seat
from benchside.assessment.reviewing import mails, tasks
from benchside.core import schedule
from benchside.core.actions import SYSTEM, Actor
from benchside.core.models.mail import OutgoingMail
from benchside.core.registries import Subscription, subscriptions
from tests.factories.assessment import (
    a_seat,
    a_submission,
    hand_in,
    with_duties,
)
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _after_commit(django_capture_on_commit_callbacks: object) -> None:
    """Here so that every test can name it; used by `after`."""


@pytest.fixture
def head(monkeypatch: pytest.MonkeyPatch) -> User:
    head = a_member(an_organisation("northmoor"))
    a_member(head.memberships.get().organisation, "hr_steward")  # leads nothing, gets nothing
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == head])
    return head


def letters(name: str = "") -> list[tuple[str, str]]:
    """(to, subject) of those not yet sent, of one kind or all."""
    found = OutgoingMail.objects.order_by("pk")
    if name:
        found = found.filter(name=f"assessment/{name}")
    return [(one.to[0].split("@")[0], one.subject) for one in found]


def commend(seat: Seat) -> None:
    actions.add_feedback(
        actor=Actor.of(seat.user), seat=seat, kind=CommentKind.COMMEND, text="So tidy."
    )


def test_who_has_nothing_in_words_to_read_is_told_so(head: User) -> None:
    """Where nothing is decided, the release is the word that it was read."""
    mails.released(
        a_submission("reviewed", organisation=head.memberships.get().organisation), set()
    )
    text = OutgoingMail.objects.get(name="assessment/released").text
    assert "They found nothing to commend or recommend in words." in text
    assert "You can read now" not in text
    assert "Say to each" not in text


def test_from_sent_in_to_decided_everybody_is_told_in_turn(
    head: User, django_capture_on_commit_callbacks: object
) -> None:
    after = django_capture_on_commit_callbacks
    with_duties("officer", "assign")
    board = with_duties("board", "ratify")
    place = head.memberships.get().organisation
    with after(execute=True):  # type: ignore[operator]
        one = a_submission("submitted", organisation=place)
    assert letters("waits") == [("officer", "New: Northmoor")]
    OutgoingMail.objects.all().delete()
    with after(execute=True):  # type: ignore[operator]
        seats = [a_seat(one, "ann"), a_seat(one, "bo", number=2)]
    assert [to for to, _ in letters("seat_asked")] == ["ann", "bo"]
    OutgoingMail.objects.all().delete()
    with after(execute=True):  # type: ignore[operator]
        actions.ask_for_more(
            actor=Actor.of(seats[0].user), seat=seats[0], text="A photograph?", due_on=TODAY()
        )
    one.refresh_from_db()
    assert [to for to, _ in letters()] == ["lead"]
    assert "A photograph?" in OutgoingMail.objects.get().text
    OutgoingMail.objects.all().delete()
    with after(execute=True):  # type: ignore[operator]
        actions.answer_request(actor=Actor.of(head), submission=one)
    assert [to for to, _ in letters("seat_open")] == ["ann", "bo"]
    OutgoingMail.objects.all().delete()
    commend(seats[0])
    with after(execute=True):  # type: ignore[operator]
        for seat in seats:
            hand_in(seat)
    one.refresh_from_db()
    assert letters() == [("officer", "All reviews are in: Northmoor")]
    OutgoingMail.objects.all().delete()
    officer = Actor.of(with_duties("officer", "assign"))
    with after(execute=True):  # type: ignore[operator]
        decision = actions.recommend_decision(
            actor=officer, submission=one, outcome=DecisionOutcome.DECLINE, reasons="Not yet."
        )
    assert letters() == [("board", "To be ratified: Northmoor")]
    OutgoingMail.objects.all().delete()
    with after(execute=True):  # type: ignore[operator]
        actions.ratify_decision(actor=Actor.of(board), decision=decision)
        actions.release_feedback(actor=officer, submission=one)
    assert sorted(letters()) == [
        ("lead", "It is decided: The tidy bench mark"),
        ("lead", "You can read the feedback: The tidy bench mark"),
    ]
    texts = "".join(OutgoingMail.objects.values_list("text", flat=True))
    assert "What Ann says" not in texts
    OutgoingMail.objects.all().delete()
    with after(execute=True):  # type: ignore[operator]
        appeal = actions.appeal_decision(actor=Actor.of(head), decision=decision, grounds="Look.")
    assert letters() == [("board", "An appeal: Northmoor")]
    OutgoingMail.objects.all().delete()
    with after(execute=True):  # type: ignore[operator]
        other = Actor.of(with_duties("other-board", "ratify"))
        actions.decide_appeal(actor=other, appeal=appeal, uphold=False, answer="It stands.")
    assert letters() == [("lead", "Your appeal is answered: The tidy bench mark")]


def test_it_goes_back_with_the_words(head: User) -> None:
    one = a_submission("submitted", organisation=head.memberships.get().organisation)
    officer = Actor.of(with_duties("officer", "assign"))
    seat = a_seat(one)
    OutgoingMail.objects.all().delete()
    actions.return_submission(actor=officer, submission=one, words="O'Brien's example is missing.")
    assert [to for to, _ in letters()] == ["ann", "lead"]
    assert "O'Brien's example is missing." in OutgoingMail.objects.get(to=[head.email]).text
    seat.refresh_from_db()
    assert seat.state == "stood-down"


def test_the_release_is_told_to_rooms_that_listen() -> None:
    heard: list[object] = []
    one = a_submission("in-review")
    commend(one.seats.get(number=1))
    for seat in one.seats.order_by("number"):
        hand_in(seat)
    officer = Actor.of(with_duties("officer", "assign"))
    listens = Subscription(
        key="test.listens", event="assessment.feedback_released", handle=heard.append
    )
    with subscriptions.opened():
        subscriptions.register(listens)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.db.transaction.on_commit", lambda do, **_: do())
            actions.release_feedback(actor=officer, submission=one)
    assert heard == [
        {
            "submission": one.key,
            "standard": "tidy-bench",
            "purpose": "",
            "organisation_id": one.organisation_id,
        }
    ]


def test_who_was_reading_is_told_when_it_is_taken_back(
    django_capture_on_commit_callbacks: object,
) -> None:
    one = a_submission("submitted")
    seat = a_seat(one)
    OutgoingMail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.withdraw_submission(actor=SYSTEM, submission=one)
    seat.refresh_from_db()
    assert seat.state == "stood-down"
    assert [to for to, _ in letters("seat_ended")] == ["ann"]


# --- reminders -----------------------------------------------------------------------------------
def due_in(seat: Seat, days: int) -> None:
    Seat.objects.filter(pk=seat.pk).update(due_on=TODAY() + timedelta(days=days))


def test_a_reviewer_is_reminded_once_before_and_once_after() -> None:
    seat = a_seat(a_submission("submitted"))
    OutgoingMail.objects.all().delete()
    due_in(seat, 8)
    tasks.remind_reviewers.func()
    assert letters() == []
    due_in(seat, 7)
    for _ in range(3):
        tasks.remind_reviewers.func()
    assert len(letters("seat_due")) == 1
    due_in(seat, -1)
    for _ in range(3):
        tasks.remind_reviewers.func()
    assert [subject[:16] for _, subject in letters("seat_due")] == [
        "Your review is d",
        "Your review was ",
    ]


def test_who_has_handed_in_or_left_is_not_reminded() -> None:
    one = a_submission("submitted")
    done, left = a_seat(one, "ann"), a_seat(one, "bo", number=2)
    hand_in(done)
    actions.decline_seat(actor=Actor.of(left.user), seat=left)
    withdrawn = a_seat(a_submission("submitted"), "cy")
    actions.withdraw_submission(actor=SYSTEM, submission=withdrawn.submission)
    for seat in (done, left, withdrawn):
        due_in(seat, -1)
    OutgoingMail.objects.all().delete()
    tasks.remind_reviewers.func()
    assert letters() == []


def test_a_new_last_day_is_reminded_of_anew() -> None:
    seat = a_seat(a_submission("submitted"))
    due_in(seat, 1)
    tasks.remind_reviewers.func()
    officer = Actor.of(with_duties("officer", "assign"))
    actions.change_due(actor=officer, seat=seat, due_on=TODAY() + timedelta(days=5))
    tasks.remind_reviewers.func()
    assert len(letters("seat_due")) == 2


def test_the_jobs_are_on_the_clock() -> None:
    assert [name.rsplit(".", 1)[1] for name in schedule.jobs if ".reviewing." in name] == [
        "remind_reviewers"
    ]
