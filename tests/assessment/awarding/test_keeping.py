"""The keepers' desk, and what anybody may say against an award."""

from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.awarding import clock, queries
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Award, Challenge, Duty, StandardVersion
from benchside.core.models.mail import OutgoingMail
from benchside.core.open_forms import make_token
from tests.assessment.awarding.conftest import an_award
from tests.factories.people import person, sign_in

pytestmark = pytest.mark.django_db
ONE = "/assess/awards/of/TB-000001/"


@pytest.fixture
def keeper(bench: StandardVersion) -> User:
    user = person("keeper@benchside.example")
    for kind in (DutyKind.KEEP, DutyKind.RATIFY):
        Duty.objects.create(user=user, standard=bench.key, kind=kind)
    return user


def test_it_is_nobody_elses_business(client: Client, bench: StandardVersion) -> None:
    an_award(bench)
    other = person("other@benchside.example")
    Duty.objects.create(user=other, standard="another", kind=DutyKind.KEEP)
    Duty.objects.create(user=other, standard=bench.key, kind=DutyKind.ASSIGN)
    sign_in(client, other)
    for path in ("/assess/awards/", "/assess/awards/awards.csv", ONE, "/assess/awards/challenges/"):
        assert client.get(path).status_code == 404
    assert client.post(ONE, {"verb": "come-due"}).status_code == 404


def test_a_list_of_many_asks_no_more_than_a_list_of_one(
    client: Client, keeper: User, bench: StandardVersion
) -> None:
    sign_in(client, keeper)
    an_award(bench)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/assess/awards/").status_code == 200
        return len(found)

    asked()  # what is kept from the first time on
    one = asked()
    for number in range(12):
        an_award(bench, f"school-{number}")
    assert asked() == one


def test_the_list_is_narrowed_sorted_and_taken_away(
    client: Client, keeper: User, bench: StandardVersion
) -> None:
    an_award(bench, "northmoor")
    an_award(bench, "=evil", since=date(2020, 1, 1))
    sign_in(client, keeper)
    page = client.get("/assess/awards/?q=north").content.decode()
    assert "TB-000001" in page
    assert "TB-000002" not in page
    assert "TB-000001" not in client.get("/assess/awards/?state=lapsed").content.decode()
    text = client.get("/assess/awards/?sort=-number&state=nonsense&q=\0").content.decode()
    assert text.index("TB-000002") < text.index("TB-000001")
    assert "'=Evil" in client.get("/assess/awards/awards.csv").content.decode()


def test_an_award_is_moved_with_a_reason_or_what_was_typed_stays(
    client: Client, keeper: User, bench: StandardVersion
) -> None:
    award = an_award(bench)
    sign_in(client, keeper)
    wrong = client.post(ONE, {"verb": "withdraw", "effective_on": "2026-04-01"})
    assert wrong.status_code == 422
    assert 'value="2026-04-01"' in wrong.content.decode()
    untrue = {"verb": "withdraw", "reason": "Untrue"}
    early = client.post(ONE, untrue | {"effective_on": "2026-02-01"})
    assert "took effect on 1 March 2026" in early.content.decode()
    future = client.post(ONE, untrue | {"effective_on": "2199-02-01"})
    assert "still to come" in future.content.decode()
    assert client.post(ONE, {"verb": "fly"}).status_code == 302
    assert client.post(ONE, {"verb": "come-due"}).status_code == 302, "that is for the clock alone"
    done = client.post(ONE, untrue | {"effective_on": "2026-04-01"})
    assert done.status_code == 302
    award.refresh_from_db()
    assert award.state == "withdrawn"
    assert award.events.last().actor == keeper.person_id
    assert "The chain holds" in client.get(ONE).content.decode()


def test_a_broken_chain_is_said(client: Client, keeper: User, bench: StandardVersion) -> None:
    an_award(bench)
    Award.objects.update(state="lapsed")
    assert "does not hold" in sign_in(client, keeper).get(ONE).content.decode()


# --- challenges ---------------------------------------------------------------------------------
def say(client: Client, **fields: str) -> HttpResponse:
    data = {"token": make_token("assessment.challenge"), "text": "They have none.", **fields}
    return client.post("/awards/TB-000001/challenge/", data, HTTP_ORIGIN="http://testserver")


def test_anybody_says_it_without_a_cookie_and_gets_an_answer(
    client: Client, keeper: User, bench: StandardVersion
) -> None:
    an_award(bench)
    page = client.get("/awards/TB-000001/challenge/")
    assert page.status_code == 200
    assert not page.cookies
    answer = say(client, reply_to="parent@example.org")
    assert (answer.status_code, answer["Location"]) == (302, reverse("assessment:challenge_sent"))
    assert not answer.cookies
    made = Challenge.objects.get()
    told = OutgoingMail.objects.get(name="assessment/award_challenged")
    assert told.to == [keeper.email]
    assert "They have none" not in told.text
    sign_in(client, keeper)
    assert "They have none." in client.get(f"/assess/awards/challenges/{made.pk}/").content.decode()
    assert client.post(f"/assess/awards/challenges/{made.pk}/", {"answer": " "}).status_code == 422
    client.post(f"/assess/awards/challenges/{made.pk}/", {"answer": "We asked: they have."})
    letter = OutgoingMail.objects.get(name="assessment/challenge_answered")
    assert letter.to == ["parent@example.org"]
    assert "We asked: they have." in letter.text
    again = client.post(f"/assess/awards/challenges/{made.pk}/", {"answer": "No."})
    assert "answered already" in again.content.decode()


def test_what_is_wrong_with_it_is_said_and_nothing_is_lost(
    client: Client, bench: StandardVersion
) -> None:
    an_award(bench)
    for fields in ({"reply_to": "no address"}, {"token": "forged"}, {"text": "x" * 4001}):
        answer = say(client, **fields)
        assert answer.status_code == 422
        assert (fields.get("text") or "They have none.") in answer.content.decode()
    elsewhere = client.post(
        "/awards/TB-000001/challenge/",
        {"token": make_token("assessment.challenge"), "text": "x"},
        HTTP_ORIGIN="https://elsewhere.example",
    )
    assert elsewhere.status_code == 422
    assert say(client, website="robot").status_code == 302
    assert not Challenge.objects.exists()
    assert client.get("/awards/TB-999999/challenge/").status_code == 404


# --- the register -------------------------------------------------------------------------------
def test_holders_of_today_and_of_a_day_gone(bench: StandardVersion) -> None:
    old, new = an_award(bench, since=date(2020, 1, 1)), an_award(bench, "southmoor")
    clock.walk(old, date(2026, 6, 1))
    keys = [bench.key]
    assert list(queries.holders(keys)) == [new]
    assert list(queries.holders(keys, on=date(2021, 1, 1))) == [old]
    assert list(queries.holders(keys, on=date(2019, 1, 1))) == []
    assert set(queries.public_awards(keys)) == {old, new}
    assert list(queries.holders(keys, words="SOUTH moor")) == [new]
    assert list(queries.holders(["another"])) == []
