"""Who asks to be hidden, as the registrar's list has it: found, sorted, taken as a spreadsheet."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchside.core.actions import Actor
from benchside.recognition.entries import actions
from benchside.recognition.models import HidingRequest
from tests.factories import registry as made
from tests.factories.people import sign_in
from tests.factories.registers import a_registrar

pytestmark = pytest.mark.django_db
HERE = "/registry/registered-technician/hiding/"
FILE = "/registry/registered-technician/hiding.csv"
WHY = "Somebody follows me."


def ask(name: str) -> HidingRequest:
    entry = made.somebody(name)
    return actions.ask_hiding(actor=made.holder_of(entry), entry=entry, words=WHY)


@pytest.fixture
def registrar(client: Client, db: None) -> Actor:
    """Signed in; Zoe is answered, Siobhán and Ann wait, in this order of asking."""
    user = a_registrar()
    zoe, *_ = (ask(name) for name in ("Zoe Young", "Siobhán O’Brien", "Ann Example"))
    actor = Actor.of(user)
    actions.answer_hiding(actor=actor, request=zoe, grant=False, answer="We cannot.")
    sign_in(client, user)
    return actor


def names(client: Client, **asked: str) -> list[str]:
    page = client.get(HERE, asked)
    assert page.status_code == 200
    shown = re.findall(r'<td role="cell">([^<]+)</td>', page.content.decode())
    taken = csv.DictReader(io.StringIO(client.get(FILE, asked).content.decode("utf-8-sig")))
    assert [one["Name"] for one in taken] == shown
    return [name.split()[0] for name in shown]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Siobhán", "Ann", "Zoe"]),
        ({"q": "obrien"}, ["Siobhán"]),
        ({"q": "rt000003"}, ["Ann"]),
        ({"q": "nobody"}, []),
        ({"state": "open"}, ["Siobhán", "Ann"]),
        ({"state": "no-such"}, ["Siobhán", "Ann", "Zoe"]),
        ({"sort": "name"}, ["Ann", "Siobhán", "Zoe"]),
        ({"sort": "-name"}, ["Zoe", "Siobhán", "Ann"]),
        ({"sort": "number"}, ["Zoe", "Siobhán", "Ann"]),
        ({"sort": "-asked"}, ["Ann", "Siobhán", "Zoe"]),
        ({"sort": "no-such"}, ["Siobhán", "Ann", "Zoe"]),
        ({"sort": "-"}, ["Zoe", "Ann", "Siobhán"]),
    ],
)
def test_the_list_is_searched_sorted_and_taken(
    client: Client, registrar: Actor, asked: dict[str, str], expected: list[str]
) -> None:
    assert names(client, **asked) == expected


def test_the_page_keeps_what_was_asked(client: Client, registrar: Actor) -> None:
    page = client.get(HERE, {"q": "obrien", "sort": "name"}).content.decode()
    assert f'href="{FILE}?q=obrien&amp;sort=name"' in page
    assert 'aria-sort="ascending"' in page
    assert "those that wait first" not in page
    assert "No request fits what you chose" in client.get(HERE, {"q": "zzz"}).content.decode()


def test_the_spreadsheet_does_not_say_why(client: Client, registrar: Actor) -> None:
    text = client.get(FILE).content.decode()
    assert WHY not in text
    assert "We cannot" not in text
    other: Any = Client()
    assert other.get(FILE).status_code == 302
    stranger = made.somebody("Stran Ger")
    sign_in(other, stranger.award.technician.account)  # type: ignore[union-attr, arg-type]
    assert other.get(FILE).status_code == 404


def test_many_ask_no_more_than_one(client: Client, registrar: Actor) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    asked(HERE)
    before = asked(HERE), asked(FILE)
    for name in ("Bea Example", "Cem Example", "Dan Example"):
        ask(name)
    assert (asked(HERE), asked(FILE)) == before


def test_the_basis_is_needed_to_hide_and_only_then(client: Client, registrar: Actor) -> None:
    one = HidingRequest.objects.filter(state="open").earliest("pk")
    address = f"{HERE}{one.pk}/"
    page = client.get(address).content.decode()
    assert "needed to hide the entry" in page
    assert "you may leave this out" not in page
    missing = client.post(address, {"do": "hide", "answer": "Yes.", "basis": " "})
    said = missing.content.decode()
    assert missing.status_code == 422
    assert 'id="id_basis_error"' in said
    assert "The basis is missing" in said
    assert "you may leave this out" not in said
    wordless = client.post(address, {"do": "keep", "answer": ""}).content.decode()
    assert "The basis is missing" not in wordless
    assert "you may leave this out" not in wordless
    assert client.post(address, {"do": "keep", "answer": "We cannot."}).status_code == 302
