"""The pages of a log: quick to write, whole to find, gone when deleted, private throughout."""

import json
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.people.cpd import actions
from benchside.people.models import CpdActivity, CpdEvidence, CpdLog
from tests.factories.cpd import FULL, a_file, a_logger, actor_of, an_activity
from tests.factories.technicians import as_themselves

pytestmark = pytest.mark.django_db
THIS = timezone.localdate().year


@pytest.fixture
def edie() -> Client:
    return as_themselves(a_logger().profile)


def test_an_empty_log_says_what_to_do_first(edie: Client) -> None:
    page = edie.get("/my/cpd/").content.decode()
    assert "Begin with one thing" in page
    assert "/my/cpd/add/" in page


def test_three_fields_are_enough_and_a_day_to_come_is_a_plan(edie: Client) -> None:
    today = timezone.localdate()
    said = {"title": "Changed a pump seal", "category": "work", "begins": today}
    answer = edie.post("/my/cpd/add/", said)
    one = CpdActivity.objects.get()
    assert answer.headers["Location"] == one.get_absolute_url()
    assert one.is_done
    edie.post("/my/cpd/add/", {**said, "begins": today + timedelta(days=3)})
    assert not CpdActivity.objects.latest("pk").is_done


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "This is still empty."),
        ("title", "x" * 151, "150"),
        ("title", "two\nlines", "plain letters"),
        ("category", "", "This is still empty."),
        ("category", "party", "party"),
        ("begins", "31/02/2026", "31/02/2026"),
        ("begins", "0202-03-04", "Check the year"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(
    edie: Client, field: str, value: str, words: str
) -> None:
    said = {"title": "Kept words", "category": "work", "begins": "2026-03-04", field: value}
    answer = edie.post("/my/cpd/add/", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert field == "title" or "Kept words" in page
    assert not CpdActivity.objects.exists()


def test_a_question_has_no_colon_after_its_mark(edie: Client) -> None:
    page = edie.post("/my/cpd/add/", {"title": "", "begins": ""}).content.decode()
    for words in ("What did you do?", "What kind is it?", "When?"):
        assert f"{words}</a> This is still empty." in page
    page = edie.post("/my/cpd/settings/", {"begins": "", "ends": "2026-01-01"}).content.decode()
    assert "First day away:</a> This is still empty." in page


def test_the_rest_is_written_later(edie: Client) -> None:
    one = an_activity(CpdLog.objects.get_or_create(technician=technician())[0].technician)
    said = {
        "title": "Laser safety", "category": "formal", "begins": "2026-03-04",
        "ends": "2026-03-05", "is_done": "yes", "hours": "3.5", "points": "2", "did": "A",
        **FULL,
    }  # fmt: skip
    assert edie.post(one.get_absolute_url(), said).status_code == 302
    one.refresh_from_db()
    assert (str(one.hours), one.ends, one.learned) == ("3.50", date(2026, 3, 5), FULL["learned"])
    wrong = edie.post(one.get_absolute_url(), {**said, "ends": "2026-03-01", "learned": "New"})
    assert wrong.status_code == 422
    assert "Give a day that is not before the first." in wrong.content.decode()
    assert ">\nNew</textarea>" in wrong.content.decode()


def technician():  # type: ignore[no-untyped-def]
    from benchside.people.models import Technician

    return Technician.objects.get()


def test_done_again_each_month_without_what_was_learned(edie: Client) -> None:
    one = an_activity(technician(), **FULL)
    wrong = edie.post(f"{one.get_absolute_url()}again/", {"on": "2026-04-01", "every": "day"})
    assert wrong.status_code == 422
    answer = edie.post(
        f"{one.get_absolute_url()}again/", {"on": "2026-01-31", "every": "month", "times": "3"}
    )
    assert answer.status_code == 302
    made = CpdActivity.objects.exclude(pk=one.pk).order_by("begins")
    assert [str(each.begins) for each in made] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert {each.learned for each in made} == {""}
    too_many = edie.post(
        f"{one.get_absolute_url()}again/", {"on": "2026-01-31", "every": "week", "times": "99"}
    )
    assert too_many.status_code == 422


def test_files_and_links_are_kept_handed_out_and_taken_out(edie: Client) -> None:
    one = an_activity(technician())
    address = one.get_absolute_url()
    bad = edie.post(f"{address}file/", {"file": SimpleUploadedFile("a.exe", b"MZ")})
    assert bad.status_code == 422
    assert b"Programs are not taken in" in bad.content
    edie.post(f"{address}file/", {"file": SimpleUploadedFile("note.txt", b"I was there")})
    file = CpdEvidence.objects.get()
    answer = edie.get(f"{address}evidence/{file.pk}/")
    assert answer.content == b"I was there"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert edie.post(f"{address}link/", {"url": "javascript:alert(1)"}).status_code == 422
    edie.post(f"{address}link/", {"url": "www.benchside.example/page"})
    link = CpdEvidence.objects.exclude(url="").get()
    assert link.url == "https://www.benchside.example/page"
    for piece in (file, link):
        edie.post(f"{address}evidence/{piece.pk}/remove/")
    assert not CpdEvidence.objects.exists()


def test_found_by_year_kind_state_and_words_and_put_in_order(edie: Client) -> None:
    mine = technician()
    for number, (title, kind) in enumerate([("Apple", "work"), ("Pear", "self"), ("Plum", "self")]):
        an_activity(mine, title, date(THIS, 1, 1 + number), category=kind, hours=str(number))
    an_activity(mine, "Older", date(THIS - 1, 3, 1), learned="of a fruit nobody knows")
    an_activity(mine, "Planned", date(THIS, 2, 1), is_done=False)

    def titles(asked: str) -> list[str]:
        page = edie.get(f"/my/cpd/{asked}").content.decode()
        return re.findall(r'class="tap" href="/my/cpd/[0-9a-f-]{36}/">([^<]+)</a>', page)

    assert titles("") == ["Planned", "Plum", "Pear", "Apple"]
    assert titles("?sort=day") == ["Apple", "Pear", "Plum", "Planned"]
    assert titles("?sort=-hours&state=done") == ["Plum", "Pear", "Apple"]
    assert titles("?category=self&sort=title") == ["Pear", "Plum"]
    assert titles("?year=all&q=FRUIT+nobody") == ["Older"]
    assert titles(f"?year={THIS - 1}") == ["Older"]
    assert titles("?state=planned") == ["Planned"]
    for odd in ("?year=9999999", "?year=x", "?sort=pk;--", "?category=%00", "?page=99", "?q=%00"):
        assert edie.get(f"/my/cpd/{odd}").status_code == 200
    assert "Nothing found" in edie.get("/my/cpd/?q=zzzz").content.decode()


@pytest.mark.parametrize("address", ["/my/cpd/?year=all", "/my/cpd/log.csv", "/my/cpd/log.json"])
def test_as_many_queries_for_a_long_log_as_for_a_short_one(edie: Client, address: str) -> None:
    mine = technician()
    counts = []
    for upto in (2, 24):
        for number in range(upto):
            an_activity(mine, f"{upto} {number}")
        edie.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert edie.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 14


def test_taken_out_as_json_csv_and_tagged_pdf(edie: Client) -> None:
    one = an_activity(technician(), "Łaser *#$ safety", date(THIS, 1, 2), **FULL)
    a_file(one)
    an_activity(technician(), "Of last year", date(THIS - 1, 1, 2))
    said = json.loads(edie.get("/my/cpd/log.json").content)["activities"]
    assert [each["title"] for each in said] == ["Łaser *#$ safety"]
    assert said[0]["evidence"][0]["name"] == "note.txt"
    assert "Of last year" in edie.get("/my/cpd/log.csv?year=all").content.decode()
    made = edie.get("/my/cpd/log.pdf")
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")
    assert b"pdfuaid" in made.content


def test_a_plan_that_came_true(edie: Client) -> None:
    today = timezone.localdate()
    one = an_activity(technician(), on=today + timedelta(days=5), is_done=False)
    edie.post(f"{one.get_absolute_url()}done/")
    one.refresh_from_db()
    assert (one.is_done, one.begins, one.ends) == (True, today, today)


def test_reminders_breaks_and_shares_are_in_their_owners_hand(edie: Client) -> None:
    mine = technician()
    edie.post("/my/cpd/settings/remind/", {"remind": "no"})
    assert not CpdLog.objects.get().reminds
    days = {"begins": "2026-02-01", "ends": "2026-01-01"}
    assert edie.post("/my/cpd/settings/", days).status_code == 422
    edie.post("/my/cpd/settings/", {**days, "ends": "2026-06-01"})
    away = mine.cpd_breaks.get()
    edie.post(f"/my/cpd/settings/breaks/{away.pk}/")
    assert not mine.cpd_breaks.exists()
    share = actions.share_year(
        actor=actor_of(mine), technician=mine, begins=date(2026, 1, 1), ends=date(2026, 12, 31),
        with_whom="Made-Up Institute", until=timezone.localdate(),
    )  # fmt: skip
    assert b"Made-Up Institute" in edie.get("/my/cpd/shares/").content
    edie.post(f"/my/cpd/shares/{share.key}/revoke/")
    share.refresh_from_db()
    assert not share.is_open


def test_a_stranger_finds_nothing_by_guessing(edie: Client) -> None:
    mine = technician()
    one = an_activity(mine)
    file = a_file(one)
    share = actions.share_year(
        actor=actor_of(mine), technician=mine, begins=date(2026, 1, 1), ends=date(2026, 12, 31),
        with_whom="Made-Up Institute", until=timezone.localdate(),
    )  # fmt: skip
    away = actions.take_break(
        actor=actor_of(mine), technician=mine, begins=date(2026, 1, 1), ends=date(2026, 1, 1)
    )
    stranger = as_themselves(a_logger("olu").profile)
    address = one.get_absolute_url()
    gets = [address, f"{address}delete/", f"{address}evidence/{file.pk}/", f"/my/cpd/{uuid4()}/"]
    posts = [
        address, f"{address}delete/", f"{address}file/", f"{address}link/", f"{address}again/",
        f"{address}done/", f"{address}evidence/{file.pk}/remove/",
        f"/my/cpd/shares/{share.key}/revoke/", f"/my/cpd/settings/breaks/{away.pk}/",
    ]  # fmt: skip
    assert {stranger.get(each).status_code for each in gets} == {404}
    assert {stranger.post(each).status_code for each in posts} == {404}
    assert b"Laser safety" not in stranger.get("/my/cpd/?year=all").content
    assert b"Laser safety" not in stranger.get("/my/cpd/log.csv?year=all").content
    assert CpdActivity.objects.get() == one


def test_deleting_is_asked_once_more(edie: Client) -> None:
    one = an_activity(technician())
    assert b"goes for good" in edie.get(f"{one.get_absolute_url()}delete/").content
    edie.post(f"{one.get_absolute_url()}delete/")
    assert not CpdActivity.objects.exists()
