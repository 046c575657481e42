"""Pages, API and bulk check: what is published is there, and nothing else leaves by any door."""

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM
from benchside.recognition.entries import actions, notices
from benchside.recognition.entries.notices import Notice, NoticeSource
from benchside.recognition.models import Entry, FormerName
from tests.factories.registers import a_register, an_entry

pytestmark = pytest.mark.django_db
HERE = "/registers/registered-technician/"
API = "/api/v1/registers"
FIND = "/registers/find/"


def text(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status, address
    assert not page.cookies
    return page.content.decode()


def move(entry: Entry, verb: str, reason: str = "") -> None:
    move_award(actor=SYSTEM, award=entry.award, verb=verb, reason=reason)


def post(client: Client, address: str, **data: Any) -> Any:
    """As a browser sends an open form."""
    token = re.search(r'name="token" value="([^"]+)"', client.get(address).content.decode())
    assert token is not None
    sent = {"token": token[1], **data}
    return client.post(address, sent, headers={"Origin": "http://testserver"})


@pytest.fixture(autouse=True)
def no_limits_yet() -> None:
    cache.clear()


@pytest.fixture
def entry(db: None) -> Entry:
    return an_entry("Siobhán O’Brien", since=date(2026, 3, 2), area="Northmoor", employer="Lab Ltd")


def test_an_entry_says_what_the_body_decided_and_not_what_the_person_did_not(
    client: Client, entry: Entry
) -> None:
    page = text(client, f"{HERE}RT-000001/")
    for said in ("Siobhán O’Brien RTMade", "Yes: this person is registered now", "2 March 2026"):
        assert said in page
    assert "Made Up Institute" in page
    assert "Northmoor" not in page
    assert "Lab Ltd" not in page
    Entry.objects.update(shows_area=True, shows_employer=True)
    assert "Lab Ltd" in text(client, f"{HERE}RT-000001/")
    assert "Northmoor" in text(client, f"{HERE}?q=obrien")
    said = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])  # type: ignore[index]
    assert said["mainEntity"]["name"] == "Siobhán O’Brien"
    assert said["mainEntity"]["honorificSuffix"] == "RTMade"
    assert "worksFor" not in said["mainEntity"]


def test_who_lapsed_has_no_letters(client: Client, entry: Entry) -> None:
    move(entry, "resign")
    page = text(client, f"{HERE}RT-000001/")
    assert "No: this person is not registered now" in page
    assert "O’Brien RTMade" not in page
    assert "hasCredential" not in page
    assert client.get(f"{API}/registered-technician/entries/RT-000001").json()["letters"] == ""
    assert "RT-000001" not in text(client, "/sitemap.xml")


@pytest.mark.parametrize(
    "address",
    [HERE, f"{HERE}?q=obr&page=x", f"{HERE}?q=%00", f"{FIND}?q=obrien&register=nothing",
     f"{FIND}?q=RTMade", f"{HERE}?q={'a' * 300}", f"{HERE}statuses/", FIND],
)  # fmt: skip
def test_every_page_answers(client: Client, entry: Entry, address: str) -> None:
    assert "<h1" in text(client, address)


def test_what_is_not_there_is_not_there(client: Client, entry: Entry) -> None:
    for address in (
        "/registers/nothing/",
        f"{HERE}RT-000002/",
        f"{HERE}%00/",
        f"{HERE}x/statement/",
    ):
        text(client, address, 404)


def test_a_look_up_of_many_asks_no_more_than_one_of_one(client: Client, entry: Entry) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"{HERE}?q=obrien").status_code == 200
        return len(found)

    asked()
    one = asked()
    for _ in range(9):
        an_entry("Ann O'Brien")
    assert asked() == one <= 8
    with CaptureQueriesContext(connection) as found:
        client.get(f"{HERE}RT-000001/")
    assert len(found) <= 8


def test_notices_are_shown_for_their_time(client: Client, entry: Entry) -> None:
    today = timezone.localdate()
    said = [
        Notice(title="Warning", words="For a year.", since=date(2026, 1, 1)),
        Notice(title="Old", words="Long ago.", since=date(2020, 1, 1), until=date(2021, 1, 1)),
        Notice(title="Last day", words="Still.", since=date(2020, 1, 1), until=today),
    ]
    with notices.notices.opened():
        notices.notices.register(NoticeSource(key="made", of=lambda one: said))
        page = text(client, f"{HERE}RT-000001/")
    assert "For a year." in page
    assert "Still." in page
    assert "Long ago." not in page


# What only repeats the question.
QUESTION = re.compile(r'value="[^"]*"|“[^”]*”|<title>.*?</title>|[?&]q=[^"&\s]*')


