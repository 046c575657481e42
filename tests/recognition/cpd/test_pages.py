"""Pages of the desk of CPD and of one's own, as they are met, with hostile input and many rows."""

import hashlib
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchside.accounts.models import User
from benchside.core.models.mail import OutgoingMail
from benchside.core.models.tasks import TaskProgress
from benchside.organisations.enums import Kind
from benchside.organisations.models import Employment
from benchside.people.cpd.actions import add_file
from benchside.recognition.cpd.exports import held
from benchside.recognition.models import AuditCase, AuditRun, Entry
from tests.factories import registers
from tests.factories.audits import MET, a_case, a_full_year, a_registrant, a_run, own, shown
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
DESK = "/registry/registered-technician/cpd/"
PLAN = {"year": "2026", "percent": "100", "ends_on": "2026-12-31", "strata": ["body"]}
YES = {f"met_{key}": "yes" for key in MET}


@pytest.fixture(autouse=True)
def in_january() -> Any:
    with time_machine.travel("2027-01-11 12:00Z", tick=False):
        yield


@pytest.fixture
def registrar(client: Client) -> Client:
    return sign_in(client, registers.a_registrar("chief@council.example"))


def text(client: Client, address: str, status: int = 200) -> str:
    found = client.get(address)
    assert found.status_code == status
    return found.content.decode()


def me(entry: Entry) -> Client:
    assert entry.award.technician
    return sign_in(Client(), User.objects.get(technician=entry.award.technician))


# --- the registrar ------------------------------------------------------------------------------
def test_a_registrar_plans_fixes_draws_and_announces(registrar: Client) -> None:
    for name in ("anna", "ben"):
        a_registrant(name)
    assert "No audit yet" in text(registrar, DESK)
    assert 'value="2.5"' in text(registrar, f"{DESK}runs/new/")
    for wrong in ({"percent": "0"}, {"percent": "NaN"}, {"ends_on": "31"}, {"strata": ["x"]}):
        answer = registrar.post(f"{DESK}runs/new/", PLAN | wrong | {"do": "freeze"})
        assert answer.status_code == 422
    preview = registrar.post(f"{DESK}runs/new/", PLAN | {"do": "preview"}).content.decode()
    assert "2 of 2" in preview
    assert not AuditRun.objects.exists()
    registrar.post(f"{DESK}runs/new/", PLAN | {"do": "freeze"})
    run = AuditRun.objects.get()
    here = f"{DESK}runs/{run.pk}/"
    page = text(registrar, here)
    assert run.digest in page
    assert "Draw 2" in page
    taken = registrar.get(f"{here}population.tsv").content
    assert hashlib.sha256(taken).hexdigest() == run.digest
    registrar.post(here, {"do": "draw", "seed": "<b>12 19 33</b>"})
    assert "&lt;b&gt;12 19 33" in text(registrar, here)
    assert registrar.post(here, {"do": "announce", "due_on": "2027-01-12"}).status_code == 422
    answer = registrar.post(here, {"do": "announce", "due_on": "2027-02-22"})
    assert answer["Location"] == TaskProgress.objects.get().get_absolute_url()
    assert "Brought along" in text(registrar, here)
    assert registrar.get(f"{here}sample.csv").content.decode().count("\r\n") == 3
    assert "Shown once the count has closed" in registrar.get(f"{here}results.csv").content.decode()
    registrar.post(here, {"do": "abandon"})
    assert AuditRun.objects.get().state == "announced"


