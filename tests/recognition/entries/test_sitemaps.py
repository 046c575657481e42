"""Every entry that everybody may see stands in a sitemap, none that nobody may."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM, Actor
from benchside.recognition.entries import actions, sitemaps
from benchside.recognition.models import Entry
from tests.factories.registers import a_registrar, an_entry

pytestmark = pytest.mark.django_db
INDEX = "/registers/sitemap.xml"
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def told(client: Client, path: str) -> list[str]:
    """The addresses that a file of sitemaps.org's kind names, without the house."""
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/xml"
    assert not response.cookies
    found = ElementTree.fromstring(response.content)
    return [re.sub(r"^https?://[^/]+", "", one.text or "") for one in found.iter(f"{NS}loc")]


def everything(client: Client) -> list[str]:
    return [address for page in told(client, INDEX) for address in told(client, page)]


def address(entry: Entry) -> str:
    return f"/registers/registered-technician/{entry.award.number}/"


def test_robots_are_led_to_every_page_and_none_is_left_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "A_PAGE", 2)
    made = [an_entry(f"Ann Made-Up {number}") for number in range(7)]
    assert f"{INDEX}\n" in client.get("/robots.txt").content.decode()
    pages = told(client, INDEX)
    assert len(pages) >= 4
    assert all(len(told(client, page)) <= 2 for page in pages)
    assert everything(client) == [address(one) for one in made]
    with CaptureQueriesContext(connection) as asked:
        client.get(pages[0])
    assert len(asked) <= 6
    assert address(made[0]) not in told(client, "/sitemap.xml")


def test_a_page_stays_as_it_is_while_others_grow(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "A_PAGE", 3)
    for number in range(5):
        an_entry(f"Ann Made-Up {number}")
    first = told(client, INDEX)[0]
    before = told(client, first)
    for number in range(4):
        an_entry(f"Bob Made-Up {number}")
    assert told(client, first)[: len(before)] == before
    assert told(client, INDEX)[0] == first


def test_who_is_hidden_dead_or_gone_is_in_none(client: Client) -> None:
    shown, hidden, dead, left, suspended = (
        an_entry(f"{name} Made-Up") for name in ("Shown", "Hidden", "Dead", "Left", "Ill")
    )
    actions.hide_entry(actor=Actor.of(a_registrar()), entry=hidden, basis="Safety")
    move_award(actor=SYSTEM, award=dead.award, verb="record-death")
    move_award(actor=SYSTEM, award=left.award, verb="resign")
    move_award(actor=SYSTEM, award=suspended.award, verb="suspend-for-health", reason="Health")
    assert everything(client) == [address(shown)]


def test_a_page_that_is_not_is_not_found(client: Client) -> None:
    assert told(client, INDEX) == []
    for number in ("0", "1", "99", "999999999999999999999"):
        assert client.get(f"/registers/sitemap-{number}.xml").status_code == 404, number
