"""How letters and pages speak to an applicant, an assessor and a registrar."""

import pytest
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment.actions import accept_seat, ask_for_more, give_seat
from benchside.assessment.enums import DecisionOutcome
from benchside.assessment.models import Seat
from benchside.assessment.reviewing import mails
from benchside.core.actions import Actor
from benchside.core.models.mail import OutgoingMail
from benchside.recognition.models import RegisterApplication
from tests.factories import applications as made
from tests.factories.people import sign_in
from tests.factories.registers import an_assessor

pytestmark = pytest.mark.django_db


def letter(name: str) -> OutgoingMail:
    return OutgoingMail.objects.filter(name=f"assessment/{name}").latest("pk")


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (DecisionOutcome.DECLINE, "We are sorry: you do not yet meet what Registered Technician"),
        (DecisionOutcome.APPROVE, "Good news: you meet what Registered Technician"),
    ],
)
def test_a_letter_about_a_decision_speaks_to_the_applicant(
    outcome: DecisionOutcome, says: str
) -> None:
    one = made.approved(outcome=outcome)
    one.submission.refresh_from_db()
    mails.decided(one.submission, one.submission.decisions.get())
    found = letter("decided")
    assert says in found.text
    assert one.name not in found.text.split("\n", 1)[1]


def seats_of(one: RegisterApplication, count: int) -> list[Seat]:
    registrar, seats = made.the_registrar(), []
    for number in range(1, count + 1):
        user = an_assessor(f"reads{number}@council.example")
        seat = give_seat(
            actor=Actor.of(registrar), submission=one.submission, user=user, number=number
        )
        accept_seat(actor=Actor.of(user), seat=seat, no_conflict=True)
        seats.append(seat)
    one.submission.refresh_from_db()
    return seats


def page_of(seat: Seat, user: User) -> str:
    return sign_in(Client(), user).get(f"/assess/seats/{seat.pk}/").content.decode()


def test_an_assessor_reads_what_may_be_asked_for_and_why_not_now() -> None:
    one = made.sent(route="equivalency")
    made.ready(one, made.the_registrar())
    (first,) = seats_of(one, 1)
    assert "Not yet: somebody else is still to be asked" in page_of(first, first.user)
    other = an_assessor("other@council.example")
    last = give_seat(
        actor=Actor.of(made.the_registrar()), submission=one.submission, user=other, number=2
    )
    assert "You can ask for more, be it words or documents, 2 times" in page_of(first, first.user)
    accept_seat(actor=Actor.of(other), seat=last, no_conflict=True)
    last.refresh_from_db()
    ask_for_more(
        actor=Actor.of(other), seat=last, text="Who?", due_on=first.due_on or last.invited_at.date()
    )
    page = page_of(first, first.user)
    assert "Not now: something was asked for already, and has not come yet." in page
    assert "it is more is" not in page
    asked = letter("more_asked")
    assert asked.subject.startswith("The assessors ask for more")
    assert "Somebody who reads your application for" in asked.text


def test_a_registrar_is_asked_to_give_it_to_assessors() -> None:
    one = made.sent()
    made.the_registrar()
    mails.waits(one.submission, "arrived")
    assert "give it to assessors." in letter("waits").text
