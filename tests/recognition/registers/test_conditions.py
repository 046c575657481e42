"""A yes with conditions: said by name and day, and what comes of it where they are not met."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.assessment.actions import meet_conditions, recommend_decision
from benchside.assessment.enums import DecisionOutcome
from benchside.assessment.models import Decision
from benchside.assessment.reviewing.queries import how_many_wait
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.core.states import NeedsMore
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Entry, Fee, RegisterApplication
from benchside.recognition.registers import actions, queries, tasks
from benchside.recognition.registry.queries import desk_of
from benchside.recognition.registry.queues import Reader, queues_of
from tests.factories import applications as made
from tests.factories.people import sign_in
from tests.factories.registers import an_assessor

pytestmark = pytest.mark.django_db
ASKED = "Show us the certificate itself."
WHY = "Nothing came."


@pytest.fixture
def one() -> RegisterApplication:
    """Approved with conditions, to be met within thirty days; its fee for the year is due."""
    found = made.sent()
    made.ready(found, made.the_registrar())
    made.judge(found)
    decision = recommend_decision(
        actor=Actor.of(made.the_registrar()),
        submission=found.submission,
        outcome=DecisionOutcome.CONDITIONS,
        reasons="Nearly.",
        conditions=ASKED,
        conditions_by=timezone.localdate() + timedelta(days=30),
    )
    made.ratify(decision, found)
    actions.take_up_approval(application=found)
    return RegisterApplication.objects.get(pk=found.pk)


def pay(one: RegisterApplication) -> None:
    fee = one.fees.get(kind=FeeKind.YEAR)
    actions.pay_fee(actor=Actor.of(made.the_registrar()), fee=fee)


def end(one: RegisterApplication, why: str = WHY) -> None:
    actions.close_unmet(actor=Actor.of(made.the_registrar()), application=one, why=why)


def its_day_is_over() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Decision.objects.update(conditions_by=yesterday)


def letter(name: str) -> OutgoingMail:
    return OutgoingMail.objects.get(name=f"recognition/{name}")


def in_queue(key: str) -> list[str]:
    desk = desk_of(made.the_registrar(), "registered-technician")
    assert desk is not None
    found = next(each for each in queues_of(desk) if each.key == key)
    return [row.what for row in found.waiting(Reader(desk))]


def own_page(one: RegisterApplication) -> str:
    mine = sign_in(Client(), one.submission.technician.account)
    return mine.get(f"/my/registrations/{one.number}/").content.decode()


def test_they_are_named_with_their_day_wherever_it_is_said(one: RegisterApplication) -> None:
    day = f"{timezone.localdate() + timedelta(days=30):%-d %B %Y}"
    told = letter("register_approved").text
    assert ASKED in told
    assert day in told
    assert "One thing is left" not in told
    page = own_page(one)
    assert f"once the conditions are met, by {day}, and" in page
    assert in_queue("conditions") == [f"{one.number}, conditions to be met"]
    assert in_queue("unpaid")
    pay(one)
    assert in_queue("unpaid") == []
    assert f"once the conditions are met, by {day}." in own_page(one)


def test_whoever_owes_nothing_is_told_of_them_too() -> None:
    register = made.a_register()
    register.content["fees"] = []
    register.save()
    found = made.sent()
    made.ready(found, made.the_registrar())
    made.judge(found)
    made.ratify(made.recommend_conditions(found), found)
    actions.take_up_approval(application=found)
    told = letter("register_approved").text
    assert ASKED in told
    assert "to pay" not in told


def test_not_met_by_their_day_it_ends_and_they_apply_anew(one: RegisterApplication) -> None:
    pay(one)
    with pytest.raises(Refused, match="is the last day"):
        end(one)
    its_day_is_over()
    with pytest.raises(Refused, match="have not said why"):
        end(one, " ")
    for who in (an_assessor("third@council.example"), one.submission.technician.account):
        with pytest.raises(Denied):
            actions.close_unmet(actor=Actor.of(who), application=one, why=WHY)
    waiting = [key for key, _, _ in how_many_wait(made.the_registrar())]
    waiting.remove("conditions")  # at the desk of reviews too
    end(one)
    one = RegisterApplication.objects.get(pk=one.pk)
    assert one.unmet_at
    assert queries.is_over(one)
    told = letter("register_unmet").text
    assert WHY in told
    assert "£18.00 for the year" in told
    with pytest.raises(Refused, match="over already"):
        end(one)
    with pytest.raises(Refused, match="this has ended"):
        meet_conditions(actor=Actor.of(made.the_registrar()), decision=Decision.objects.get())
    tasks.look_after_applications.func()
    assert not Entry.objects.exists()
    assert in_queue("conditions") == []
    assert [key for key, _, _ in how_many_wait(made.the_registrar())] == waiting
    page = own_page(one)
    assert "Closed: conditions not met" in page
    assert WHY in page
    assert made.begun(one.submission.technician).pk != one.pk


def test_open_fees_of_it_are_asked_for_no_more(one: RegisterApplication) -> None:
    its_day_is_over()
    end(one)
    assert "owed back" not in letter("register_unmet").text
    assert not queries.live_fees(Fee.objects.filter(state="due")).exists()
    with pytest.raises(NeedsMore, match="not closed"):
        pay(one)


def test_once_they_are_met_there_is_nothing_to_end(one: RegisterApplication) -> None:
    made.meet(Decision.objects.get())
    its_day_is_over()
    with pytest.raises(Refused, match="no conditions"):
        end(one)
    assert "Closed" not in own_page(one)
    assert in_queue("conditions") == []


def test_a_registrar_says_so_on_the_page_once_the_day_is_over(one: RegisterApplication) -> None:
    desk = sign_in(Client(), made.the_registrar())
    address = f"/registry/{one.register.slug}/applications/{one.number}/"
    page = desk.get(address).content.decode()
    assert ASKED in page
    assert "They are not met" not in page
    its_day_is_over()
    pay(one)
    page = desk.get(address).content.decode()
    assert "They are not met" in page
    assert "£18.00 for the year" in page
    assert desk.post(address, {"do": "unmet", "why": ""}).status_code == 422
    assert desk.post(address, {"do": "unmet", "why": WHY}).status_code == 302
    page = desk.get(address).content.decode()
    assert WHY in page
    assert "They are not met" not in page
    case = desk.get(f"/assess/submissions/{one.submission.key}/").content.decode()
    assert "The conditions are met" not in case
