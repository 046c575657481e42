"""The screens: for everybody, for whoever applies, for registrars."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import move_award, return_submission
from benchside.assessment.enums import DecisionOutcome
from benchside.core.actions import SYSTEM, Actor
from benchside.recognition.models import Entry, Interview, Register, RegisterApplication
from benchside.recognition.registers import actions
from tests.factories import applications as made
from tests.factories.people import person
from tests.factories.registers import a_body, a_register, an_assessor, an_entry

pytestmark = pytest.mark.django_db
START = "/my/registrations/start/registered-technician/"
DESK = "/registry/registered-technician/applications/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


# --- everybody ----------------------------------------------------------------------------------
def test_everybody_reads_what_a_register_asks_costs_and_takes(client: Client) -> None:
    assert "No registers yet" in words(client.get("/registers/"))
    a_body()
    page = words(client.get("/registers/"))
    for said in ("RTMade", "RQF level 3", "£25.00", "not measured yet", "Made Up Institute"):
        assert said in page, said
    page = words(client.get("/registers/registered-technician/about/"))
    for said in (
        "Equivalency report", "A1 Using what you know", "Target: 42 days", "£18.00",
        "Application fee: £20.00", "within 28 days", "2 times at most",
    ):  # fmt: skip
        assert said in page, said
    assert "Suspended for health" not in page
    assert client.get("/registers/no-such/about/").status_code == 404


def test_a_register_that_is_closed_says_so(client: Client) -> None:
    a_body()
    Register.objects.update(is_open=False)
    assert "takes no applications just now" in words(client.get("/registers/"))
    mine = as_(made.a_claimed().account)
    assert "takes no applications" in words(mine.get(START))


def test_time_to_a_decision_is_told_once_five_are_measured(client: Client) -> None:
    days = (10, 20, 30, 40, 500)
    for number, spent in enumerate(days):
        one = made.approve_at_once(number)
        begun = timezone.now() - timedelta(days=spent)
        type(one.submission).objects.filter(pk=one.submission_id).update(submitted_at=begun)
        made.trail(one, begun, (("draft", "submitted", 0), ("recommended", "approved", spent)))
        page = words(client.get("/registers/registered-technician/about/"))
        assert ("within 30 days" in page) == (number == 4)


def test_lists_ask_as_often_whatever_their_length(client: Client) -> None:
    a_body()
    registrar = as_(made.the_registrar())
    mine = as_(made.begun(made.a_claimed()).submission.technician.account)

    def asked() -> list[int]:
        found = []
        for who, url in ((registrar, DESK), (mine, "/my/registrations/")):
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert who.get(url).status_code == 200
            found.append(len(caught))
        return found

    made.approve_at_once(1)
    asked()  # what is asked once and kept, such as kinds of content
    first = asked()
    for number in range(2, 7):
        made.approve_at_once(number)
    assert asked() == first
    assert first[0] <= 15
    assert first[1] <= 20


# --- applying -----------------------------------------------------------------------------------
def test_plain_questions_lead_to_the_route() -> None:
    a_body()
    mine = as_(made.a_claimed().account)
    assert "Registered Technician" in words(mine.get("/my/registrations/start/"))
    page = words(mine.get(START))
    assert "passed an apprenticeship" in page
    assert 'href="?route=apprenticeship"' in page
    page = words(mine.get(START, {"step": "1"}))
    assert "level 3 or above" in page
    assert 'href="?route=standard"' in page
    assert 'href="?route=equivalency"' in page
    for hostile in ("-1", "99", "²", "1; drop", "999999"):
        assert mine.get(START, {"step": hostile}).status_code == 200
    page = words(mine.get(START, {"route": "equivalency"}))
    assert "Equivalency report" in page
    assert 'value="Tess"' in page


def test_a_register_they_have_or_apply_to_is_said_there_and_not_offered() -> None:
    a_body()
    technician = made.a_claimed()
    mine, start, offer = as_(technician.account), "/my/registrations/start/", f'href="{START}"'
    assert offer in mine.get(start).content.decode()
    one = made.begun(technician)
    page = words(mine.get(start))
    assert "There is one under way already." in page
    assert f'href="/my/registrations/{one.number}/"' in page
    assert offer not in page
    one.delete()
    entry = an_entry(technician.name, technician=technician)
    page = words(mine.get(start))
    assert "You are on this register." in page
    assert f'href="/my/registrations/{entry.award.number}/"' in page
    assert offer not in page


def test_it_is_begun_and_what_was_typed_stays_where_it_is_not() -> None:
    body = a_body()
    mine = as_(made.a_claimed().account)
    answer = mine.post(START, {"route": "standard", "name": "", "membership": "M 9"})
    assert answer.status_code == 422
    page = words(answer)
    assert 'value="M 9"' in page
    assert "as it stands in your passport" in page
    other = a_body("unlicensed")
    other.licences.all().delete()
    sent = {"route": "standard", "name": "Tess O’Brien", "body": other.pk}
    assert mine.post(START, sent).status_code == 422
    answer = mine.post(START, sent | {"body": body.pk})
    one = RegisterApplication.objects.get()
    assert answer["Location"] == f"/my/registrations/{one.number}/"
    page = words(mine.get(answer["Location"]))
    assert "Go on writing" in page
    assert "Nothing is due before you send it" in page
    assert one.name == "Tess O’Brien"
    again = mine.post(START, sent | {"body": body.pk})
    assert again.status_code == 422
    assert "under way already" in words(again)


def test_whoever_has_no_record_begins_one_first() -> None:
    a_body()
    mine = as_(person("new@work.example"))
    assert "On no register yet" in words(mine.get("/my/registrations/"))
    for path in ("/my/registrations/start/", START):
        to_record = mine.get(path)["Location"]
        assert urlsplit(to_record).path == "/my/record/"
    # Begun, they are back where they were; and nowhere that is not ours.
    assert mine.post(to_record)["Location"] == START


def test_a_way_back_leads_to_no_other_site() -> None:
    for number, away in enumerate(
        ("https://evil.example/", "//evil.example/", "javascript:alert(1)")
    ):
        mine = as_(person(f"somebody-{number}@work.example"))
        answer = mine.post(f"/my/record/?{urlencode({'next': away})}")
        assert answer["Location"] == "/my/profile/"


def test_whoever_cannot_begin_is_told_before_they_type_anything() -> None:
    one = made.begun(made.a_claimed())
    technician = one.submission.technician
    assert technician is not None
    assert technician.account is not None
    mine = as_(technician.account)
    answer = mine.get(START, follow=True)
    assert answer.redirect_chain[-1][0] == "/my/registrations/"
    assert "There is one under way already." in words(answer)


def test_the_page_of_an_application_says_where_it_is() -> None:
    one = made.sent()
    mine = as_(one.submission.technician.account)
    url = f"/my/registrations/{one.number}/"
    page = words(mine.get(url))
    assert "We check that all is there" in page
    target = timezone.localdate() + timedelta(days=10)
    assert f"{target:%-d %B %Y}" in page
    assert "Pay £20.00" in page
    other = as_(made.a_claimed("other@work.example").account)
    assert other.get(url).status_code == 404
    assert as_(made.the_registrar()).get(url).status_code == 404
    made.ready(one, made.the_registrar())
    assert "look for assessors" in words(mine.get(url))


def test_a_no_shows_until_when_one_can_appeal() -> None:
    one = made.approved(outcome=DecisionOutcome.DECLINE)
    page = words(as_(one.submission.technician.account).get(f"/my/registrations/{one.number}/"))
    last = timezone.localdate() + timedelta(days=28)
    assert f"You can appeal until {last:%-d %B %Y}" in page


def test_approved_tells_until_when_to_pay_and_then_shows_the_number() -> None:
    one = made.approved()
    mine = as_(one.submission.technician.account)
    page = words(mine.get(f"/my/registrations/{one.number}/"))
    assert "Approved, not yet on the register" in page
    assert "Pay £18.00" in page
    assert "RTMade" not in page
    actions.pay_fee(actor=Actor.of(made.the_registrar()), fee=one.fees.get(kind="year"))
    page = words(mine.get(f"/my/registrations/{one.number}/"))
    for said in (
        "Your number is RT-000001", 'href="/my/registrations/RT-000001/"', "write RTMade after",
        'href="/my/credentials/"', 'href="/registers/registered-technician/RT-000001/statement/"',
        'href="/my/cpd/"',
    ):  # fmt: skip
        assert said in page, said
    assert "RT-000001" in words(mine.get("/my/registrations/"))
    assert "RTMade" in words(mine.get("/my/registrations/RT-000001/"))
    move_award(actor=SYSTEM, award=Entry.objects.get().award, verb="resign")
    page = words(mine.get(f"/my/registrations/{one.number}/"))
    assert "Your number is RT-000001" in page
    assert "write RTMade after" not in page
    other = as_(made.a_claimed("other@work.example").account)
    assert other.get("/my/registrations/RT-000001/").status_code == 404


def test_adjustments_are_asked_on_a_phone_and_read_by_the_registrar() -> None:
    one = made.sent(register=made.of_engineers(), route="individual")
    mine = as_(one.submission.technician.account)
    url = f"/my/registrations/{one.number}/"
    assert mine.post(url, {"do": "adjust", "words": "x" * 501}).status_code == 422
    said = {"do": "adjust", "words": "Questions in writing"}
    assert mine.post(url, said).status_code == 302
    assert Interview.objects.get().adjustments == "Questions in writing"
    desk = f"/registry/{one.register.slug}/applications/{one.number}/"
    assert "Questions in writing" in words(as_(made.the_registrar()).get(desk))


# --- registrars ---------------------------------------------------------------------------------
def test_a_registrar_finds_sorts_and_takes_applications() -> None:
    one = made.sent(name="=Ann O’Brien")
    made.begun(made.a_claimed("draft@work.example"), name="Never Sent")
    desk = as_(made.the_registrar())
    page = words(desk.get(DESK))
    assert "O’Brien" in page
    assert "Never Sent" not in page
    assert "1 application" in words(desk.get(DESK, {"q": one.number}))
    assert "1 application" in words(desk.get(DESK, {"waits": "check", "sort": "name"}))
    assert "Nothing found" in words(desk.get(DESK, {"waits": "pay"}))
    assert "1 application" in words(
        desk.get(DESK, {"sort": "hostile'", "state": "no", "waits": "x"})
    )
    answer = desk.get(f"{DESK}applications.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][0] == one.number
    assert not rows[1][1].startswith("=")


def test_a_registrar_checks_marks_fees_and_is_told_what_is_wrong() -> None:
    one = made.sent()
    desk, fee, actor = as_(made.the_registrar()), one.fees.get(), Actor.of(made.the_registrar())
    url = f"{DESK}{one.number}/"
    assert "not checked yet" in words(desk.get(url))
    assert desk.post(url, {"do": "check"}).status_code == 302
    assert "is not paid" in words(desk.get(url))
    answer = desk.post(url, {"do": f"invoice:{fee.pk}", f"fee{fee.pk}-payer": "Northmoor"})
    assert answer.status_code == 422
    assert 'value="Northmoor"' in words(answer)
    later = timezone.localdate() + timedelta(days=1)
    actions.invoice_fee(actor=actor, fee=fee, reference="INV 1", due_on=later)
    for reader, page, day in (
        (desk, url, f"{later:%-d %B %Y}"),
        (as_(one.submission.technician.account), f"/my/registrations/{one.number}/",  # type: ignore[union-attr, arg-type]
         f"{later:%-d %b %Y}"),
    ):  # fmt: skip
        assert f", to be paid by {day}" in words(reader.get(page))
    answer = desk.post(url, {"do": f"pay:{fee.pk}", f"fee{fee.pk}-on": later.isoformat()})
    assert answer.status_code == 422
    assert "still to come" in words(answer)
    today = timezone.localdate().isoformat()
    assert desk.post(url, {"do": f"pay:{fee.pk}", f"fee{fee.pk}-on": today}).status_code == 302
    fee.refresh_from_db()
    assert fee.state == "paid"
    assert "Nothing of the register keeps it" in words(desk.get(url))
    return_submission(actor=actor, submission=one.submission, words="A date is missing.")
    back = words(desk.get(url))
    assert "It waits for the applicant" in back
    assert "Nothing of the register keeps it" not in back
    for hostile in ("", "check:9", "pay:999999", "hang:1", f"hang:{fee.pk}"):
        assert desk.post(url, {"do": hostile}).status_code == 302


def test_a_registrar_arranges_an_interview_and_moves_it_to_another_body() -> None:
    one = made.sent(register=made.of_engineers(), route="individual")
    made.ready(one, made.the_registrar())
    made.judge(one)
    desk = as_(made.the_registrar())
    url = f"/registry/{one.register.slug}/applications/{one.number}/"
    past = {"do": "arrange", "held_at": "2020-01-01T10:00", "place": "By video"}
    assert desk.post(url, past).status_code == 422
    at = timezone.localtime() + timedelta(days=2)
    assert desk.post(url, past | {"held_at": f"{at:%Y-%m-%dT%H:%M}"}).status_code == 302
    Interview.objects.update(held_at=timezone.now() - timedelta(hours=2))
    assert desk.post(url, {"do": "record", "outcome": "met"}).status_code == 422
    said = {"do": "record", "outcome": "met", "notes": "Good."}
    assert desk.post(url, said).status_code == 302
    assert desk.post(url, {"do": "correct", "name": "Ann", "body": "9999"}).status_code == 422


def test_to_others_there_is_no_desk() -> None:
    one = made.sent()
    for who in (one.submission.technician.account, an_assessor(), made.the_ratifier(one.body)):
        for url in (DESK, f"{DESK}{one.number}/", f"{DESK}applications.csv"):
            assert as_(who).get(url).status_code == 404
    assert as_(made.the_registrar()).get("/registry/no-such/applications/").status_code == 404
    assert a_register().slug in DESK
