"""The lead author: asked by a letter, answers by a link that works once, and is forgotten."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.visibility.credit.actions import withdraw_contribution
from benchside.visibility.credit.asking import (
    MOST_A_DAY,
    MOST_LETTERS,
    MOST_TO_ONE,
    ask_again,
    ask_author,
    call_back,
    confirm_contribution,
    dispute_contribution,
    holder_of,
)
from benchside.visibility.credit.tasks import end_old_letters
from benchside.visibility.models import Contribution, CreditLetter
from tests.factories.credit import AUTHOR, asked, link, of, stated
from tests.factories.technicians import a_profile

pytestmark = pytest.mark.django_db
YES = {"verb": "confirm", "name": "Dr Ada Made-Up"}
NO = {"verb": "dispute", "reason": "You were not there."}


@pytest.fixture
def visitor() -> Client:
    """Somebody with no account, whose forms are checked as a browser's would be."""
    return Client(enforce_csrf_checks=True)


def test_the_letter_says_who_asks_and_what_and_only_a_hash_is_kept() -> None:
    asked(a_profile("Edie O'Made"), "Kettles & <b>pots</b>")
    mail = OutgoingMail.objects.get()
    assert mail.to == ["ada@benchside.example"]
    for word in ("Edie O'Made", "Kettles & <b>pots</b>", "Investigation", "no account"):
        assert word in mail.text
    assert "<b>pots" not in mail.html
    token = link().split("/")[-2]
    assert token not in str(CreditLetter.objects.values().get())


def test_opening_the_link_changes_nothing_and_sets_no_cookie(visitor: Client) -> None:
    one = asked(a_profile(), note="I built the cell.")
    for _ in range(2):
        page = visitor.get(link())
        assert page.status_code == 200
        assert not page.cookies
    text = page.content.decode()
    for word in ("Edie Made-Up", "A study of kettles", "I built the cell.", "Investigation"):
        assert word in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    one.refresh_from_db()
    assert one.state == "asked"


def test_confirmed_once_with_the_name_and_the_address_is_gone(visitor: Client) -> None:
    one, where = asked(a_profile()), link()
    page = visitor.post(where, YES)
    assert page.status_code == 302
    assert not page.cookies
    one.refresh_from_db()
    assert (one.state, one.confirmed_by) == ("confirmed", "Dr Ada Made-Up")
    assert one.confirmed_at is not None
    assert not CreditLetter.objects.exists()
    assert visitor.get(where).status_code == 410
    assert visitor.post(where, NO).status_code == 410
    told = OutgoingMail.objects.get(name="visibility/credit_answered")
    assert "confirms your part" in told.text


def test_disputed_with_a_reason_the_technician_alone_reads(visitor: Client) -> None:
    edie = a_profile()
    one, where = asked(edie), link()
    assert visitor.post(where, {"verb": "dispute", "reason": " "}).status_code == 422
    assert visitor.post(where, NO).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.reason) == ("disputed", "You were not there.")
    assert not CreditLetter.objects.exists()
    assert not Contribution.objects.seen().exists()
    assert (
        "You were not there." in OutgoingMail.objects.get(to=[edie.technician.account.email]).text
    )


def test_what_is_wrong_is_said_and_what_was_typed_stays(visitor: Client) -> None:
    one, where = asked(a_profile()), link()
    page = visitor.post(where, {"verb": "confirm", "name": "http://spam.example"})
    assert page.status_code == 422
    assert "http://spam.example" in page.content.decode()
    assert visitor.post(where, {"verb": "magic"}).status_code == 200
    one.refresh_from_db()
    assert one.state == "asked"


@pytest.mark.parametrize("token", ["x", "not-a-token", "a" * 500, "%00", "ä"])
def test_a_link_nobody_made_is_gone(visitor: Client, token: str) -> None:
    assert visitor.get(f"/technicians/credit/answer/{token}/").status_code == 410