# --- nothing leaks ------------------------------------------------------------------------------
def ways_out(client: Client, entry: Entry, name: str) -> str:
    """All that anybody outside can be told of an entry, on every way out there is."""
    number = entry.award.number
    word = name.split()[0]
    said = []
    for address in (
        f"{HERE}{number}/", f"{HERE}{number}/statement/", f"{HERE}?q={word}", f"{HERE}?q={name}",
        f"{HERE}?q={number}", f"{FIND}?q={word}", f"{FIND}?q={number}", f"{HERE}statuses/", HERE,
        f"{API}/registered-technician/entries/{number}", f"{API}/find?q={word}",
        f"{API}/registered-technician/entries?q={name}", f"{API}/find?q={number}", API,
        "/sitemap.xml", "/registers/sitemap.xml", "/registers/sitemap-1.xml", "/registers/",
        f"/awards/{number}/challenge/", f"/search/?q={word}",
        f"/api/v1/technicians?q={word}", f"/technicians/?q={word}",
    ):  # fmt: skip
        page = client.get(address).content.decode()
        said.append(QUESTION.sub("", page))
    for kind in ("page", "csv"):
        answer = post(client, "/registers/check/", people=f"{number}\n{name}", **{"as": kind})
        said += [answer.content.decode()]
    return "\n".join(said)


def test_a_hidden_entry_is_found_by_no_way(client: Client, entry: Entry) -> None:
    shown = ways_out(client, entry, "Siobhán")
    assert shown.count("RT-000001") > 10  # the test looks in the right places
    post(client, f"{HERE}RT-000001/statement/")
    statement = entry.statements.get()
    FormerName.objects.create(entry=entry, name="Siobhán Murphy", is_shown=True)
    actions.hide_entry(actor=SYSTEM, entry=entry, basis="Police report 7")
    page = text(client, f"/registers/statement/{statement.key}/check/")
    assert "no published entry today" in page
    every = page + ways_out(client, entry, "Siobhán O’Brien")
    for trace in ("Police", "Murphy", "Northmoor", "Lab Ltd", "RTMade</a>", "made-up-institute"):
        assert trace not in every, trace
    body = re.sub(r"(?s)<textarea.*?</textarea>|<th scope=\"row\".*?</th>", "", every)
    assert "Siobh" not in re.sub(r"(?m)^\d+,.*$", "", body)
    assert "Registered now" not in every
    # the same answer, letter for letter, as for a number that was never given
    for address in (
        f"{HERE}%s/",
        f"{API}/registered-technician/entries/%s",
        f"{HERE}%s/statement/",
    ):
        hidden, never = (client.get(address % one) for one in ("RT-000001", "RT-777777"))
        strip = re.compile(rb"RT-\d+|request-id[^>]*|[0-9a-f]{8}-[0-9a-f-]{27}")
        assert strip.sub(b"", hidden.content) == strip.sub(b"", never.content)
        assert hidden.status_code == never.status_code == 404


@pytest.mark.parametrize(
    ("verb", "reason"),
    [
        ("suspend-for-health", "Health"),
        ("suspend-meanwhile", "The public must be protected meanwhile"),
    ],
)
def test_health_and_what_is_not_proved_are_never_named(
    client: Client, entry: Entry, verb: str, reason: str
) -> None:
    move(entry, verb, reason)
    every = ways_out(client, entry, "Siobhán O’Brien")
    pdf = post(client, f"{HERE}RT-000001/statement/")
    assert pdf["Content-Type"] == "application/pdf"
    assert "Suspended" in every
    for trace in ("health", "interim", "looked into", "Nothing is proved", "protected meanwhile"):
        assert trace.casefold() not in every.casefold(), trace


def test_a_change_beneath_what_is_shown_does_not_show(client: Client, entry: Entry) -> None:
    award = entry.award
    move_award(
        actor=SYSTEM, award=award, verb="suspend-meanwhile", effective_on=date(2026, 5, 1),
        reason="The public must be protected meanwhile",
    )  # fmt: skip
    before = text(client, f"{HERE}RT-000001/")
    move_award(
        actor=SYSTEM, award=award, verb="suspend-for-health", effective_on=date(2026, 6, 1),
        reason="Health",
    )  # fmt: skip
    after = text(client, f"{HERE}RT-000001/")
    time = re.compile(r"\d\d:\d\d:\d\d")
    assert time.sub("", before) == time.sub("", after)
    assert "1 May 2026" in after


def test_who_died_is_not_shown(client: Client, entry: Entry) -> None:
    move(entry, "record-death")
    text(client, f"{HERE}RT-000001/", 404)


