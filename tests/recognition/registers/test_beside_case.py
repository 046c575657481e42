"""What the desk of reviews shows of an application: the way back to it, and its interview."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.assessment.actions import give_seat
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty
from benchside.core.actions import Actor
from benchside.recognition.enums import InterviewOutcome
from benchside.recognition.models import Interview, Licence, RegisterApplication
from benchside.recognition.registers import actions
from tests.factories import applications as made
from tests.factories.people import sign_in
from tests.factories.registers import an_assessor

pytestmark = pytest.mark.django_db
NOTES = "Clear answers to all that was asked."


@pytest.fixture
def talked() -> RegisterApplication:
    """An engineer's, whose interview is arranged, and not yet held."""
    one = made.sent(register=made.of_engineers(), route="individual")
    registrar = made.the_registrar()
    made.ready(one, registrar)
    made.judge(one)
    actions.ask_adjustments(
        actor=Actor.of(one.submission.technician.account), application=one, words="A quiet room"
    )
    at = timezone.now() + timedelta(days=3)
    actions.arrange_interview(
        actor=Actor.of(registrar), application=one, held_at=at, place="By video"
    )
    return one


def hold(one: RegisterApplication) -> None:
    """Its interview, an hour ago, and what came of it."""
    Interview.objects.update(held_at=timezone.now() - timedelta(hours=1))
    actions.record_interview(
        actor=Actor.of(made.the_registrar()),
        application=one,
        outcome=InterviewOutcome.MET,
        notes=NOTES,
    )


def case_of(one: RegisterApplication) -> str:
    return f"/assess/submissions/{one.submission.key}/"


def test_whoever_ratifies_reads_what_came_of_the_interview(talked: RegisterApplication) -> None:
    body = made.the_ratifier(talked.body)
    Duty.objects.create(user=body, standard=talked.register.standard, kind=DutyKind.RATIFY)
    desk = sign_in(Client(), body)
    assert "is not written down yet" in desk.get(case_of(talked)).content.decode()
    hold(talked)
    page = desk.get(case_of(talked)).content.decode()
    assert NOTES in page
    assert "A quiet room" not in page  # what would make it fair is for those who arrange it
    assert f"applications/{talked.number}/" not in page  # the registrar's page is not theirs


def test_what_is_refused_now_is_not_offered(talked: RegisterApplication) -> None:
    """Neither recommending before the interview, nor ratifying for a body without a licence."""
    desk = sign_in(Client(), made.the_registrar())
    page = desk.get(case_of(talked)).content.decode()
    assert "Hold it first." in page
    assert "Recommend it" not in page
    hold(talked)
    page = desk.get(case_of(talked)).content.decode()
    assert "Recommend it" in page
    made.recommend(talked)
    body = made.the_ratifier(talked.body)
    Duty.objects.create(user=body, standard=talked.register.standard, kind=DutyKind.RATIFY)
    desk = sign_in(Client(), body)
    assert "Ratify it" in desk.get(case_of(talked)).content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    Licence.objects.filter(body=talked.body).update(starts_on=yesterday, ends_on=yesterday)
    page = desk.get(case_of(talked)).content.decode()
    assert "has no licence for this register now" in page
    assert "Ratify it" not in page


def test_from_the_case_a_registrar_comes_back_to_the_application() -> None:
    one = made.sent()
    desk = sign_in(Client(), made.the_registrar())
    page = desk.get(case_of(one)).content.decode()
    address = f"/registry/{one.register.slug}/applications/{one.number}/"
    assert f'href="{address}"' in page
    assert "nterview" not in page  # there is none on this way
    assert desk.get(address).status_code == 200


def test_what_is_no_application_has_nothing_beside_it() -> None:
    one = made.sent()
    key = one.submission.key
    RegisterApplication.objects.all().delete()
    desk = sign_in(Client(), made.the_registrar())
    page = desk.get(f"/assess/submissions/{key}/")
    assert page.status_code == 200
    assert "applications/" not in page.content.decode()


def test_it_says_what_it_waits_for_and_offers_no_seat_before() -> None:
    """First the check, then the fee, then two assessors, then one more."""
    one, registrar = made.sent(route="equivalency"), made.the_registrar()
    actions.take_in(application=one)
    desk = sign_in(Client(), registrar)
    own = f"/registry/{one.register.slug}/applications/{one.number}/"

    def read() -> tuple[str, bool]:
        page = desk.get(case_of(one)).content.decode()
        part = page.split('id="waits-h"')[1].split("</section>")[0]
        return part, "Ask them" in page

    first, is_offered = read()
    assert "is not checked yet" in first
    assert not is_offered
    told = desk.post(own, {"do": "check"}, follow=True).content.decode()
    assert "It is checked. The application fee of £25.00 is not paid." in told
    assert "Seats can be given" not in told
    second, is_offered = read()
    assert "checked yet" not in second
    assert "is not paid. Mark it once it is." in second
    assert not is_offered
    actions.pay_fee(actor=Actor.of(registrar), fee=one.fees.get())
    assessors = [an_assessor(f"assessor{number}@council.example") for number in (1, 2)]
    third, is_offered = read()
    assert "2 assessors to read it: ask them below." in third
    assert is_offered
    give_seat(actor=Actor.of(registrar), submission=one.submission, user=assessors[0], number=1)
    assert "1 more assessor to read it: ask them below." in read()[0]


def test_with_the_fee_paid_before_the_check_seats_can_be_given() -> None:
    one, registrar = made.sent(), made.the_registrar()
    actions.take_in(application=one)
    actions.pay_fee(actor=Actor.of(registrar), fee=one.fees.get())
    own = f"/registry/{one.register.slug}/applications/{one.number}/"
    told = sign_in(Client(), registrar).post(own, {"do": "check"}, follow=True).content.decode()
    assert "It is checked. Seats can be given." in told


def test_the_case_speaks_of_assessors() -> None:
    one = made.sent()
    made.ready(one, made.the_registrar())
    page = sign_in(Client(), made.the_registrar()).get(case_of(one)).content.decode()
    main = page.split("What it waits for")[1]
    assert "eviewer" not in re.sub(r"<[^>]*>", "", main)
    assert '<h2 id="seats-h">Assessors</h2>' in main
