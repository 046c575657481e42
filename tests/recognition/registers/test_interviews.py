"""The talk a route asks for: moved, written down, and what is read of it by whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import (
    appeal_decision,
    decide_appeal,
    ratify_decision,
    send_back,
    withdraw_submission,
)
from benchside.assessment.barriers import barred
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.models import Decision, Duty, Interest
from benchside.core.actions import Actor, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.organisations.models import Membership
from benchside.recognition.enums import InterviewOutcome
from benchside.recognition.models import Interview, RegisterApplication
from benchside.recognition.registers import actions, exports, queries, tasks
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


# --- by whom, and after an appeal ---------------------------------------------------------------
def with_duties(email: str, one: RegisterApplication, *kinds: DutyKind) -> User:
    """Has duties for the register, and belongs to the body it goes through."""
    user = person(email)
    for kind in kinds:
        Duty.objects.create(user=user, standard=one.register.standard, kind=kind)
    Membership.objects.create(user=user, organisation=one.body, role="signer")
    return user


def declined(one: RegisterApplication) -> Decision:
    """As a registrar wrote the interview down, and two others decided."""
    one.submission.refresh_from_db()
    decision = made.recommend(one, DecisionOutcome.DECLINE)
    ratifier = with_duties("ratifies@body.example", one, DutyKind.RATIFY)
    ratify_decision(actor=Actor.of(ratifier), decision=decision)
    one.submission.refresh_from_db()
    return Decision.objects.get()


def test_whoever_wrote_it_down_neither_ratifies_nor_hears(one: RegisterApplication) -> None:
    writer = with_duties("writes@council.example", one, DutyKind.ASSIGN, DutyKind.RATIFY)
    record(one, by=writer)
    one.submission.refresh_from_db()
    decision = made.recommend(one, DecisionOutcome.DECLINE)
    with pytest.raises(Refused, match="You wrote down its interview"):
        ratify_decision(actor=Actor.of(writer), decision=decision)
    with pytest.raises(Refused, match="You wrote down its interview"):
        send_back(actor=Actor.of(writer), decision=decision, why="Look again.")
    decision.delete()
    one.submission.__class__.objects.update(state="reviewed")
    decision = declined(one)
    holder = Actor.of(one.submission.technician.account)
    appeal = appeal_decision(actor=holder, decision=decision, grounds="Read it again.")
    with pytest.raises(Refused, match="You wrote down its interview"):
        decide_appeal(actor=Actor.of(writer), appeal=appeal, uphold=True, answer="Yes.")


def test_an_upheld_appeal_sets_it_aside_and_others_hold_another(one: RegisterApplication) -> None:
    writer = with_duties("writes@council.example", one, DutyKind.ASSIGN)
    record(one, by=writer)
    decision = declined(one)
    holder = Actor.of(one.submission.technician.account)
    appeal = appeal_decision(actor=holder, decision=decision, grounds="Read it again.")
    hears = with_duties("hears@body.example", one, DutyKind.RATIFY)
    decide_appeal(actor=Actor.of(hears), appeal=appeal, uphold=True, answer="It was not heard.")
    one = RegisterApplication.objects.get(pk=one.pk)
    assert queries.interview_of(one.submission) is None
    assert Interview.objects.get().notes == "Clear answers."  # it is kept
    one.submission.__class__.objects.update(state="reviewed")
    one = RegisterApplication.objects.get(pk=one.pk)
    other = with_duties("other@council.example", one, DutyKind.ASSIGN)
    assert any(
        "Hold it first" in why for why in barred(one.submission, "recommend", Actor.of(other))
    )
    page = sign_in(Client(), writer).get(desk_of(one)).content.decode()
    assert "Set aside on appeal" in page
    assert "Somebody else who assigns writes it down" in page
    actions.arrange_interview(
        actor=Actor.of(writer),
        application=one,
        held_at=timezone.now() + timedelta(days=3),
        place="By video",
    )
    Interview.objects.filter(set_aside_at=None).update(held_at=timezone.now() - timedelta(hours=1))
    for hand in (writer, made.the_registrar()):  # who wrote the first down; who recommended the no
        with pytest.raises(Refused, match=r"set aside on appeal|not write this interview down"):
            record(one, by=hand)
    record(one, by=other)
    assert barred(one.submission, "recommend", Actor.of(other)) == []
    assert barred(one.submission, "recommend", Actor.of(writer))
    assert len(exports.export(holder.person_id)["applications_to_registers"][0]["interviews"]) == 2


def test_nobody_with_an_interest_writes_it_down(one: RegisterApplication) -> None:
    near = with_duties("near@council.example", one, DutyKind.ASSIGN)
    Interest.objects.create(user=near, submission=one.submission, what="A friend")
    with pytest.raises(Refused, match="You may not write this interview down"):
        record(one, by=near)
    page = sign_in(Client(), near).get(desk_of(one)).content.decode()
    assert "Write it down" not in page
