"""Coming back for a fee: agreed to, written down, and done by itself once it is settled."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.models import AwardEvent
from benchside.core.actions import SYSTEM, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.core.states import NeedsMore
from benchside.recognition.models import Entry, EntryRequest, Fee, Register
from benchside.recognition.registers import actions as registers
from benchside.recognition.registry import actions, tasks
from benchside.recognition.registry.registrations import when_settled
from tests.factories import registry as made
from tests.factories.registers import a_register

pytestmark = pytest.mark.django_db
READ = ["Their CPD since it lapsed was read, or they passed a new review"]
TODAY = timezone.localdate


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


@pytest.fixture
def entry(desk: made.Desk) -> Entry:
    """Lapsed a hundred days ago."""
    return lapsed(days=100)


def lapsed(*, days: int) -> Entry:
    entry = made.somebody(days=days + 455)
    day = TODAY() - timedelta(days=days)
    for verb in ("come-due", "give-grace", "lapse"):
        move_award(actor=SYSTEM, award=entry.award, verb=verb, effective_on=day)
    return fresh(entry)


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("award__version", "register", "body").get(pk=entry.pk)


def ask(entry: Entry) -> EntryRequest:
    return actions.ask_for(actor=made.holder_of(entry), entry=entry, verb="reinstate")


def agreed(desk: made.Desk, entry: Entry) -> Fee:
    asked = ask(entry)
    actions.grant_request(actor=desk.registrar, request=asked, confirmed=READ)
    return Fee.objects.get(entry=entry)


def tomorrow() -> time_machine.travel:
    """The door was open until yesterday."""
    return time_machine.travel(timezone.now() + timedelta(days=1), tick=False)


def settled(fee: Fee) -> None:
    """What its listener hears."""
    when_settled({"fee": fee.pk, "kind": fee.kind, "application": None, "entry": fee.entry_id})


def test_it_makes_its_fee_and_waits_and_is_done_by_itself(desk: made.Desk, entry: Entry) -> None:
    fee = agreed(desk, entry)
    due = TODAY() + timedelta(days=90)  # the file's days for what is unpaid
    said = (fee.kind, fee.amount, fee.state, fee.due_on)
    assert said == ("reinstate", Decimal("10.00"), "due", due)
    assert fresh(entry).award.state == "lapsed"
    settled(fee)
    assert fresh(entry).award.state == "lapsed", "nobody has paid"
    registers.pay_fee(actor=desk.registrar, fee=fee)
    settled(fee)
    settled(fee)
    award = fresh(entry).award
    assert (award.state, award.period_start) == ("active", TODAY())
    event = AwardEvent.objects.filter(award=award).latest("number")
    assert (event.verb, event.actor, event.detail["confirmed"]) == ("reinstate", None, READ)
    assert event.detail["fee"] == fee.pk
    assert EntryRequest.objects.get().state == "granted"
    with pytest.raises(NeedsMore):
        registers.correct_fee(actor=desk.registrar, fee=Fee.objects.get())


def test_the_letter_says_what_is_left(
    desk: made.Desk, entry: Entry, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        agreed(desk, entry)
    letter = OutgoingMail.objects.get(name="recognition/return_agreed")
    assert letter.to == ["siobhn@work.example"]
    assert "£10.00" in letter.text
    assert "/my/fees/" in letter.text


def test_a_waived_fee_lets_them_back_too(desk: made.Desk, entry: Entry) -> None:
    fee = agreed(desk, entry)
    registers.waive_fee(actor=desk.registrar, fee=fee, why="Hardship")
    settled(fee)
    assert fresh(entry).award.state == "active"


def test_nothing_is_agreed_to_before_what_the_file_says(desk: made.Desk, entry: Entry) -> None:
    asked = ask(entry)
    with pytest.raises(Refused, match="Not confirmed yet"):
        actions.grant_request(actor=desk.registrar, request=asked)
    with pytest.raises(Denied):
        actions.grant_request(actor=made.holder_of(entry), request=asked, confirmed=READ)
    assert not Fee.objects.exists()
    assert EntryRequest.objects.get().state == "asked"


def test_without_a_fee_in_the_file_it_is_done_at_once(desk: made.Desk, entry: Entry) -> None:
    register = a_register()
    file = register.rules
    without = tuple(one for one in file.fees if one.kind != "reinstate")
    saved = file.model_copy(update={"fees": without}).model_dump(mode="json", by_alias=True)
    Register.objects.filter(pk=register.pk).update(content=saved)
    asked = ask(fresh(entry))
    actions.grant_request(actor=desk.registrar, request=asked, confirmed=READ)
    assert fresh(entry).award.state == "active"
    assert not Fee.objects.exists()


class TestByARegistrar:
    def test_it_is_not_done_past_the_fee(self, desk: made.Desk, entry: Entry) -> None:
        with pytest.raises(Refused, match="A fee is asked"):
            actions.move_entry(actor=desk.registrar, entry=entry, verb="reinstate", confirmed=READ)
        asked = actions.agree_to_return(
            actor=desk.registrar, entry=entry, verb="reinstate", confirmed=READ
        )
        fee = Fee.objects.get(request=asked)
        assert (asked.state, fee.amount) == ("agreed", Decimal("10.00"))
        with pytest.raises(Refused, match="already"):
            actions.agree_to_return(
                actor=desk.registrar, entry=entry, verb="reinstate", confirmed=READ
            )
        with pytest.raises(Refused, match="already"):
            ask(entry)

    def test_only_for_what_has_a_fee_and_by_whoever_keeps(
        self, desk: made.Desk, entry: Entry
    ) -> None:
        for who in (desk.ratifier, made.holder_of(entry)):
            with pytest.raises(Denied):
                actions.agree_to_return(actor=who, entry=entry, verb="reinstate", confirmed=READ)
        for verb in ("record-death", "no-such"):
            with pytest.raises(Refused, match="not there"):
                actions.agree_to_return(actor=desk.registrar, entry=entry, verb=verb)
        assert not EntryRequest.objects.exists()

    def test_nobody_settles_their_own(self, desk: made.Desk) -> None:
        own = made.own_entry(desk.registrar)
        fee = Fee.objects.create(entry=own, kind="year", amount=18)
        with pytest.raises(Denied):
            registers.pay_fee(actor=desk.registrar, fee=fee)


class TestItsEnd:
    def test_taken_back_or_refused_nothing_is_owed(self, desk: made.Desk, entry: Entry) -> None:
        fee = agreed(desk, entry)
        actions.withdraw_request(actor=made.holder_of(entry), request=EntryRequest.objects.get())
        fee.refresh_from_db()
        assert (fee.state, fee.why) == ("waived", "It was taken back before it was paid.")
        settled(fee)
        assert fresh(entry).award.state == "lapsed"
        again = ask(entry)
        actions.grant_request(actor=desk.registrar, request=again, confirmed=READ)
        actions.refuse_request(actor=desk.registrar, request=again, answer="Something new.")
        assert set(Fee.objects.values_list("state", flat=True)) == {"waived"}

    def test_the_door_shuts_on_what_is_unpaid(self, desk: made.Desk) -> None:
        """The file gives 1,096 days; on the last one it can be agreed to and paid."""
        entry = lapsed(days=1096)
        fee = agreed(desk, entry)
        assert fee.due_on == TODAY()
        tasks.look_after_entries.func()
        assert EntryRequest.objects.get().state == "agreed"
        with tomorrow():
            tasks.look_after_entries.func()
        fee.refresh_from_db()
        assert (EntryRequest.objects.get().state, fee.state) == ("unpaid", "waived")
        assert fresh(entry).award.state == "lapsed"

    def test_paid_in_time_counts_though_it_is_marked_later(self, desk: made.Desk) -> None:
        entry = lapsed(days=1096)
        fee = agreed(desk, entry)
        today = TODAY()
        with tomorrow():
            registers.pay_fee(actor=desk.registrar, fee=fee, on=today)
            tasks.look_after_entries.func()
        award = fresh(entry).award
        assert (award.state, award.period_start) == ("active", today)

    def test_never_agreed_to_without_a_fee_in_the_database(self, entry: Entry) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            EntryRequest.objects.create(entry=entry, verb="reinstate", state="agreed")


class TestPages:
    def test_the_person_asks_and_sees_what_is_left(self, desk: made.Desk, entry: Entry) -> None:
        me = made.browser(made.holder_of(entry))
        page = f"/my/registrations/{entry.award.number}/life/"
        assert "Coming back costs £10.00" in me.get(page).content.decode()
        me.post(page, {"verb": "reinstate", "begins": TODAY().isoformat()})
        keeper = made.browser(desk.registrar)
        desk_page = f"/registry/registered-technician/entries/{entry.award.number}/"
        assert "Agree to it" in keeper.get(desk_page).content.decode()
        one = EntryRequest.objects.get()
        keeper.post(f"{desk_page}requests/{one.pk}/", {"do": "grant", "confirmed": READ})
        assert "Waits for the fee" in me.get(page).content.decode()
        assert "£10.00" in me.get("/my/fees/").content.decode()
        me.post(page, {"do": "withdraw"})
        one.refresh_from_db()
        assert one.state == "withdrawn"

    def test_the_registrar_marks_a_fee_of_an_entry(self, desk: made.Desk, entry: Entry) -> None:
        fee = agreed(desk, entry)
        keeper = made.browser(desk.registrar)
        page = f"/registry/registered-technician/entries/{entry.award.number}/"
        assert "Mark it as paid" in keeper.get(page).content.decode()
        wrong = keeper.post(f"{page}fees/", {"do": f"invoice:{fee.pk}"})
        assert wrong.status_code == 422
        assert "Reference of the invoice" in wrong.content.decode()
        given = {"do": f"pay:{fee.pk}", f"fee{fee.pk}-on": TODAY().isoformat()}
        ratifier = made.browser(desk.ratifier)
        assert ratifier.post(f"{page}fees/", given).status_code == 404
        other = made.somebody("Other Made-Up")
        elsewhere = f"/registry/registered-technician/entries/{other.award.number}/fees/"
        assert keeper.post(elsewhere, given).status_code == 404
        assert keeper.post(f"{page}fees/", given).status_code == 302
        fee.refresh_from_db()
        assert fee.state == "paid"
        assert keeper.get(f"{page}fees/").status_code == 405

    def test_the_registrar_agrees_from_the_page(self, desk: made.Desk, entry: Entry) -> None:
        keeper = made.browser(desk.registrar)
        page = f"/registry/registered-technician/entries/{entry.award.number}/"
        assert "A fee of £10.00 is asked for first" in keeper.get(page).content.decode()
        keeper.post(page, {"verb": "reinstate", "need_0": "on"})
        assert EntryRequest.objects.get().state == "agreed"