def test_one_that_ran_out_is_gone_and_its_address_deleted(visitor: Client) -> None:
    one, where = asked(a_profile()), link()
    CreditLetter.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert visitor.get(where).status_code == 410
    assert visitor.post(where, YES).status_code == 410
    end_old_letters.func()
    one.refresh_from_db()
    assert one.state == "stated"
    assert not CreditLetter.objects.exists()


def test_an_open_letter_outlives_the_nightly_task(visitor: Client) -> None:
    asked(a_profile())
    end_old_letters.func()
    assert visitor.get(link()).status_code == 200


def test_asked_again_the_first_link_works_no_longer(visitor: Client) -> None:
    edie = a_profile()
    one, first = asked(edie), link()
    with pytest.raises(Refused, match="three days"):
        ask_again(actor=of(edie), contribution=one)
    CreditLetter.objects.update(sent_at=timezone.now() - timedelta(days=3, seconds=1))
    ask_again(actor=of(edie), contribution=one)
    assert visitor.get(first).status_code == 410
    assert visitor.get(link()).status_code == 200


@pytest.mark.parametrize("verb", [call_back, withdraw_contribution])
def test_taken_back_or_withdrawn_the_link_and_the_address_are_gone(
    visitor: Client, verb: object
) -> None:
    edie = a_profile()
    one = asked(edie)
    verb(actor=of(edie), contribution=one)  # type: ignore[operator]
    assert visitor.get(link()).status_code == 410
    assert not CreditLetter.objects.exists()


def test_only_the_holder_of_the_link_answers() -> None:
    edie, olu = a_profile("Edie Made-Up"), a_profile("Olu Made-Up")
    one, other = asked(edie), asked(olu, "Pots")
    for actor in (of(edie), of(olu), SYSTEM, holder_of(other.letter)):
        with pytest.raises(Denied):
            confirm_contribution(actor=actor, letter=one.letter, name="Me")
    with pytest.raises(Denied):
        ask_author(actor=of(olu), contribution=stated(edie, "Pans"), **AUTHOR)
    assert CreditLetter.objects.count() == 2  # what was refused left all as it was
    assert isinstance(holder_of(one.letter), Actor)


def test_of_two_answers_the_second_is_told() -> None:
    letter = asked(a_profile()).letter
    confirm_contribution(actor=holder_of(letter), letter=letter, name="Ada")
    with pytest.raises(Refused, match="no longer"):
        dispute_contribution(actor=holder_of(letter), letter=letter, reason="No")
    assert Contribution.objects.get().is_confirmed


def test_nobody_confirms_themselves() -> None:
    edie = a_profile()
    own = edie.technician.account.email.upper()
    with pytest.raises(Refused, match="your own"):
        ask_author(actor=of(edie), contribution=stated(edie), author_name="Ada", author_email=own)
    assert not OutgoingMail.objects.exists()


def test_few_letters_about_one_thing() -> None:
    edie = a_profile()
    one = stated(edie)
    for _ in range(MOST_LETTERS):
        ask_author(actor=of(edie), contribution=one, **AUTHOR)
        call_back(actor=of(edie), contribution=one)
    with pytest.raises(Refused, match="are enough"):
        ask_author(actor=of(edie), contribution=one, **AUTHOR)
    assert OutgoingMail.objects.count() == MOST_LETTERS


def test_few_letters_a_day_from_one_technician() -> None:
    edie = a_profile()
    for number in range(MOST_A_DAY):
        address = f"a{number}@benchside.example"
        one = stated(edie, f"Work {number}")
        ask_author(actor=of(edie), contribution=one, author_name="A", author_email=address)
    with pytest.raises(Refused, match="tomorrow"):
        asked(edie, "One more")


def test_few_letters_a_day_to_one_person() -> None:
    for number in range(MOST_TO_ONE):
        asked(a_profile(f"Edie Made-Up {number}"), f"Work {number}")
    with pytest.raises(Refused, match="many letters"):
        asked(a_profile("Olu Made-Up"), "One more")