# --- many at once -------------------------------------------------------------------------------
def answers(client: Client, people: str) -> list[dict[str, str]]:
    answer = post(client, "/registers/check/", people=people, **{"as": "csv"})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_rows_are_answered_one_by_one(client: Client, entry: Entry) -> None:
    an_entry("Ann Smith")
    an_entry("Ann Smith")
    gone = an_entry("Bob Gone")
    move(gone, "retire")
    rows = answers(
        client,
        "Surname;Reg No;Forename\nO'Brien;rt 000001;\n;RT-000001;Ann\nSmith;;Ann\n"
        "Gone;;Bob\nNobody;;Nell\n;RT-999999;\n=HYPERLINK(1);;",
    )
    assert [one["Answer"] for one in rows] == [
        "Registered now", "Number and name do not fit", "Several people of this name",
        "Not registered now", "No published entry", "No published entry", "No published entry",
    ]  # fmt: skip
    assert rows[0]["Name"] == "Siobhán O’Brien"
    assert rows[1]["Name"] == ""
    assert rows[6]["Name given"] == "'=HYPERLINK(1)"
    page = post(client, "/registers/check/", people="RT-000001").content.decode()
    assert "Registered now" in page
    assert "&quot;RT-000001&quot;" in page  # kept for the spreadsheet


def test_a_number_is_found_as_the_look_up_finds_it(client: Client, entry: Entry) -> None:
    rows = answers(
        client, "1,Siobhán O'Brien\n000001,\nrt 000001,\nRT-999999,Siobhán O'Brien\n77,\n77,Nell\n"
    )
    now = "Registered now"
    none = "No published entry"
    assert [one["Answer"] for one in rows] == [now, now, now, now, none, none]
    assert [one["Name"] for one in rows[:4]] == ["Siobhán O’Brien"] * 4
    page = post(client, "/registers/check/", people="RT-999999,Siobhán O'Brien").content.decode()
    assert "The number you gave is not found. This is by the name alone" in page
    page = post(client, "/registers/check/", people="RT-999999").content.decode()
    assert "ask them for their number" not in page
    assert "Check the number, letters and all" in page


@pytest.mark.parametrize("typed", ["RT-000001 Siobhán O'Brien", "O'Brien 1", "RTMade 000001"])
def test_a_number_with_a_name_beside_it_is_looked_up(
    client: Client, entry: Entry, typed: str
) -> None:
    assert "RT-000001" in QUESTION.sub("", client.get(FIND, {"q": typed}).content.decode())


def test_a_list_of_any_size_asks_as_little(client: Client, entry: Entry) -> None:
    def asked(rows: int) -> int:
        with CaptureQueriesContext(connection) as found:
            assert len(answers(client, "RT-000001\n" + "Ann Nobody\n" * rows)) == rows + 1
        return len(found)

    asked(1)
    assert asked(1) == asked(300)


def test_what_cannot_be_read_is_said_and_kept(client: Client, entry: Entry) -> None:
    empty = post(client, "/registers/check/", people=" \n;;\n")
    assert empty.status_code == 422
    assert "There is nobody in it" in empty.content.decode()
    many = post(client, "/registers/check/", people="x\n" * 5_001)
    assert "5,001 rows" in many.content.decode()
    for data in (b"\x00\x01\xff\xfe\x00", b"a" * 2_000_001, b'"' * 50):
        file = io.BytesIO(data)
        file.name = "x.csv"
        assert post(client, "/registers/check/", file=file).status_code in {200, 422}
    stray = client.post("/registers/check/", {"people": "x"})
    assert stray.status_code == 422


def test_too_many_checks_are_slowed(client: Client, entry: Entry) -> None:
    status = [post(client, "/registers/check/", people="x").status_code for _ in range(21)]
    assert status[:20] == [200] * 20
    assert status[20] == 429


# --- the API ------------------------------------------------------------------------------------
def test_the_api_says_what_the_page_says(client: Client, entry: Entry) -> None:
    one = client.get(f"{API}/registered-technician/entries/RT-000001").json()
    assert (one["name"], one["letters"], one["status"]["key"]) == (
        "Siobhán O’Brien", "RTMade", "registered",
    )  # fmt: skip
    assert one["period_until"] == "2027-03-01" or one["period_until"].startswith("2027-03")
    found = client.get(f"{API}/find?q=obrien").json()
    assert [each["number"] for each in found["items"]] == ["RT-000001"]
    assert client.get(f"{API}/find").status_code == 422
    assert client.get(f"{API}/nothing/entries?q=x").status_code == 404
    assert [each["slug"] for each in client.get(API).json()] == [a_register().slug]
