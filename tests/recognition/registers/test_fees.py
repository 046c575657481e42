"""What is owed, and every state of a fee by every verb."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from benchside.core.actions import Actor, Denied, Refused
from benchside.core.states import NeedsMore, NoSuchMove
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Fee
from benchside.recognition.registers import actions
from benchside.recognition.registers.shapes import FeeRule
from benchside.recognition.registers.states import FEES
from tests.factories import applications as made
from tests.factories.registers import a_registrar, an_assessor

pytestmark = pytest.mark.django_db
# Worked out by hand: from which state which verb leads where; all other pairs lead nowhere.
WALK = {
    ("due", "invoice"): "invoiced",
    ("due", "pay"): "paid",
    ("due", "waive"): "waived",
    ("invoiced", "take-back"): "due",
    ("invoiced", "pay"): "paid",
    ("invoiced", "waive"): "waived",
    ("paid", "correct"): "due",
    ("waived", "correct"): "due",
}
VERBS = {"invoice", "pay", "waive", "take-back", "correct"}


def do(fee: Fee, verb: str, actor: Actor) -> None:
    if verb == "invoice":
        actions.invoice_fee(actor=actor, fee=fee, reference="INV 1", payer="Northmoor")
    elif verb == "pay":
        actions.pay_fee(actor=actor, fee=fee)
    elif verb == "waive":
        actions.waive_fee(actor=actor, fee=fee, why="Hardship")
    elif verb == "take-back":
        actions.take_back_invoice(actor=actor, fee=fee)
    else:
        actions.correct_fee(actor=actor, fee=fee)


def in_state(state: str, fee: Fee, actor: Actor) -> Fee:
    way = {"due": "", "invoiced": "invoice", "paid": "pay", "waived": "waive"}[state]
    if way:
        do(fee, way, actor)
    fee.refresh_from_db()
    return fee


def test_every_state_by_every_verb() -> None:
    registrar = Actor.of(a_registrar())
    one = made.begun()
    assert {(row.source, row.verb): row.target for row in FEES.rows} == WALK
    for state in ("due", "invoiced", "paid", "waived"):
        for verb in sorted(VERBS):
            Fee.objects.all().delete()
            fee = in_state(state, actions.owe(application=one, kind=FeeKind.YEAR), registrar)
            if (state, verb) in WALK:
                do(fee, verb, registrar)
                fee.refresh_from_db()
                assert fee.state == WALK[state, verb]
                assert fee.is_settled == (fee.settled_on is not None)
            else:
                with pytest.raises(NoSuchMove):
                    do(fee, verb, registrar)


def test_a_fee_is_written_down_once_at_the_price_of_its_route() -> None:
    one = made.sent()
    for _ in range(3):
        actions.take_in(application=one)
    fee = Fee.objects.get(kind=FeeKind.APPLICATION)
    assert (fee.amount, fee.state) == (Decimal("20.00"), "due")
    other = made.sent(made.a_claimed("other@work.example"), route="equivalency")
    assert other.fees.get().amount == Decimal("25.00")


def test_only_a_keeper_of_its_entries_marks_fees() -> None:
    one = made.sent()
    fee = one.fees.get()
    for who in (one.submission.technician.account, an_assessor(), made.the_ratifier(one.body)):
        for verb in ("invoice", "pay", "waive"):
            with pytest.raises(Denied):
                do(fee, verb, Actor.of(who))
    fee.refresh_from_db()
    assert fee.state == "due"


def test_what_is_written_down_is_whole() -> None:
    registrar = Actor.of(a_registrar())
    fee = made.sent().fees.get()
    with pytest.raises(Refused, match="reference"):
        actions.invoice_fee(actor=registrar, fee=fee, reference=" ")
    with pytest.raises(Refused, match="why"):
        actions.waive_fee(actor=registrar, fee=fee, why="")
    with pytest.raises(Refused, match="to come"):
        actions.pay_fee(actor=registrar, fee=fee, on=timezone.localdate() + timedelta(days=1))


def test_nothing_is_paid_before_it_is_asked_for() -> None:
    registrar, today = Actor.of(a_registrar()), timezone.localdate()
    fee = made.sent().fees.get()
    first = today - timedelta(days=3)
    Fee.objects.filter(pk=fee.pk).update(made_at=timezone.now() - timedelta(days=3))
    fee.refresh_from_db()
    for day in (date(1900, 1, 1), first - timedelta(days=1)):
        with pytest.raises(Refused, match=f"Give {first:%-d %B %Y}, or a later day"):
            actions.pay_fee(actor=registrar, fee=fee, on=day)
    actions.pay_fee(actor=registrar, fee=fee, on=first)
    assert (fee.state, fee.settled_on) == ("paid", first)


def test_what_put_somebody_on_the_register_is_not_corrected() -> None:
    one = made.approved()
    registrar = Actor.of(made.the_registrar())
    year = one.fees.get(kind=FeeKind.YEAR)
    actions.pay_fee(actor=registrar, fee=year)
    one.refresh_from_db()
    assert one.admitted_at
    with pytest.raises(NeedsMore):
        actions.correct_fee(actor=registrar, fee=Fee.objects.get(pk=year.pk))


def test_prices_hold_from_their_day_and_a_route_before_all() -> None:
    rules = made.a_register().rules
    rows = tuple(
        FeeRule(kind="year", route=route, amount=Decimal(amount), **{"from": day})
        for route, amount, day in (
            ("", 18, date(2026, 1, 1)),
            ("", 19, date(2027, 1, 1)),
            ("transfer", 0, date(2026, 6, 1)),
        )
    )
    priced = rules.model_copy(update={"fees": rows})
    assert priced.fee("year", date(2025, 12, 31)) is None
    assert priced.fee("year", date(2026, 12, 31)) == 18
    assert priced.fee("year", date(2027, 1, 1)) == 19
    assert priced.fee("year", date(2027, 1, 1), "transfer") == 0


# --- until when ---------------------------------------------------------------------------------
def test_no_due_day_is_invented_before_an_invoice_names_one() -> None:
    one = made.sent()
    assert one.fees.get().due_on is None
    mine, page = Client(), f"/my/registrations/{one.number}/"
    mine.force_login(one.submission.technician.account)
    for url in (page, "/my/fees/"):
        said = " ".join(mine.get(url).content.decode().split())
        assert "to be paid by" not in said, url
        assert "an invoice will come" in said, url


def test_an_invoice_is_paid_from_today_on_and_not_after_the_last_day() -> None:
    registrar, today = Actor.of(a_registrar()), timezone.localdate()
    one = made.approved()
    fee = one.fees.get(kind="year")
    one.refresh_from_db()
    last = one.pay_by
    assert last is not None
    for day, match in (
        (date(2020, 1, 1), "is over"),
        (today - timedelta(days=1), "is over"),
        (last + timedelta(days=1), f"last day to pay is {last:%-d %B %Y}"),
    ):
        with pytest.raises(Refused, match=match):
            actions.invoice_fee(actor=registrar, fee=fee, reference="INV 1", due_on=day)
        fee.refresh_from_db()
        assert (fee.state, fee.due_on, fee.reference) == ("due", last, "")
    for day in (today, last):
        actions.invoice_fee(actor=registrar, fee=fee, reference="INV 1", due_on=day)
        fee.refresh_from_db()
        assert (fee.state, fee.due_on) == ("invoiced", day)
        actions.take_back_invoice(actor=registrar, fee=fee)
        fee.refresh_from_db()
        assert fee.due_on == last  # the day of the invoice is gone with it


@pytest.mark.parametrize("payer", ["", "Northmoor"])
def test_what_is_to_pay_stays_in_sight_once_it_is_invoiced(payer: str) -> None:
    one = made.approved()
    one.refresh_from_db()
    registrar, fee = Actor.of(made.the_registrar()), one.fees.get(kind="year")
    actions.invoice_fee(actor=registrar, fee=fee, reference="INV 1", payer=payer)
    mine = Client()
    mine.force_login(one.submission.technician.account)
    wanted = (
        f"£18.00 is to be paid by {one.pay_by:%-d %B %Y}"
        if payer
        else (f"Pay £18.00 by {one.pay_by:%-d %B %Y}")
    )
    for url in ("/my/registrations/", f"/my/registrations/{one.number}/"):
        assert wanted in mine.get(url).content.decode(), url
    if payer:
        assert "The invoice went to Northmoor" in mine.get(url).content.decode()
    actions.pay_fee(actor=registrar, fee=fee)
    assert wanted not in mine.get(url).content.decode()
