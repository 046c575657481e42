"""What the person chooses, what the registrar keeps, and the register as at a day that is gone."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from benchside.accounts.models import User
from benchside.assessment.actions import move_award
from benchside.assessment.queries import state_on
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import AuditEvent
from benchside.core.registries import Subscription, subscriptions
from benchside.recognition.entries import actions
from benchside.recognition.entries.publishing import since
from benchside.recognition.entries.seals import faults_of_register
from benchside.recognition.events import ENTRY_CHANGED
from benchside.recognition.models import Entry, HidingRequest, NameKey
from benchside.recognition.registry import actions as desk
from benchside.recognition.registry import life
from benchside.recognition.registry.actions.moves import impose
from tests.factories.people import sign_in
from tests.factories.registers import a_body, a_registrar, an_applicant, an_entry

pytestmark = pytest.mark.django_db
DESK = "/registry/registered-technician/"
MINE = "/my/registrations/RT-000001/shown/"
PUBLIC = "/registers/registered-technician/"


@pytest.fixture
def entry(db: None) -> Entry:
    return an_entry("Siobhán O’Brien", technician=an_applicant(), since=date(2026, 1, 5))


@pytest.fixture
def own(entry: Entry) -> User:
    assert entry.award.technician is not None
    assert entry.award.technician.account is not None
    return entry.award.technician.account


@pytest.fixture
def registrar(entry: Entry) -> User:
    return a_registrar()


# --- the person ---------------------------------------------------------------------------------
def test_the_person_chooses_what_else_is_shown(client: Client, entry: Entry, own: User) -> None:
    actions.rename_entry(actor=SYSTEM, entry=entry, name="Siobhán Murphy")
    former = entry.former_names.get()
    assert "O’Brien" not in client.get(f"{PUBLIC}RT-000001/").content.decode()
    assert "Murphy" in client.get(f"{PUBLIC}?q=obrien").content.decode()
    sign_in(client, own)
    wrong = client.post(MINE, {"do": "choose", "shows_area": "on", "employer": "Lab Ltd"})
    assert wrong.status_code == 422
    assert "There is no area to show" in wrong.content.decode()
    assert 'value="Lab Ltd"' in wrong.content.decode()
    right = {"do": "choose", "area": "Northmoor", "shows_area": "on", "former": former.pk}
    assert client.post(MINE, right).status_code == 302
    page = Client().get(f"{PUBLIC}RT-000001/").content.decode()
    assert "Northmoor" in page
    assert "Was registered before as Siobhán O’Brien" in page
    client.post(MINE, {"do": "choose"})
    page = Client().get(f"{PUBLIC}RT-000001/").content.decode()
    assert "O’Brien" not in page


def test_nobody_else_chooses(client: Client, entry: Entry, registrar: User) -> None:
    other = an_applicant("other@work.example").account
    assert other is not None
    sign_in(client, other)
    assert client.get(MINE).status_code == 404
    for user in (registrar, other):
        actor = Actor.of(user)
        with pytest.raises(Denied):
            actions.choose_shown(
                actor=actor, entry=entry, area="", shows_area=False, employer="",
                shows_employer=False, former_shown=(),
            )  # fmt: skip
        with pytest.raises(Denied):
            actions.ask_hiding(actor=actor, entry=entry, words="x")


def test_asking_to_be_hidden_and_the_answer(
    client: Client, entry: Entry, own: User, registrar: User
) -> None:
    sign_in(client, own)
    assert client.post(MINE, {"do": "hide", "words": " "}).status_code == 422
    assert client.post(MINE, {"do": "hide", "words": "Somebody follows me."}).status_code == 302
    again = client.post(MINE, {"do": "hide", "words": "Please."})
    assert again.status_code == 422
    one = HidingRequest.objects.get()
    assert client.get(f"{DESK}hiding/").status_code == 404
    sign_in(client, registrar)
    assert "RT-000001" in client.get(f"{DESK}hiding/").content.decode()
    address = f"{DESK}hiding/{one.pk}/"
    assert "Somebody follows me." in client.get(address).content.decode()
    no_basis = client.post(address, {"do": "hide", "answer": "You are hidden."})
    assert "The basis is missing" in no_basis.content.decode()
    one.refresh_from_db()
    assert one.state == "open"  # nothing half done
    sent = {"do": "hide", "answer": "You are hidden.", "basis": "Risk to their safety"}
    assert client.post(address, sent).status_code == 302
    assert Client().get(f"{PUBLIC}RT-000001/").status_code == 404
    assert client.post(address, sent).status_code == 422
    page = sign_in(client, own).get(MINE).content.decode()
    assert "You are hidden" in page
    assert "Risk to" not in page
    every = repr(list(AuditEvent.objects.values_list("detail", flat=True)))
    assert "Risk" not in every
    assert "follows" not in every


# --- the registrar ------------------------------------------------------------------------------
def test_the_registrar_renames_hides_and_shows(
    client: Client, entry: Entry, own: User, registrar: User
) -> None:
    address = f"{DESK}names/RT-000001/"
    assert sign_in(client, own).get(address).status_code == 404
    sign_in(client, registrar)
    assert client.post(address, {"do": "rename", "name": ""}).status_code == 422
    same = client.post(address, {"do": "rename", "name": "Siobhán O’Brien"})
    assert "the name on the register already" in same.content.decode()
    client.post(address, {"do": "rename", "name": "Siobhan  Murfy"})
    client.post(address, {"do": "rename", "name": "Siobhán Murphy", "forget": "on"})
    assert [one.name for one in entry.former_names.all()] == ["Siobhán O’Brien"]
    client.post(address, {"do": "hide", "basis": "Police report"})
    assert not NameKey.objects.exists()
    assert client.post(address, {"do": "hide", "basis": ""}).status_code == 422
    client.post(address, {"do": "show"})
    assert NameKey.objects.exists()
    assert client.post(address, {"do": "nothing"}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_a_change_is_told_so_that_pages_leave_the_cache(
    django_capture_on_commit_callbacks: Any,
) -> None:
    entry = an_entry("Ann Smith")
    heard: list[object] = []
    with subscriptions.opened():
        subscriptions.register(
            Subscription(key="test", event=ENTRY_CHANGED.key, handle=heard.append)
        )
        actions.hide_entry(actor=SYSTEM, entry=entry, basis="Risk")
    assert heard == [{"entry_id": entry.pk, "register": "registered-technician"}]


# --- the register as at a day -------------------------------------------------------------------
def rows(client: Client, on: str) -> list[dict[str, str]]:
    answer = client.get(f"{DESK}as-at/?on={on}&kind=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_the_register_as_at_a_day_as_known_and_as_recorded(
    client: Client, entry: Entry, registrar: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = Actor.of(registrar)
    move_award(actor=actor, award=entry.award, verb="resign", effective_on=date(2026, 2, 10))
    actions.rename_entry(actor=actor, entry=entry, name="=Siobhán Murphy")
    an_entry("Late Comer")
    sign_in(client, registrar)
    assert rows(client, "2026-01-04") == []
    before, after = rows(client, "2026-02-09")[0], rows(client, "2026-03-01")[0]
    assert before["Status that day"] == "Registered"
    assert after["Status that day"] == "Resigned"
    assert after["Since"] == "2026-02-10"
    assert after["By"] == registrar.get_full_name()
    # it was all written down today: on that day the register did not say so
    assert after["Status as recorded then"] == "not on it yet"
    assert after["Recorded later"] == "yes"
    assert after["Name"] == "Siobhán O’Brien"  # the name of that day
    today = rows(client, str(timezone.localdate()))
    assert today[0]["Recorded later"] == ""
    assert today[0]["Status as recorded then"] == "Resigned"
    assert today[0]["Name"] == "'=Siobhán Murphy"
    assert len(today) == 2
    book = client.get(f"{DESK}as-at/?on=2026-03-01&kind=xlsx")
    sheet = load_workbook(io.BytesIO(book.content)).active
    assert [cell.value for cell in sheet[2]][:2] == ["RT-000001", "Siobhán O’Brien"]


def test_names_bodies_and_hiding_are_events_with_day_reason_and_actor(
    client: Client, entry: Entry, registrar: User
) -> None:
    actor, old = Actor.of(registrar), entry.body.name
    new = a_body("other-institute")
    sign_in(client, registrar)
    sent = {"do": "rename", "name": "Siobhán Murphy", "reason": "The law asks for it",
            "on": "2026-03-10"}  # fmt: skip
    assert client.post(f"{DESK}names/RT-000001/", sent).status_code == 302
    desk.change_body(
        actor=actor, entry=entry, body=new, reason="They asked for it", on=date(2026, 4, 20)
    )
    actions.hide_entry(actor=actor, entry=Entry.objects.get(), basis="Police report 7")
    before, named, moved = (
        rows(client, day)[0] for day in ("2026-03-09", "2026-03-10", "2026-04-20")
    )
    assert (before["Name"], before["Body"]) == ("Siobhán O’Brien", old)
    assert before["Changes beside the status"] == ""
    assert (named["Name"], named["Body"]) == ("Siobhán Murphy", old)
    said = f"Name changed from 2026-03-10: The law asks for it (by {registrar.get_full_name()}"
    assert named["Changes beside the status"].startswith(said)
    assert moved["Body"] == new.name
    assert "Body changed from 2026-04-20: They asked for it" in moved["Changes beside the status"]
    today = rows(client, str(timezone.localdate()))[0]
    assert "Hidden from" in today["Changes beside the status"]
    assert (today["Status that day"], today["Change"]) == ("Registered", "grant")
    assert "Police" not in repr(today)
    assert list(faults_of_register(entry.register)) == []
    page = client.get(f"{DESK}entries/RT-000001/").content.decode()
    for told in (">Rename<", ">Change body<", "They asked for it", "20 Apr 2026"):
        assert told in page


def test_what_is_noted_changes_no_day_of_a_state(entry: Entry, registrar: User) -> None:
    actor = Actor.of(registrar)
    actions.rename_entry(actor=actor, entry=entry, name="Siobhán Murphy")
    assert life.began(entry) == date(2026, 1, 5)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="still to come"):
        actions.rename_entry(actor=actor, entry=entry, name="A B", on=tomorrow)
    # a resignation of last month, written down after that change of name
    gone = date(2026, 5, 1)
    move_award(actor=actor, award=entry.award, verb="resign", effective_on=gone)
    assert (life.began(entry), since(entry.award)) == (gone, gone)
    assert state_on(entry.award, timezone.localdate()) == "resigned"
    with pytest.raises(Refused, match="not before it"):
        actions.rename_entry(actor=actor, entry=entry, name="A B", on=date(2026, 4, 1))


def test_the_period_and_the_sanctions_of_that_day(
    client: Client, entry: Entry, registrar: User
) -> None:
    rule = entry.register.rules.sanction("warning")
    assert rule is not None
    begins, until = date(2026, 2, 1), date(2026, 3, 1)
    impose(entry=entry, rule=rule, words="No log.", begins=begins, until=until, case=None)
    move_award(actor=SYSTEM, award=entry.award, verb="renew", effective_on=date(2026, 4, 1))
    sign_in(client, registrar)
    during, later = rows(client, "2026-03-01")[0], rows(client, "2026-04-02")[0]
    assert during["Sanctions that day"] == "Warning, from 2026-02-01 until 2026-03-01"
    assert (during["Period from"], later["Period from"]) == ("2026-01-05", "2026-04-01")
    assert later["Sanctions that day"] == ""


def test_many_are_exported_with_as_few_questions_as_one(
    client: Client, entry: Entry, registrar: User
) -> None:
    sign_in(client, registrar)
    today = str(timezone.localdate())

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            rows(client, today)
        return len(found)

    asked()
    one = asked()
    for _ in range(8):
        an_entry("Ann Smith")
    assert asked() == one


def test_a_day_that_is_none_is_said(client: Client, entry: Entry, registrar: User) -> None:
    sign_in(client, registrar)
    for day in ("", "2026-02-30", "9999-01-01", "%00"):
        assert client.get(f"{DESK}as-at/?on={day}&kind=csv").status_code == 422
    assert client.get(f"{DESK}as-at/").status_code == 200
    assert client.get(f"{DESK}seals/").status_code == 200


def test_another_registers_registrar_sees_nothing(client: Client, entry: Entry) -> None:
    other = an_applicant("other@work.example").account
    assert other is not None
    sign_in(client, other)
    for address in ("as-at/?on=2026-01-05", "seals/", "hiding/", "names/RT-000001/"):
        assert client.get(f"{DESK}{address}").status_code == 404
