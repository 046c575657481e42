"""A nominee answers: by the letter or without it, as whom it was for or as somebody else, in two
windows at once."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from benchside.accounts.models import User
from benchside.core.actions import Refused
from benchside.core.models import OutgoingMail
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import actions, links
from tests.factories.nominations import a_round, nominated
from tests.factories.people import person
from tests.factories.registers import an_applicant

pytestmark = pytest.mark.django_db
NORA, YES, NO = "nora@work.example", {"name": "Nora Made-Up", "yes": "1"}, {"no": "1"}


@pytest.fixture
def round_() -> NominationRound:
    return a_round()


@pytest.fixture
def lena() -> User:
    return person("lena@work.example", name="Lena Made-Up")


@pytest.fixture
def one(round_: NominationRound, lena: User) -> Nomination:
    return nominated(round_, lena)


def as_(email: str, **fields: Any) -> Client:
    """Somebody with a record, signed in."""
    client = Client()
    client.force_login(an_applicant(user=person(email, **fields)).account)
    return client


def link(one: Nomination) -> str:
    letter = OutgoingMail.objects.filter(name="recognition/nominated", to=[one.email]).latest("pk")
    return f"/nominations/yes/{letter.text.split('/nominations/yes/')[1].split('/')[0]}/"


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def state(one: Nomination) -> str:
    return Nomination.objects.get(pk=one.pk).state


# --- whom it is for ------------------------------------------------------------------------------
def test_the_page_says_whom_the_letter_was_for(one: Nomination) -> None:
    for reader in (Client(), as_("tess@work.example")):
        page = words(reader.get(link(one)))
        assert "For Nora Made-Up. The letter went to n••a@work.example." in page
        assert NORA not in page
    assert f"The letter went to {NORA}." in words(as_(NORA).get(link(one)))


def test_somebody_else_is_asked_whether_it_is_they(one: Nomination) -> None:
    tess = as_("tess@work.example", name="Tess Made-Up")
    page = words(tess.get(link(one)))
    assert "This letter went to another address. Is it you?" in page
    assert "I am Nora Made-Up, and this is my other address" in page
    refused = tess.post(link(one), YES | {"name": "Norah"})
    assert refused.status_code == 422
    assert "leave the answer to whom the letter was for" in words(refused)
    assert 'value="Norah"' in words(refused)
    assert state(one) == "asked"
    assert tess.post(link(one), YES | {"is_me": "on"}).status_code == 302
    assert state(one) == "agreed"
    letter = OutgoingMail.objects.get(name="recognition/nominee_answered").text
    assert "under the name Nora Made-Up" in letter
    assert "signed in here as Tess Made-Up with another" in letter


def test_whose_letter_it_was_is_asked_nothing_more_and_the_nominator_hears_the_name(
    one: Nomination,
) -> None:
    nora = as_(NORA)
    assert "Is it you?" not in words(nora.get(link(one)))
    assert nora.post(link(one), YES | {"name": "Eleanor Made-Up"}).status_code == 302
    letter = OutgoingMail.objects.get(name="recognition/nominee_answered").text
    assert "Nora Made-Up agrees" in letter
    assert "under the name Eleanor Made-Up" in letter
    assert "signed in here as" not in letter


def test_an_address_that_is_not_proven_is_another_address(one: Nomination) -> None:
    holder = an_applicant(user=person(NORA, verified=False))
    with pytest.raises(Refused, match="another address"):
        actions.agree(actor=links.holder_of(one), nomination=one, technician=holder, name="Nora")
    assert state(one) == "asked"


# --- two windows ---------------------------------------------------------------------------------
def test_a_no_after_a_yes_says_that_it_was_not_taken_and_how_to_take_the_yes_back(
    one: Nomination,
) -> None:
    nora = as_(NORA)
    nora.post(link(one), YES)
    late = nora.post(link(one), NO)
    assert late.status_code == 422
    page = words(late)
    for said in ("Your answer was not taken", "You had said yes already", "Take my yes back"):
        assert said in page, said
    assert "Thank you" not in page
    assert state(one) == "agreed"
    assert nora.post(link(one), {"take-back": "1"}).status_code == 302
    assert state(one) == "withdrawn"
    assert "Taken back" in words(nora.get(link(one)))


def test_a_yes_after_a_no_says_that_it_was_not_taken(one: Nomination) -> None:
    nora = as_(NORA)
    nora.post(link(one), NO)
    late = nora.post(link(one), YES)
    assert late.status_code == 422
    assert "You had said no already" in words(late)
    assert state(one) == "declined"


def test_the_same_answer_twice_is_no_fault(one: Nomination) -> None:
    nora = as_(NORA)
    for _ in range(2):
        assert nora.post(link(one), YES).status_code == 302
    assert "You said yes" in words(nora.get(link(one)))
    assert OutgoingMail.objects.filter(name="recognition/nominee_answered").count() == 1


# --- without the letter --------------------------------------------------------------------------
def test_nominees_see_it_at_their_own_page_and_answer_there(one: Nomination) -> None:
    nora, here = as_(NORA), f"/my/nominations/{one.pk}/"
    page = words(nora.get("/my/nominations/"))
    assert "Lena Made-Up has nominated Nora Made-Up for the Prize 2026" in page
    assert here in page
    assert "None yet" not in page
    assert "She mends what others bin." in words(nora.get(here))
    assert nora.post(here, YES).status_code == 302
    assert state(one) == "agreed"
    assert "You said yes" in words(nora.get(here))
    assert "has nominated" not in words(nora.get("/my/nominations/"))


def test_a_no_without_the_letter(one: Nomination) -> None:
    nora = as_(NORA)
    assert nora.post(f"/my/nominations/{one.pk}/", NO).status_code == 302
    assert state(one) == "declined"


def test_only_what_is_proven_to_be_theirs_tells(
    one: Nomination, round_: NominationRound, lena: User
) -> None:
    """Whoever says that an address is theirs, and whoever nominated, learns nothing there; nor does
    the nominee of who else did."""
    claims = person("tess@work.example")
    EmailAddress.objects.create(user=claims, email=NORA, verified=False)
    beside = nominated(round_, person("otto@work.example"))
    for user, which in ((claims, one), (lena, one), (person(NORA), beside)):
        client = Client()
        client.force_login(user)
        assert client.get(f"/my/nominations/{which.pk}/").status_code == 404
        assert client.post(f"/my/nominations/{which.pk}/", NO).status_code == 404
        if user != lena:
            page = words(client.get("/my/nominations/"))
            assert page.count("You are nominated<") == (user.email == NORA)
