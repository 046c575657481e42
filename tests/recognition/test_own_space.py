"""Somebody's own space: what keeps their entries alive, with its day; the desks they work at."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding import clock as engine
from benchside.assessment.awarding.queries import last_day
from benchside.core.actions import VISITOR
from benchside.recognition.models import Entry, Fee
from benchside.recognition.registry import actions, clock
from tests.factories import applications, audits, nominations, registers
from tests.factories import registry as made
from tests.factories.people import person, sign_in

pytestmark = pytest.mark.django_db
BOTH = ("/my/", "/my/registrations/")
DESK = "/registry/registered-technician/"


def page(user: User, address: str) -> str:
    return " ".join(sign_in(Client(), user).get(address).content.decode().split())


def holder(entry: Entry) -> User:
    return User.objects.get(person_id=made.holder_of(entry).person_id)


def ending_in(days: int) -> Entry:
    entry = made.somebody("Dora", days=364 - days)
    engine.walk(entry.award, timezone.localdate())
    entry.award.refresh_from_db()
    return entry


def day(one: date | None) -> str:
    assert one is not None
    return f"{one:%-d %B %Y}"


# --- one's own entry -----------------------------------------------------------------------------
@pytest.mark.parametrize("address", BOTH)
def test_a_renewal_says_its_day_and_what_is_missing(address: str) -> None:
    made.a_desk()
    entry = ending_in(20)
    clock.look_after(entry, timezone.localdate())
    shown = page(holder(entry), address)
    assert f"Renew by {day(entry.award.period_end)}" in shown
    assert "What is missing: Look at what the register says of you" in shown
    assert "Pay the fee of £18.00" in shown
    assert f"/my/registrations/{entry.award.number}/renew/" in shown
    assert f"1 fee to pay, by {day(entry.award.period_end)}" in shown
    Fee.objects.update(state="paid", settled_on=timezone.localdate())
    shown = page(holder(entry), address)
    assert "Pay the fee" not in shown
    assert "1 fee to pay" not in shown


@pytest.mark.parametrize("address", BOTH)
def test_extra_time_says_its_last_day(address: str) -> None:
    made.a_desk()
    entry = ending_in(-10)
    shown = page(holder(entry), address)
    assert f"Renew by {day(last_day(entry.award))}" in shown
    assert "you are in extra time" in shown


@pytest.mark.parametrize("address", BOTH)
def test_who_was_drawn_and_has_not_declared_reads_both_days(address: str) -> None:
    with time_machine.travel("2026-11-20T12:00Z"):
        entry = audits.a_registrant()
        audits.a_full_year(entry)
        case = audits.a_case(entry)
        case.refresh_from_db()
        user = holder(entry)
        shown = page(user, address)
        assert f"Share your log by {day(case.due_on)}" in shown
        assert "It is due by 31 December 2026." in shown
        audits.shown(case)
        assert "Share your log" not in page(user, address)


@pytest.mark.parametrize("address", BOTH)
def test_a_concern_is_to_be_answered_once_they_were_told_of_it(address: str) -> None:
    desk = made.a_desk()
    entry = made.somebody()
    case = actions.raise_concern(actor=VISITOR, entry=entry, said="A logbook is wrong.")
    wanted = "Answer a concern about your work"
    assert wanted not in page(holder(entry), address)
    actions.look_into(actor=desk.registrar, case=case, told="A check was not made.")
    assert wanted in page(holder(entry), address)
    actions.answer_concern(actor=made.holder_of(entry), case=case, answer="It was made.")
    assert wanted not in page(holder(entry), address)


@pytest.mark.parametrize("address", BOTH)
def test_whoever_owes_nothing_or_is_off_the_register_is_asked_for_nothing(address: str) -> None:
    made.a_desk()
    with time_machine.travel("2026-06-01T12:00Z"):
        entry = made.somebody()
        assert "See to it" not in page(holder(entry), address)
        assert "Renew by" not in page(holder(entry), address)
    with time_machine.travel("2026-11-20T12:00Z"):
        made.put_into(entry, "resigned")
        assert "Declare your CPD" not in page(holder(entry), address)


# --- desks ---------------------------------------------------------------------------------------
def test_registrar_and_ratifier_come_to_their_registers_and_read_how_much_waits() -> None:
    desk = made.a_desk()
    applications.sent()
    registrar = User.objects.get(person_id=desk.registrar.person_id)
    ratifier = User.objects.get(person_id=desk.ratifier.person_id)
    shown = page(registrar, "/my/")
    assert "Register you look after: Registered Technician" in shown
    assert "1 thing waits for you." in shown
    assert f'href="{DESK}"' in shown
    shown = page(ratifier, "/my/")
    assert f'href="{DESK}"' in shown
    assert "Nothing waits for you." in shown
    for who in (registrar, ratifier):
        assert f'href="{DESK}"' in page(who, "/assess/")
        assert 'href="/assess/"' in page(who, DESK)
    assert "Desks you work at" not in page(person("nobody@work.example"), "/my/")
    assert "Your other desks" not in page(person("none@work.example"), "/assess/")


def test_whoever_reads_cpd_comes_to_it() -> None:
    reader = registers.an_assessor()
    with time_machine.travel("2026-11-20T12:00Z"):
        entry = audits.a_registrant()
        audits.a_full_year(entry)
        assert "CPD to read" not in page(reader, "/my/")
        case = audits.a_case(entry)
        assert "Nothing to read now." in page(reader, "/my/")
        audits.shown(case)
        for address in ("/my/", "/assess/"):
            shown = page(reader, address)
            assert "CPD to read: Registered Technician" in shown
            assert "1 to read." in shown
            assert f'href="{DESK}cpd/cases/?waits=us"' in shown
        ratifier = registers.a_ratifier(entry.body)
        assert f'href="{DESK}cpd/committee/"' in page(ratifier, "/my/")


def test_whoever_runs_rounds_comes_to_them() -> None:
    nominations.a_prize()
    officer = nominations.an_officer()
    assert "None is begun yet." in page(officer, "/my/")
    round_ = nominations.a_round()
    one = nominations.nominated(round_, person("lena@work.example"))
    assert "Nothing waits for you." in page(officer, "/my/")
    nominations.agreed(one)
    nominations.sent_in(one)
    for address in ("/my/", "/assess/"):
        shown = page(officer, address)
        assert "Round you run: Prize 2026" in shown
        assert "1 to give to judges." in shown
        assert f'href="/assess/nominations/{round_.slug}/"' in shown
    nominations.a_round("prize-2027", name="Prize 2027")
    shown = page(officer, "/my/")
    assert "Rounds you run" in shown
    assert 'href="/assess/nominations/"' in shown


def test_a_nominee_is_told_in_their_own_space() -> None:
    one = nominations.nominated(nominations.a_round(), person("lena@work.example", name="Lena"))
    shown = page(person("nora@work.example"), "/my/")
    assert "You are nominated for the Prize 2026" in shown
    assert f'href="/my/nominations/{one.pk}/"' in shown
    assert "You are nominated" not in page(person("una@work.example"), "/my/")


def asked(client: Client) -> int:
    client.get("/my/")  # what is asked once and kept, such as kinds of content
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/my/").status_code == 200
    return len(caught)


def test_your_space_asks_as_often_for_a_full_desk_as_for_one_thing() -> None:
    desk = made.a_desk()
    registrar = User.objects.get(person_id=desk.registrar.person_id)
    client = sign_in(Client(), registrar)
    applications.sent()
    counted = [asked(client)]
    for number in range(5):
        applications.sent(applications.a_claimed(f"t{number}@work.example"))
    counted.append(asked(client))
    assert counted[0] == counted[1] <= 50, counted
    assert asked(sign_in(Client(), person("plain@work.example"))) <= 23


def test_your_space_asks_a_few_times_for_each_entry() -> None:
    made.a_desk()
    holder_ = registers.an_applicant("rita@work.example")
    client, counted = sign_in(Client(), holder_.account), []
    for number in range(3):
        registers.an_entry(f"Rita {number}", technician=holder_)
        counted.append(asked(client))
    assert counted[2] - counted[1] == counted[1] - counted[0] <= 4, counted


def test_of_many_registers_only_the_list_is_offered(monkeypatch: Any) -> None:
    desk = made.a_desk()
    monkeypatch.setattr("benchside.recognition.registry.own.COUNTED", 0)
    shown = page(User.objects.get(person_id=desk.registrar.person_id), "/my/")
    assert "You look after 1 registers." in shown
    assert 'href="/registry/"' in shown
