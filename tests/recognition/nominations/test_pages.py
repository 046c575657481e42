"""The pages: nominating, answering, running a round."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from benchside.accounts.models import User
from benchside.core.models import OutgoingMail
from benchside.recognition.models import Nomination, NominationRound
from tests.factories.nominations import a_round, agreed, an_officer, nominated
from tests.factories.people import person
from tests.factories.registers import an_applicant

pytestmark = pytest.mark.django_db
FORM = {
    "category": "research",
    "name": "Nora Made-Up",
    "email": "nora@work.example",
    "why": "She mends what others bin.",
}


@pytest.fixture
def round_() -> NominationRound:
    return a_round()


@pytest.fixture
def lena(client: Client) -> User:
    user = person("lena@work.example", name="Lena Made-Up")
    client.force_login(user)
    return user


def token() -> str:
    letter = OutgoingMail.objects.filter(name="recognition/nominated").latest("pk")
    return letter.text.split("/nominations/yes/")[1].split("/")[0]


def test_nominated_agreed_and_ready_to_write(
    round_: NominationRound, client: Client, lena: User
) -> None:
    wrong = client.post(f"/nominations/{round_.slug}/nominate/", FORM | {"email": "nora"})
    assert wrong.status_code == 422
    assert "She mends what others bin." in wrong.content.decode()
    assert client.post(f"/nominations/{round_.slug}/nominate/", FORM)["Location"] == (
        "/my/nominations/"
    )
    page, visitor = f"/nominations/yes/{token()}/", Client()
    asked = visitor.get(page).content.decode()
    assert "She mends what others bin." in asked
    assert "Sign in to say yes" in asked
    assert visitor.post(page, {"name": "Nora", "yes": "1"}).status_code == 422
    assert not Nomination.objects.exclude(state="asked").exists()
    nora = an_applicant("nora@work.example")
    visitor.force_login(nora.account)
    assert visitor.post(page, {"name": "Nora M.", "yes": "1"}).status_code == 302
    one = Nomination.objects.get()
    assert (one.state, one.name) == ("agreed", "Nora M.")
    assert one.submission is not None
    assert f"/forms/{one.submission.key}/" in client.get("/my/nominations/").content.decode()
    assert client.get(f"/forms/{one.submission.key}/").status_code == 200


def test_the_form_knows_who_is_signed_in_and_the_round_asks_nobody(
    round_: NominationRound, client: Client, lena: User
) -> None:
    form = client.get(f"/nominations/{round_.slug}/nominate/").content.decode()
    assert ">Your space<" in form
    assert "keep one cookie" in form
    page = client.get(f"/nominations/{round_.slug}/").content.decode()
    assert ">Your space<" not in page
    assert "No cookies on these pages" in page


def test_a_no_needs_no_account(round_: NominationRound, client: Client, lena: User) -> None:
    client.post(f"/nominations/{round_.slug}/nominate/", FORM)
    page = f"/nominations/yes/{token()}/"
    assert Client().post(page, {"no": "1"}).status_code == 302
    assert "You said no" in Client().get(page).content.decode()
    assert Nomination.objects.get().state == "declined"


def test_what_others_nominated_is_not_theirs_to_see_or_take_back(
    round_: NominationRound, client: Client, lena: User
) -> None:
    one = nominated(round_, person("otto@work.example"))
    assert "Nora" not in client.get("/my/nominations/").content.decode()
    assert client.post(f"/my/nominations/{one.pk}/take-back/").status_code == 404
    assert client.get(f"/assess/nominations/{round_.slug}/").status_code == 404
    assert client.get("/nominations/yes/not-a-token/").status_code == 404
    # Typing an address does not tell whether somebody else has nominated whoever has it.
    new = {"name": "Nina", "email": "nina@work.example"}
    said = []
    for form in (FORM | {"name": "Nina"}, FORM | new):
        answer = client.post(f"/nominations/{round_.slug}/nominate/", form, follow=True)
        said.append([str(each) for each in answer.context["messages"]])
    assert said[0] == said[1]
    theirs = Nomination.objects.filter(nominator=lena)
    assert theirs.values("email").distinct().count() == 2
    page = client.get("/my/nominations/").content.decode()
    assert page.count("has not answered yet") == page.count("Take it back") == 2


def test_the_desk_sorts_narrows_and_exports(
    round_: NominationRound, client: Client, django_assert_max_num_queries: Any
) -> None:
    by = person("otto@work.example", name="=Otto")
    counted = []
    for many in (2, 12):
        for number in range(Nomination.objects.count(), many):
            agreed(nominated(round_, by, email=f"n{number}@work.example", name=f"Nora {number}"))
        client.force_login(an_officer())
        client.get(f"/assess/nominations/{round_.slug}/")
        with django_assert_max_num_queries(14) as asked:
            shown = client.get(f"/assess/nominations/{round_.slug}/?q=nora").content.decode()
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert "12 nominations" in shown
    answer = client.get(f"/assess/nominations/{round_.slug}/list.csv?q=nora+11")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Nominee", "Category", "State", "Points", "Judges", "Nominated by"]
    assert rows[1] == ["Nora 11", "Work in research", "Being written", "", "0", "'=Otto"]


def test_an_officer_begins_and_changes_a_round(round_: NominationRound, client: Client) -> None:
    client.force_login(an_officer())
    days = {
        "name": "Prize 2030", "standard": "technician-prize", "opens_on": "2030-01-01",
        "closes_on": "2030-02-01", "shortlist_on": "2030-03-01", "announce_at": "2030-04-01T18:00",
    }  # fmt: skip
    wrong = client.post("/assess/nominations/begin/", days | {"closes_on": "2029-01-01"})
    assert wrong.status_code == 422
    assert "last day is before the first" in wrong.content.decode()
    made = client.post("/assess/nominations/begin/", days)
    assert made["Location"] == "/assess/nominations/prize-2030/"
    assert client.get("/nominations/prize-2030/").status_code == 404  # not open yet
    changed = {**days, "name": "Prize of 2030"}
    assert client.post("/assess/nominations/prize-2030/change/", changed).status_code == 302
    assert NominationRound.objects.get(slug="prize-2030").name == "Prize of 2030"
