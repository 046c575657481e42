"""The page of a number under which nobody is shown: it leads on, and tells nothing."""

import pytest
from django.test import Client

from benchside.core.actions import SYSTEM
from benchside.recognition.entries import actions
from tests.factories.registers import an_entry

HERE = "/registers/registered-technician/"


@pytest.mark.django_db
def test_no_entry_and_a_hidden_one_are_answered_alike_and_lead_on(client: Client) -> None:
    entry = an_entry("Siobhán O’Brien")
    actions.hide_entry(actor=SYSTEM, entry=entry, basis="Stalked")
    hidden, never = client.get(f"{HERE}RT-000001/"), client.get(f"{HERE}RT-999999/")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content.replace(b"RT-000001", b"RT-999999") == never.content
    headers = [
        {key: value for key, value in one.headers.items() if key != "X-Request-Id"}
        for one in (hidden, never)
    ]
    assert headers[0] == headers[1]
    assert not never.cookies
    page = never.content.decode()
    assert "Nobody is shown under this number" in page
    assert '<meta name="robots" content="noindex">' in page
    assert f'<form class="choose" role="search" action="{HERE}">' in page
    assert "Search roles" not in page
    assert 'rel="canonical"' not in page


@pytest.mark.django_db
def test_it_has_the_headers_of_an_entry(client: Client) -> None:
    an_entry("Siobhán O’Brien")
    shown, never = client.get(f"{HERE}RT-000001/"), client.get(f"{HERE}RT-999999/")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert shown.headers[name] == never.headers[name]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["rt-000001", "RT000001", "rt1", "1", "RT 000001"])
def test_a_number_written_another_way_leads_to_its_entry(client: Client, typed: str) -> None:
    entry = an_entry("Siobhán O’Brien")
    answer = client.get(f"{HERE}{typed}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{HERE}RT-000001/"
    assert not answer.cookies
    actions.hide_entry(actor=SYSTEM, entry=entry, basis="Stalked")
    assert client.get(f"{HERE}{typed}/").status_code == 404  # nor does it tell of who is hidden
