"""Asking to be hidden, and to be shown again: the answer reaches the person, and nobody else."""

from typing import Any

import pytest

from benchside.core.actions import Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.recognition.entries import actions
from benchside.recognition.models import Entry, HidingRequest
from tests.factories import registry as made

pytestmark = pytest.mark.django_db
SHOWN = "/my/registrations/RT-000001/shown/"
MINE = "/my/registrations/RT-000001/"
DESK = "/registry/registered-technician/hiding/"
BASIS = "Shown by a police report"
ANSWER = "We hide you until you tell us otherwise."


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


@pytest.fixture
def entry(desk: made.Desk) -> Entry:
    return made.somebody()


@pytest.fixture
def hidden(desk: made.Desk, entry: Entry) -> Entry:
    asked = actions.ask_hiding(actor=made.holder_of(entry), entry=entry, words="He follows me.")
    actions.answer_hiding(
        actor=desk.registrar, request=asked, grant=True, answer=ANSWER, basis=BASIS
    )
    entry.refresh_from_db()
    return entry


def page(entry: Entry, path: str = SHOWN) -> str:
    return made.browser(made.holder_of(entry)).get(path).content.decode()


def test_the_answer_is_read_also_when_it_is_yes(hidden: Entry) -> None:
    words = page(hidden)
    assert "You are hidden" in words
    assert ANSWER in words
    assert BASIS not in words


@pytest.mark.parametrize("grant", [True, False])
def test_a_letter_says_that_there_is_an_answer_and_not_which(
    desk: made.Desk, entry: Entry, grant: bool, django_capture_on_commit_callbacks: Any
) -> None:
    asked = actions.ask_hiding(actor=made.holder_of(entry), entry=entry, words="He follows me.")
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer_hiding(
            actor=desk.registrar, request=asked, grant=grant, answer=ANSWER, basis=BASIS
        )
    letter = OutgoingMail.objects.get(name="recognition/hiding_answered")
    assert letter.to == ["siobhn@work.example"]
    assert f"{SHOWN}" in letter.text
    for private in (ANSWER, BASIS, "follows", "hide", "hidden"):
        assert private not in letter.text + letter.html + letter.subject


def test_the_page_of_everybody_is_linked_only_while_it_is_there(
    desk: made.Desk, entry: Entry
) -> None:
    link = 'href="/registers/registered-technician/RT-000001/"'
    assert link in page(entry, MINE)
    actions.hide_entry(actor=desk.registrar, entry=entry, basis=BASIS)
    words = page(entry, MINE)
    assert link not in words
    assert "You are hidden" in words


def test_who_is_hidden_asks_to_be_shown_again_and_is(desk: made.Desk, hidden: Entry) -> None:
    person, registrar = made.browser(made.holder_of(hidden)), made.browser(desk.registrar)
    assert "Ask to be shown again" in page(hidden)
    assert person.post(SHOWN, {"do": "show", "words": "He has moved away."}).status_code == 302
    assert "to be shown again. The registrar answers here" in page(hidden)
    asked = HidingRequest.objects.get(state="open")
    listed = registrar.get(DESK).content.decode()
    assert '<td role="cell" data-label="Asks to be">shown again</td>' in listed
    assert "shown" in registrar.get("/registry/registered-technician/hiding.csv").content.decode()
    queue = registrar.get("/registry/registered-technician/queues/hiding/").content.decode()
    assert "Asks to be shown again" in queue
    here = registrar.get(f"{DESK}{asked.pk}/").content.decode()
    for there in ("He has moved away.", BASIS, "Show the entry again", "Keep it hidden"):
        assert there in here
    assert "Hide the entry" not in here
    assert registrar.post(f"{DESK}{asked.pk}/", {"do": "show", "answer": ""}).status_code == 422
    said = {"do": "show", "answer": "Everybody finds you again."}
    assert registrar.post(f"{DESK}{asked.pk}/", said).status_code == 302
    hidden.refresh_from_db()
    assert (hidden.is_hidden, hidden.hidden_basis) == (False, "")
    words = page(hidden)
    assert "Everybody finds you again." in words
    assert "Ask to be hidden" in words


def test_they_may_stay_hidden_after_all(desk: made.Desk, hidden: Entry) -> None:
    asked = actions.ask_showing(actor=made.holder_of(hidden), entry=hidden)
    said = {"do": "keep", "answer": "It is not safe yet."}
    made.browser(desk.registrar).post(f"{DESK}{asked.pk}/", said)
    asked.refresh_from_db()
    hidden.refresh_from_db()
    assert (asked.state, hidden.is_hidden, hidden.hidden_basis) == ("refused", True, BASIS)
    assert "It is not safe yet." in page(hidden)


def test_what_cannot_be_asked_says_so(desk: made.Desk, entry: Entry) -> None:
    holder = made.holder_of(entry)
    with pytest.raises(Refused, match="finds your entry already"):
        actions.ask_showing(actor=holder, entry=entry)
    stale = made.browser(holder).post(SHOWN, {"do": "show", "words": "Kept!"})
    assert stale.status_code == 422
    assert "finds your entry already" in stale.content.decode()
    assert "Kept!" in stale.content.decode()
    actions.hide_entry(actor=desk.registrar, entry=entry, basis=BASIS)
    with pytest.raises(Denied):
        actions.ask_showing(actor=desk.registrar, entry=entry)
    actions.ask_showing(actor=holder, entry=entry)
    with pytest.raises(Refused, match="asked already"):
        actions.ask_showing(actor=holder, entry=entry)
    again = made.browser(holder).post(SHOWN, {"do": "show", "words": ""})
    assert "asked already" in again.content.decode()
