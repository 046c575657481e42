"""One's own declaration and audit, where pages are left open, sent twice, or asked for too much."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from benchside.accounts.models import User
from benchside.recognition.models import AnnualDeclaration, Entry
from tests.factories.audits import a_registrant
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
SAID = {"is_kept": "yes", "is_conduct_kept": "yes"}


@pytest.fixture
def entry() -> Entry:
    return a_registrant(since=date(2022, 5, 1))


def me(entry: Entry) -> Client:
    assert entry.award.technician
    return sign_in(Client(), User.objects.get(technician=entry.award.technician))


def page_of(client: Client, entry: Entry, what: str) -> str:
    return client.get(f"/my/registrations/{entry.award.number}/{what}/").content.decode()


# --- the declaration ------------------------------------------------------------------------------
@pytest.fixture
def in_november() -> Any:
    with time_machine.travel("2027-11-27 12:00Z", tick=False):
        yield


def test_a_form_sent_twice_declares_the_one_year_it_asked_about(
    entry: Entry, in_november: None
) -> None:
    mine, here = me(entry), f"/my/registrations/{entry.award.number}/declare/"
    page = page_of(mine, entry, "declare")
    assert "Declare your CPD of 2026" in page
    assert '<input type="hidden" name="year" value="2026">' in page
    for _ in range(2):
        assert mine.post(here, SAID | {"year": "2026"})["Location"] == here
    assert list(AnnualDeclaration.objects.values_list("year", flat=True)) == [2026]
    page = page_of(mine, entry, "declare")
    assert "Nothing was declared just now" in page
    assert "Declare your CPD of 2027" in page


@pytest.mark.parametrize("year", ["", "2031", "1", "²", "9" * 40, "two"])
def test_a_year_that_nobody_was_asked_about_is_not_declared(
    entry: Entry, in_november: None, year: str
) -> None:
    mine = me(entry)
    answer = mine.post(
        f"/my/registrations/{entry.award.number}/declare/", SAID | {"year": year}, follow=True
    )
    assert "Nothing was declared just now" in answer.content.decode()
    assert not AnnualDeclaration.objects.exists()


def test_a_form_with_something_missing_stays_on_its_year(entry: Entry, in_november: None) -> None:
    answer = me(entry).post(
        f"/my/registrations/{entry.award.number}/declare/", {"year": "2027", "is_kept": "yes"}
    )
    assert answer.status_code == 422
    assert "Declare your CPD of 2027" in answer.content.decode()
