"""Pages of marks: for everybody, for a school, for those who run one."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import move_award
from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Organisation
from benchside.recognition.marks.actions import plan_follow_up, set_targets
from benchside.recognition.marks.registrations import things_to_do
from benchside.recognition.models import Application, Mark
from tests import services
from tests.factories import marks as made
from tests.factories.organisations import a_member, sitting
from tests.factories.people import administrator, sign_in

pytestmark = pytest.mark.django_db
MARK = "/marks/technician-support-mark/"
INSIDE = "/org/north-high/recognition/marks/"


@pytest.fixture
def school(db: None) -> Organisation:
    made.a_mark()
    return made.a_school(town="Northmoor")


@pytest.fixture
def head(school: Organisation) -> User:
    return made.a_head(school)


def held(slug: str = "north-high") -> Award:
    return made.a_holder(slug, since=timezone.localdate())


def lapse(award: Award) -> None:
    move_award(actor=SYSTEM, award=award, verb="withdraw", reason="It is no longer met")


# --- for everybody ------------------------------------------------------------------------------
def test_the_register_is_looked_up_and_tells_only_of_those_who_hold_it(
    client: Client, school: Organisation
) -> None:
    award, gone = held(), held("south-high")
    lapse(gone)
    page = client.get(MARK)
    text = page.content.decode()
    assert not page.cookies
    assert "North High" in text
    assert "South High" not in text
    assert "Does every technician have a job description" in text
    assert award.number in client.get(f"{MARK}?q=northmoor").content.decode()
    assert "Nobody found" in client.get(f"{MARK}?q=nowhere&level=%00&page=x").content.decode()


def test_a_register_of_many_asks_no_more_than_one_of_one(
    client: Client, school: Organisation
) -> None:
    held()

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(MARK).status_code == 200
        return len(found)

    asked()
    one = asked()
    for number in range(9):
        held(f"school-{number}")
    assert asked() == one <= 15


def test_an_award_says_yes_or_no_and_what_its_state_means(
    client: Client, school: Organisation
) -> None:
    award = held()
    address = f"{MARK}{award.number}/"
    assert "Yes: it holds" in client.get(address).content.decode()
    assert client.get(f"{address}banner.svg")["Content-Type"] == "image/svg+xml"
    lapse(award)
    text = client.get(address).content.decode()
    assert "No: it does not hold" in text
    assert "The mark was taken away" in text
    assert client.get(f"{address}banner.svg").status_code == 404
    assert client.get(f"{MARK}TSM-999999/").status_code == 404
    assert client.get("/marks/another/").status_code == 404


def test_a_name_cannot_break_out_of_the_banner(client: Client, school: Organisation) -> None:
    Organisation.objects.update(name="<script>alert(1)</script>&")
    text = client.get(f"{MARK}{held().number}/banner.svg").content.decode()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


# --- for the school -----------------------------------------------------------------------------
def test_a_head_begins_gives_the_number_and_goes_on(
    client: Client, school: Organisation, head: User
) -> None:
    sign_in(client, head)
    begin = f"{INSIDE}technician-support-mark/begin/"
    assert "14 questions" in client.get(begin).content.decode()
    assert client.post(begin, {"level": "platinum"}).status_code == 422
    answer = client.post(begin, {"level": "standard"})
    one = Application.objects.get()
    assert answer["Location"] == f"/forms/{one.submission.key}/"
    assert client.post(f"{INSIDE}order/{one.pk}/", {"number": " "}).status_code == 422
    long = client.post(f"{INSIDE}order/{one.pk}/", {"number": "9" * 61})
    assert "9" * 61 in long.content.decode()
    client.post(f"{INSIDE}order/{one.pk}/", {"number": "PO 77"})
    one.refresh_from_db()
    assert one.order_number == "PO 77"
    page = client.get(answer["Location"]).content.decode()
    assert f'href="/org/{school.slug}/recognition/" aria-current="page"' in page
    again = client.post(begin, {"level": "standard"})
    assert "under way already" in again.content.decode()


def test_another_schools_numbers_open_nothing(
    client: Client, school: Organisation, head: User
) -> None:
    one = made.an_application(school, head)
    award = held()
    other = made.a_school("south-high")
    sign_in(client, made.a_head(other))
    there = "/org/south-high/recognition/marks/"
    assert client.post(f"{there}order/{one.pk}/", {"number": "x"}).status_code == 404
    assert client.get(f"{there}hours/{one.submission.key}/").status_code == 404
    assert client.get(f"{there}{award.number}/certificate.pdf").status_code == 404
    assert client.get(INSIDE).status_code == 404


def test_a_technician_reads_why_they_do_not_answer(client: Client, school: Organisation) -> None:
    manager = a_member(school, MemberRole.MANAGER)
    made.employ(manager, school)
    sign_in(client, manager)
    begin = f"{INSIDE}technician-support-mark/begin/"
    assert "For those who lead" in client.get(INSIDE).content.decode()
    assert "For those who lead" in client.get(begin).content.decode()
    refused = client.post(begin, {"level": "standard"})
    assert refused.status_code == 422
    assert not Application.objects.exists()


def test_the_hours_sheet_keeps_what_was_typed_and_works_it_out(
    client: Client, school: Organisation, head: User
) -> None:
    one = made.an_application(school, head)
    sign_in(client, head)
    address = f"{INSIDE}hours/{one.submission.key}/"
    half = {"taught": "60", "science_people": "2", "science_hours": "many"}
    wrong = client.post(address, half)
    assert wrong.status_code == 422
    assert 'value="many"' in wrong.content.decode()
    missing = client.post(address, {"taught": "60", "science_hours": "39"}).content.decode()
    assert "Fill in the whole row" in missing
    good = {"taught": "60", "science_people": "2", "science_hours": "39", "science_weeks": "39"}
    assert client.post(address, good).status_code == 302
    assert "0.65" in client.get(address).content.decode()


def test_targets_of_one_not_met_and_the_way_to_try_again(
    client: Client, school: Organisation, head: User
) -> None:
    one = made.a_declined(school, head, kit="Write down the dates.")
    set_targets(application=one)
    text = sign_in(client, head).get(INSIDE).content.decode()
    assert "Write down the dates." in text
    assert "it is free" in text
    assert f"/forms/{one.submission.key}/outcome/" in text  # why, and how to appeal


def said(tool: str, pdf: bytes, folder: Path, *after: str) -> str:
    """What a program of poppler-utils tells of it."""
    services.need("pdfinfo and pdftotext (apt-get install poppler-utils)", shutil.which(tool))
    file = folder / "one.pdf"
    file.write_bytes(pdf)
    run = subprocess.run([tool, file, *after], capture_output=True, check=True, text=True)
    return " ".join(run.stdout.split())


def test_certificate_and_banner_are_for_holders_only(
    client: Client, school: Organisation, head: User, tmp_path: Path
) -> None:
    award = held()
    sign_in(client, head)
    address = f"{INSIDE}{award.number}/certificate.pdf"
    paper = client.get(address).content
    told = said("pdfinfo", paper, tmp_path)
    assert "Title: Technician support mark: North High" in told
    assert "Tagged: yes" in told
    assert "Pages: 1" in told
    assert re.search(rb"/Lang\s*\(en-GB\)", paper)
    words = said("pdftotext", paper, tmp_path, "-")
    assert "North High" in words
    assert award.number in words
    assert "&lt;img" in client.get(INSIDE).content.decode()
    lapse(award)
    assert client.get(address).status_code == 404
    assert "&lt;img" not in client.get(INSIDE).content.decode()


# --- for those who run it -----------------------------------------------------------------------
def test_an_officer_sees_all_names_an_adviser_and_takes_the_list_away(
    client: Client, school: Organisation, head: User
) -> None:
    one = made.an_application(school, head)
    adviser = made.an_assessor("assessor-one")
    sign_in(client, administrator())
    assert "North High" in client.get("/assess/marks/?waits=order").content.decode()
    assert "Nothing found" in client.get("/assess/marks/?state=approved").content.decode()
    address = f"/assess/marks/applications/{one.pk}/"
    assert client.post(address, {"do": "adviser", "adviser": head.pk}).status_code == 422
    assert client.post(address, {"do": "adviser", "adviser": adviser.pk}).status_code == 302
    assert client.post(address, {"do": "order", "number": "=PO"}).status_code == 302
    assert "'=PO" in client.get("/assess/marks/applications.csv").content.decode()
    assert adviser.email in sign_in(client, head).get(INSIDE).content.decode()


def test_an_adviser_follows_up_their_own_schools_only(
    client: Client, school: Organisation, head: User
) -> None:
    one = made.an_application(school, head)
    adviser = made.an_assessor("assessor-one")
    award, other = made.a_holder(since=date(2025, 9, 1)), held("south-high")
    Award.objects.filter(pk=award.pk).update(submission=one.submission)
    Application.objects.filter(pk=one.pk).update(adviser=adviser)
    mine, theirs = plan_follow_up(award=award), plan_follow_up(award=other)
    sign_in(client, adviser)
    listed = client.get("/assess/marks/follow-ups/").content.decode()
    assert "North High" in listed
    assert "South High" not in listed
    assert client.get(f"/assess/marks/follow-ups/{theirs.pk}/").status_code == 404
    address = f"/assess/marks/follow-ups/{mine.pk}/"
    empty = client.post(address, {"words": "", "done_on": "2026-09-01"})
    assert empty.status_code == 422
    assert client.post(address, {"words": "Well.", "done_on": "2026-09-01"}).status_code == 302
    sign_in(client, made.an_assessor("assessor-two"))
    assert client.get("/assess/marks/follow-ups/").status_code == 404


def test_name_and_price_are_changed_by_those_who_run_it(
    client: Client, school: Organisation, head: User
) -> None:
    address = "/assess/marks/of/technician-support-mark/"
    assert sign_in(client, head).get(address).status_code == 404
    sign_in(client, administrator())
    wrong = client.post(address, {"name": "", "price": "£100"})
    assert wrong.status_code == 422
    assert "£100" in wrong.content.decode()
    client.post(address, {"name": "The mark", "price": "£100", "is_open": "on"})
    assert Mark.objects.get().price == "£100"


def test_what_waits_for_a_school_is_told_to_those_who_can_do_it(
    school: Organisation, head: User
) -> None:
    assert things_to_do(sitting(school.pk, head)) == []
    one = made.an_application(school, head)
    assert [todo.do for todo in things_to_do(sitting(school.pk, head))] == ["Go on"]
    editor = a_member(school, MemberRole.EDITOR)
    assert things_to_do(sitting(school.pk, editor)) == []
    made.write(one, head)
    made.send(one, head)
    assert things_to_do(sitting(school.pk, head)) == []


def test_the_sitemap_names_holders_and_not_those_who_lapsed(
    client: Client, school: Organisation
) -> None:
    award, gone = held(), held("south-high")
    lapse(gone)
    text = client.get("/sitemap.xml").content.decode()
    assert f"{MARK}{award.number}/" in text
    assert gone.number not in text