def test_a_new_audit_opens_on_a_year_that_has_none(registrar: Client) -> None:
    a_registrant()
    new = f"{DESK}runs/new/"
    assert 'value="2026"' in text(registrar, new)
    registrar.post(new, PLAN | {"do": "freeze"})
    run = AuditRun.objects.get()
    page = text(registrar, new)
    assert 'value="2027"' in page
    assert 'value="2027-12-31"' in page
    answer = registrar.post(new, PLAN | {"do": "preview"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is an audit of 2026 already." in page
    assert f'href="{DESK}runs/{run.pk}/">Open the audit of 2026</a>' in page
    registrar.post(f"{DESK}runs/{run.pk}/", {"do": "abandon"})
    assert 'value="2026"' in text(registrar, new)


@pytest.mark.parametrize(
    "wrong",
    [{"percent": one} for one in ("0", "101", "NaN", "2.555", "", "much")]
    + [{"year": one} for one in ("1", "9999", "next")],
)
def test_a_number_that_is_none_is_told_in_our_words(
    registrar: Client, wrong: dict[str, str]
) -> None:
    a_registrant()
    page = registrar.post(f"{DESK}runs/new/", PLAN | wrong | {"do": "preview"}).content.decode()
    said = "Give a year, such as" if "year" in wrong else "Give a number from 0.01 to 100"
    assert said in page
    assert "Ensure" not in page


def test_published_counts_are_to_the_nearest_five(registrar: Client) -> None:
    for number in range(8):
        a_registrant(f"p{number}")
    run = a_run()
    AuditCase.objects.update(state="accepted")
    AuditCase.objects.filter(pk=AuditCase.objects.first().pk).update(state="silent")  # type: ignore[union-attr]
    rows = registrar.get(f"{DESK}runs/{run.pk}/results.csv").content.decode()
    assert "Accepted,5" in rows
    assert "Not answered,0" in rows
    assert "All,10" in rows


def test_lists_find_filter_sort_and_ask_no_more_of_many(registrar: Client) -> None:
    lists = [DESK, f"{DESK}cases/", f"{DESK}committee/", f"{DESK}declarations/?year=2026"]
    a_registrant("first")
    a_run()

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            text(registrar, address)
        return len(found)

    AuditCase.objects.update(state="committee")
    text(registrar, DESK)  # what is read once a process is read
    few = [asked(one) for one in lists]
    for number in range(6):
        entry = a_registrant(f"p{number}")
        AuditCase.objects.create(run=AuditRun.objects.get(), entry=entry, state="committee")
    assert [asked(one) for one in lists] == few
    assert max(few) <= 16
    for sort in ("name", "-number", "state", "-due", "sent", "x"):
        assert "7 cases" in text(registrar, f"{DESK}cases/?sort={sort}&page=9&year=%00")
    assert "1 case<" in text(registrar, f"{DESK}cases/?q=first&state=committee")
    assert "Nothing found" in text(registrar, f"{DESK}cases/?q=nobody&waits=us")
    assert registrar.get(f"{DESK}cases.csv?q=p3").content.decode().count("\r\n") == 2
    assert "Nobody found" in text(registrar, f"{DESK}declarations/?year=2026&what=late")
    assert registrar.get(f"{DESK}declarations.csv?year=2026").content.decode().count("\r\n") == 8


def test_nobody_else_finds_the_desk_and_an_assessor_only_the_cases(client: Client) -> None:
    case = a_case(a_registrant())
    stranger, assessor = registers.an_applicant("else@work.example").account, None
    assert stranger
    sign_in(client, stranger)
    for sheet in ("", "cases/", f"cases/{case.pk}/", "committee/", "declarations/", "runs/new/"):
        text(client, DESK + sheet, 404)
    assessor = registers.an_assessor()
    sign_in(client, assessor)
    assert "Declarations" not in text(client, f"{DESK}cases/")
    for sheet in ("committee/", "declarations/", "runs/new/", f"runs/{case.run_id}/sample.csv"):
        text(client, DESK + sheet, 404)
    for other in ("/registry/none/cpd/", f"{DESK}cases/999/", f"{DESK}runs/999/"):
        text(client, other, 404)


# --- reading ------------------------------------------------------------------------------------
def test_an_assessor_reads_and_accepts(client: Client) -> None:
    entry = a_registrant()
    a_full_year(entry)
    technician = entry.award.technician
    assert technician
    activity = technician.cpd_activities.first()
    assert activity
    add_file(actor=own(entry), activity=activity, name="note.txt", data=b"I was there")
    case = shown(a_case(entry), summary="<script>alert(1)</script>")
    sign_in(client, registers.an_assessor())
    address = f"{DESK}cases/{case.pk}/"
    page = text(client, address)
    assert "&lt;script&gt;" in page
    assert "A work thing" in page
    digest = hashlib.sha256(b"I was there").hexdigest()
    file = client.get(f"{address}files/{digest}/")
    assert (file.content, file["X-Content-Type-Options"]) == (b"I was there", "nosniff")
    text(client, f"{address}files/{'0' * 64}/", 404)
    typed = YES | {"met_mix": "no", "words": "Kept as typed"}
    answer = client.post(address, typed | {"do": "ask-again", "due_on": "2027-03-01"})
    assert answer.status_code == 422
    assert "Kept as typed" in answer.content.decode()
    assert "Say what is missing" in answer.content.decode()
    assert client.post(address, {"do": "accept"}).status_code == 422
    client.post(address, YES | {"do": "accept", "words": "Well done"})
    assert "Accepted" in text(client, address)
    assert "Well done" in text(me(entry), f"/my/registrations/{entry.award.number}/audit/")


def test_a_colleague_is_told_why_they_may_not_read_it(client: Client) -> None:
    entry = a_registrant()
    case = shown(a_case(entry))
    place = an_organisation("works", kind=Kind.EMPLOYER)
    assert entry.award.technician
    Employment.objects.create(organisation=place, technician=entry.award.technician)
    registrar = registers.give_duties(a_member(place))
    sign_in(client, registrar)
    assert "They work where the applicant works" in text(client, f"{DESK}cases/{case.pk}/", 403)


def test_the_committee_suspends_from_its_page(client: Client, registrar: Client) -> None:
    entry = a_registrant()
    case = a_case(entry)
    AuditCase.objects.update(state="committee", is_certain=True)
    address = f"{DESK}cases/{case.pk}/"
    assert "Whoever ratifies for" in text(registrar, address)
    said = {"due_on": "2027-03-01", "words": "No answer came."}
    assert registrar.post(address, said | {"do": "suspend"}).status_code == 403
    sign_in(client, registers.a_ratifier(entry.body))
    assert "silent twice" in text(client, address)
    assert client.post(address, {"do": "suspend"}).status_code == 422
    client.post(address, said | {"do": "suspend"})
    case.refresh_from_db()
    assert case.state == "suspended"
    assert "They may answer until 1 March 2027" in text(client, f"{DESK}committee/")
    assert "You are suspended" in text(me(entry), f"/my/registrations/{entry.award.number}/audit/")


# --- one's own ----------------------------------------------------------------------------------
def test_somebody_shares_asks_for_time_and_declares() -> None:
    entry, other = a_registrant(), a_registrant("other")
    mine = me(entry)
    audit = f"/my/registrations/{entry.award.number}/audit/"
    declare = f"/my/registrations/{entry.award.number}/declare/"
    assert "You were not drawn" in text(mine, audit)
    a_full_year(entry)
    a_run()
    assert "Answer by" in text(mine, audit)
    assert mine.post(audit, {"do": "answer", "summary": "Typed"}).status_code == 422
    late = {"do": "more", "until": "2027-01-12", "why": "Ill"}
    assert mine.post(audit, late).status_code == 422
    mine.post(audit, late | {"until": "2027-03-31"})
    assert "You asked for more time" in text(mine, audit)
    mine.post(audit, {"do": "answer", "summary": "Much", "agrees": "on"})
    assert "It is with us" in text(mine, audit)
    assert AuditCase.objects.get(entry=entry).state == "submitted"
    for address in (audit, declare):
        text(me(other), address, 404)
    assert "due on 31 December 2026" in text(mine, declare)
    no = {"is_kept": "no", "is_conduct_kept": "yes"}
    assert mine.post(declare, no | {"year": "2026"}).status_code == 422
    mine.post(declare, {"year": "2026", "is_kept": "yes", "is_conduct_kept": "yes"})
    page = text(mine, declare)
    assert "Nothing to declare now" in page
    assert "(late)" in page


def test_nobody_doubted_is_told_before_a_second_look(client: Client) -> None:
    entry = a_registrant()
    case = shown(a_case(entry))
    AuditCase.objects.update(state="doubted", words="Not good enough")
    case.verdicts.create(
        round=0, standard="mix", is_met=False, words="One kind only", made_by=own(entry).person_id
    )
    page = text(me(entry), f"/my/registrations/{entry.award.number}/audit/")
    assert "Not good enough" not in page
    assert "One kind only" not in page
    assert "Waits for a second look" not in page
    assert "To be read" in page


def test_the_export_tells_nobody_early_that_they_are_doubted() -> None:
    entry = a_registrant()
    case = shown(a_case(entry), summary="Mine")
    reader = own(entry).person_id
    assert reader
    AuditCase.objects.update(state="doubted", rounds=1, words="Not good enough")
    case.verdicts.create(round=0, standard="mix", is_met=False, words="First", made_by=reader)
    case.verdicts.create(round=1, standard="mix", is_met=False, words="Second", made_by=reader)
    (told,) = held(reader)["audits"]
    assert (told["state"], told["summary"], told["said to them"]) == ("To be read", "Mine", "")
    assert [one["words"] for one in told["verdicts"]] == ["First"]
    AuditCase.objects.update(state="committee")
    (told,) = held(reader)["audits"]
    assert (told["state"], told["said to them"]) == ("With the committee", "Not good enough")
    assert len(told["verdicts"]) == 2


@pytest.mark.parametrize("was_shown", [True, False])
def test_the_words_of_a_removal_are_those_of_what_happened(client: Client, was_shown: bool) -> None:
    entry = a_registrant()
    case = a_case(entry)
    if was_shown:
        shown(case)
    AuditCase.objects.update(state="committee", is_certain=True)
    address = f"{DESK}cases/{case.pk}/"
    sign_in(client, registers.a_ratifier(entry.body))
    assert ("They were silent twice" in text(client, address)) is not was_shown
    said = {"due_on": "2027-03-01", "words": "Not enough."}
    client.post(address, said | {"do": "suspend"})
    with time_machine.travel("2027-03-02 12:00Z", tick=False):
        sign_in(client, User.objects.get(duties__kind="ratify"))
        # 548 days, as the standard's file has it.
        assert "They cannot come back before 31 August 2028" in text(client, address)
        client.post(address, {"do": "remove", "words": "Gone.", "is_sure": "on"})
        page = text(me(entry), f"/my/registrations/{entry.award.number}/audit/")
    letter = OutgoingMail.objects.get(name="recognition/audit_removed").text
    assert "You may come back from 31 August 2028 on" in page
    assert "You may come back from 31 August 2028 on" in letter
    assert "18 months" not in page + letter
    assert ("did not meet the standards" in page) is was_shown
    assert ("did not meet the standards" in letter) is was_shown
