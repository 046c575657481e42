"""An approval does not register; a paid one does; one that nobody pays ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.assessment.enums import DecisionOutcome
from benchside.assessment.models import Award, AwardNumbers
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.core.states import NeedsMore
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Entry, Fee, RegisterApplication
from benchside.recognition.registers import actions, tasks
from tests.factories import applications as made
from tests.factories.people import sign_in
from tests.factories.registers import an_assessor

pytestmark = pytest.mark.django_db


def letters(name: str) -> int:
    return OutgoingMail.objects.filter(name=f"recognition/{name}").count()


def at(days: int, one: RegisterApplication) -> RegisterApplication:
    """As if so many days had gone since the approval, whose last day to pay is the 90th."""
    RegisterApplication.objects.filter(pk=one.pk).update(
        pay_by=timezone.localdate() + timedelta(days=90 - days)
    )
    return RegisterApplication.objects.get(pk=one.pk)


def test_approved_and_unpaid_is_not_registered() -> None:
    one = made.approved()
    assert one.pay_by == timezone.localdate() + timedelta(days=90)
    assert one.fees.get(kind=FeeKind.YEAR).state == "due"
    assert not Award.objects.exists()
    assert letters("register_approved") == 1
    with pytest.raises(Refused, match="1 fee is still open"):
        actions.admit(actor=Actor.of(made.the_registrar()), application=one)
    actions.take_up_approval(application=one)
    assert letters("register_approved") == 1
    assert one.fees.count() == 2


def test_the_last_fee_puts_them_on_the_register_under_their_legal_name() -> None:
    one = made.approved(name="Teresa Ann Made-Up")
    registrar = Actor.of(made.the_registrar())
    actions.pay_fee(actor=registrar, fee=one.fees.get(kind=FeeKind.YEAR))
    entry = Entry.objects.get()
    assert (entry.award.number, entry.name) == ("RT-000001", "Teresa Ann Made-Up")
    assert entry.award.submission == one.submission
    assert entry.award.state == "active"
    assert entry.body == one.body
    event = entry.award.events.get()
    assert (event.verb, event.actor) == ("grant", registrar.person_id)
    assert letters("register_admitted") == 1
    one.refresh_from_db()
    assert one.admitted_at
    assert actions.admit(actor=registrar, application=one) == entry
    assert Award.objects.count() == 1
    assert letters("register_admitted") == 1


def test_whoever_owes_nothing_is_on_it_with_the_approval() -> None:
    register = made.a_register()
    register.content["fees"] = []
    register.save()
    one = made.approved()
    assert one.admitted_at
    assert letters("register_approved") == 0


def test_conditions_are_met_first() -> None:
    one = made.sent()
    made.ready(one, made.the_registrar())
    made.judge(one)
    decision = made.recommend_conditions(one)
    made.ratify(decision, one)
    actions.take_up_approval(application=one)
    registrar = Actor.of(made.the_registrar())
    actions.pay_fee(actor=registrar, fee=one.fees.get(kind=FeeKind.YEAR))
    assert not Entry.objects.exists()
    made.meet(decision)
    tasks.look_after_applications.func()
    assert Entry.objects.count() == 1


def test_nobody_else_admits() -> None:
    one = made.approved()
    Fee.objects.update(state="paid", settled_on=timezone.localdate())
    for who in (
        one.submission.technician.account,
        an_assessor("x@council.example"),
        made.the_ratifier(one.body),
    ):
        with pytest.raises(Denied):
            actions.admit(actor=Actor.of(who), application=one)
    assert not Entry.objects.exists()


def test_a_no_does_not_register() -> None:
    one = made.approved(outcome=DecisionOutcome.DECLINE)
    assert actions.take_up_approval(application=one) is None
    assert one.pay_by is None
    with pytest.raises(Refused, match="not approved"):
        actions.admit(actor=Actor.of(made.the_registrar()), application=one)


def test_reminders_go_once_each_and_the_nearest_alone_where_some_were_missed() -> None:
    one = made.approved()
    for day, sent in ((29, 0), (30, 1), (31, 1), (60, 2), (61, 2), (83, 3), (84, 3), (90, 3)):
        at(day, one)
        tasks.look_after_applications.func()
        tasks.look_after_applications.func()
        assert letters("register_pay_soon") == sent, day
    RegisterApplication.objects.update(reminded_days=None)
    at(84, one)
    tasks.look_after_applications.func()
    assert letters("register_pay_soon") == 4


def test_on_its_last_day_it_can_be_paid_and_the_day_after_it_is_closed() -> None:
    one = made.approved()
    at(90, one)
    tasks.look_after_applications.func()
    assert RegisterApplication.objects.get().unpaid_at is None
    one = at(91, one)
    tasks.look_after_applications.func()
    tasks.look_after_applications.func()
    one.refresh_from_db()
    assert one.unpaid_at
    assert letters("register_closed_unpaid") == 1
    fee = Fee.objects.get(kind=FeeKind.YEAR)
    with pytest.raises(NeedsMore, match="not closed"):
        actions.pay_fee(actor=Actor.of(made.the_registrar()), fee=fee)
    made.begun(one.submission.technician)
    assert not AwardNumbers.objects.filter(last__gt=0).exists()


def closed_unpaid() -> tuple[RegisterApplication, Fee, Actor]:
    """Closed by the clock on the 91st day, with the year's fee open."""
    one = at(91, made.approved())
    tasks.look_after_applications.func()
    one.refresh_from_db()
    assert one.unpaid_at
    Fee.objects.update(made_at=timezone.now() - timedelta(days=91))
    return one, Fee.objects.get(kind=FeeKind.YEAR), Actor.of(made.the_registrar())


def test_money_that_came_in_time_counts_though_it_is_written_down_late(client: Client) -> None:
    one, fee, _ = closed_unpaid()
    assert one.pay_by is not None
    page = f"/registry/{one.register.slug}/applications/{one.number}/"
    sign_in(client, made.the_registrar())
    assert f"pay:{fee.pk}" in client.get(page).content.decode()
    late = {"do": f"pay:{fee.pk}", f"fee{fee.pk}-on": one.pay_by + timedelta(days=1)}
    assert client.post(page, late).status_code == 422
    assert not Entry.objects.exists()
    done = {**late, f"fee{fee.pk}-on": one.pay_by}
    assert client.post(page, done).status_code == 302
    one.refresh_from_db()
    fee.refresh_from_db()
    assert (one.unpaid_at, fee.settled_on) == (None, one.pay_by)
    assert one.admitted_at
    assert Entry.objects.get().award.submission == one.submission


def test_nobody_is_on_it_twice_by_money_that_came_in_time() -> None:
    one, fee, who = closed_unpaid()
    assert one.submission.technician is not None
    made.begun(one.submission.technician)
    with pytest.raises(Refused, match="applied anew since"):
        actions.pay_fee(actor=who, fee=fee, on=one.pay_by)
    one.refresh_from_db()
    assert one.unpaid_at
    assert not Entry.objects.exists()


def test_what_the_listener_missed_the_clock_makes_good() -> None:
    one = made.sent()
    Fee.objects.all().delete()
    tasks.look_after_applications.func()
    assert one.fees.get().kind == FeeKind.APPLICATION
