"""The talk a route asks for: moved, written down, and what is read of it by whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from benchside.assessment.actions import withdraw_submission
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty
from benchside.core.actions import Actor
from benchside.core.models.mail import OutgoingMail
from benchside.recognition.enums import InterviewOutcome
from benchside.recognition.models import Interview, RegisterApplication
from benchside.recognition.registers import actions, tasks
from tests.factories import applications as made
from tests.factories.people import person, sign_in

pytestmark = pytest.mark.django_db
LETTER = "recognition/register_interview"


@pytest.fixture
def one() -> RegisterApplication:
    """An engineer's, all read, whose talk was to be an hour ago."""
    found = made.sent(register=made.of_engineers(), route="individual")
    made.ready(found, made.the_registrar())
    made.judge(found)
    ask(found, "A quiet room")
    arrange(found)
    return found


def ask(one: RegisterApplication, words: str) -> None:
    holder = Actor.of(one.submission.technician.account)
    actions.ask_adjustments(actor=holder, application=one, words=words)


def arrange(one: RegisterApplication) -> None:
    """In three days; then it is an hour ago."""
    actions.arrange_interview(
        actor=Actor.of(made.the_registrar()),
        application=one,
        held_at=timezone.now() + timedelta(days=3),
        place="By video",
    )
    Interview.objects.update(held_at=timezone.now() - timedelta(hours=1))


def record(one: RegisterApplication, by: Any = None) -> None:
    actions.record_interview(
        actor=Actor.of(by or made.the_registrar()),
        application=one,
        outcome=InterviewOutcome.MET,
        notes="Clear answers.",
    )


def desk_of(one: RegisterApplication) -> str:
    return f"/registry/{one.register.slug}/applications/{one.number}/"


def test_what_did_not_take_place_is_arranged_again(one: RegisterApplication) -> None:
    desk = sign_in(Client(), made.the_registrar())
    page = desk.get(desk_of(one)).content.decode()
    assert "Write it down" in page
    assert "It did not take place: arrange it again" in page
    at = timezone.localtime() + timedelta(days=9)
    said = {"do": "arrange", "held_at": f"{at:%Y-%m-%dT%H:%M}", "place": "Room 4"}
    assert desk.post(desk_of(one), said).status_code == 302
    assert Interview.objects.get().place == "Room 4"
    first, second = OutgoingMail.objects.filter(name=LETTER).order_by("pk")
    assert "is moved" not in first.text
    assert "is moved: it is now on" in second.text
    assert f"{at:%-d %B %Y}" in second.subject
    page = desk.get(desk_of(one)).content.decode()
    assert "Write it down" not in page
    assert one.fees.filter(kind="interview").count() == 1


def test_what_would_make_it_fair_is_read_by_those_who_arrange_it_alone(
    one: RegisterApplication,
) -> None:
    keeps = person("keeps@council.example")
    Duty.objects.create(user=keeps, standard=one.register.standard, kind=DutyKind.KEEP)
    for user, is_read in ((made.the_registrar(), True), (keeps, False)):
        page = sign_in(Client(), user).get(desk_of(one))
        assert page.status_code == 200
        assert ("A quiet room" in page.content.decode()) is is_read
    record(one)
    assert Interview.objects.get().adjustments == ""


def test_it_is_forgotten_where_there_is_no_talk_to_come(one: RegisterApplication) -> None:
    withdraw_submission(
        actor=Actor.of(one.submission.technician.account), submission=one.submission
    )
    tasks.look_after_applications.func()
    assert Interview.objects.get().adjustments == ""
