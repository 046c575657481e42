"""What keeps an application from going on, and who can wave nothing through."""

from datetime import timedelta

import pytest
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import give_seat, ratify_decision, return_submission, submit
from benchside.assessment.barriers import barred
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Membership
from benchside.recognition.enums import InterviewOutcome
from benchside.recognition.models import Interview, Licence, RegisterApplication
from benchside.recognition.registers import actions
from tests.factories import applications as made
from tests.factories.people import administrator
from tests.factories.registers import STANDARD, a_body, an_assessor

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar() -> User:
    return made.the_registrar()


def seat(one: RegisterApplication, by: User, user: User) -> object:
    return give_seat(actor=Actor.of(by), submission=one.submission, user=user, number=1)


def test_no_seat_before_the_check_and_the_fee(registrar: User) -> None:
    one, who = made.sent(), Actor.of(registrar)
    for boss in (registrar, administrator()):
        with pytest.raises(Refused, match="not checked"):
            seat(one, boss, an_assessor(f"{boss.pk}@council.example"))
    actions.check_application(actor=who, application=one)
    with pytest.raises(Refused, match="is not paid"):
        seat(one, registrar, an_assessor())
    fee = one.fees.get()
    actions.invoice_fee(actor=who, fee=fee, reference="INV 1")
    assert barred(one.submission, "assign", who), "an invoice to the applicant is no promise"
    actions.take_back_invoice(actor=who, fee=fee)
    actions.invoice_fee(actor=who, fee=fee, reference="INV 2", payer="Northmoor University")
    assert barred(one.submission, "assign", who) == []
    seat(one, registrar, an_assessor("third@council.example"))


def test_what_was_sent_back_is_checked_again(registrar: User) -> None:
    one, who = made.sent(), Actor.of(registrar)
    actions.check_application(actor=who, application=one)
    with pytest.raises(Refused, match="checked already"):
        actions.check_application(actor=who, application=one)
    return_submission(actor=who, submission=one.submission, words="The CV is cut off.")
    with pytest.raises(Refused, match="does not wait"):
        actions.check_application(actor=who, application=RegisterApplication.objects.get())
    submit(actor=Actor.of(one.submission.technician.account), submission=one.submission)
    one = RegisterApplication.objects.get()
    assert one.checked_at
    assert not one.is_checked
    actions.check_application(actor=who, application=one)
    assert RegisterApplication.objects.get().is_checked
    assert one.fees.count() == 1


def test_others_neither_check_nor_arrange(registrar: User) -> None:
    one = made.sent()
    for who in (one.submission.technician.account, an_assessor(), made.the_ratifier(one.body)):
        with pytest.raises(Denied):
            actions.check_application(actor=Actor.of(who), application=one)
        with pytest.raises(Denied):
            made.move(one, a_body("other"), who)
    with pytest.raises(Denied):
        actions.ask_adjustments(actor=Actor.of(registrar), application=one, words="More time")


def test_a_route_with_an_interview_is_not_recommended_before_it_is_held(
    registrar: User,
) -> None:
    plain = made.begun(made.a_claimed("plain@work.example"))
    mine = Actor.of(plain.submission.technician.account)
    with pytest.raises(Refused, match="no interview"):
        actions.ask_adjustments(actor=mine, application=plain, words="More time")
    one, who = made.sent(register=made.of_engineers(), route="individual"), Actor.of(registrar)
    mine = Actor.of(one.submission.technician.account)
    actions.ask_adjustments(actor=mine, application=one, words="More time, please")
    made.ready(one, registrar)
    made.judge(one)
    one = RegisterApplication.objects.get(pk=one.pk)
    with pytest.raises(Refused, match="interview"):
        made.recommend(one)
    at = timezone.now() + timedelta(days=3)
    actions.arrange_interview(actor=who, application=one, held_at=at, place="By video")
    assert OutgoingMail.objects.filter(name="recognition/register_interview").count() == 1
    assert one.fees.get(kind="interview").amount == 40
    said = {"outcome": InterviewOutcome.MET, "notes": "Clear answers."}
    with pytest.raises(Refused, match="not been held"):
        actions.record_interview(actor=who, application=one, **said)
    Interview.objects.update(held_at=timezone.now() - timedelta(hours=1))
    actions.record_interview(actor=who, application=one, **said)
    with pytest.raises(Refused, match="written down already"):
        actions.ask_adjustments(actor=mine, application=one, words="Late")
    assert Interview.objects.get().adjustments == "", "the talk is over: it is needed no more"
    made.recommend(one)


def test_only_somebody_of_its_licensed_body_ratifies(registrar: User) -> None:
    one = made.sent()
    made.ready(one, registrar)
    made.judge(one)
    decision = made.recommend(one)
    other = made.the_ratifier(a_body("other-institute"))
    for who in (other, administrator()):
        with pytest.raises(Refused, match="Only somebody of"):
            ratify_decision(actor=Actor.of(who), decision=decision)
    right = made.the_ratifier(one.body)
    Membership.objects.filter(user=right).update(ended_on=timezone.localdate())
    with pytest.raises(Refused, match="Only somebody of"):
        ratify_decision(actor=Actor.of(right), decision=decision)
    Membership.objects.filter(user=right).update(ended_on=None)
    today = timezone.localdate()
    Licence.objects.filter(body=one.body).update(
        starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
    )
    with pytest.raises(Refused, match="no licence"):
        ratify_decision(actor=Actor.of(right), decision=decision)
    made.move(one, a_body("other-institute"), registrar)
    ratify_decision(actor=Actor.of(other), decision=decision)
    one.submission.refresh_from_db()
    assert one.submission.state == "approved"


def test_neither_employer_nor_supporter_sits_not_even_for_an_administrator(
    registrar: User,
) -> None:
    one = made.sent(route="equivalency")
    made.ready(one, registrar)
    one.submission.organisation = made.an_employer()
    one.submission.save()
    colleague = an_assessor("colleague@council.example")
    Membership.objects.create(
        user=colleague, organisation=one.submission.organisation, role=MemberRole.LEAD
    )
    supporter = an_assessor("sam0@speaks.example")
    for who in (colleague, supporter, an_assessor("x@council.example")):
        assert STANDARD in who.reviewer.standards
    boss = administrator()
    for who in (colleague, supporter):
        with pytest.raises(Refused, match="may not look"):
            seat(one, boss, who)
    seat(one, boss, User.objects.get(email="x@council.example"))
