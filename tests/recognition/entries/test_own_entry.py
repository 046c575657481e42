"""A registrar who is on the register is like everybody on it."""

from typing import Any

import pytest
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment.actions import answer_challenge, challenge_award, move_award
from benchside.assessment.awarding import queries as awards
from benchside.core.actions import VISITOR, Actor, Denied
from benchside.core.models.mail import OutgoingMail
from benchside.recognition.entries import actions
from benchside.recognition.models import Entry
from benchside.recognition.registry.actions import raise_concern
from benchside.recognition.registry.mails import seconds_of
from benchside.recognition.registry.queries import desk_of
from benchside.recognition.registry.queues import lines
from tests.factories.people import sign_in
from tests.factories.registers import (
    a_ratifier,
    a_registrar,
    an_applicant,
    an_entry,
    give_duties,
)

pytestmark = pytest.mark.django_db
DESK = "/registry/registered-technician/"
CHALLENGES = "/assess/awards/challenges/"


@pytest.fixture
def entry(db: None) -> Entry:
    return an_entry("Siobhán O’Brien", technician=an_applicant())


@pytest.fixture
def own(entry: Entry) -> User:
    """The person on the register, who keeps it and ratifies for it."""
    assert entry.award.technician is not None
    assert entry.award.technician.account is not None
    return a_ratifier(entry.body, user=give_duties(entry.award.technician.account))


@pytest.fixture
def other(entry: Entry) -> User:
    return a_registrar()


def test_they_neither_rename_nor_hide_nor_move_themselves(entry: Entry, own: User) -> None:
    me = Actor.of(own)
    asked = actions.ask_hiding(actor=me, entry=entry, words="Somebody threatens me.")
    for deed in (
        lambda: actions.rename_entry(actor=me, entry=entry, name="Sir Siobhán"),
        lambda: actions.hide_entry(actor=me, entry=entry, basis="I wish it"),
        lambda: actions.show_entry(actor=me, entry=entry),
        lambda: actions.answer_hiding(
            actor=me, request=asked, grant=True, answer="Yes.", basis="I wish it"
        ),
        lambda: move_award(actor=me, award=entry.award, verb="resign"),
    ):
        with pytest.raises(Denied):
            deed()
    entry.refresh_from_db()
    assert (entry.name, entry.is_hidden) == ("Siobhán O’Brien", False)


def test_their_wish_to_be_hidden_waits_for_another(
    entry: Entry, own: User, other: User, client: Client
) -> None:
    asked = actions.ask_hiding(actor=Actor.of(own), entry=entry, words="Somebody threatens me.")
    for user, code, waiting in ((own, 404, 0), (other, 200, 1)):
        sign_in(client, user)
        assert client.get(f"{DESK}hiding/{asked.pk}/").status_code == code
        assert client.get(f"{DESK}names/RT-000001/").status_code == code
        listed = client.get(f"{DESK}hiding/").content.decode()
        assert ("Siobhán" in listed) is (code == 200)
        desk = desk_of(user, entry.register.slug)
        assert desk is not None
        hidden = next(line for line in lines(desk) if line.queue.key == "hiding")
        assert hidden.count == waiting
    actions.answer_hiding(
        actor=Actor.of(other), request=asked, grant=True, answer="Yes.", basis="A threat"
    )
    entry.refresh_from_db()
    assert entry.is_hidden


def test_what_is_said_against_them_is_read_and_answered_by_others(
    entry: Entry,
    own: User,
    other: User,
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    OutgoingMail.objects.all().delete()
    made = challenge_award(actor=VISITOR, award=entry.award, text="Made up: they are not.")
    with django_capture_on_commit_callbacks(execute=True):
        raise_concern(actor=VISITOR, entry=entry, said="They left the tap running.")
    told = [to for letter in OutgoingMail.objects.all() for to in letter.to]
    assert told.count(other.email) == 2
    assert own.email not in told
    assert list(awards.challenges_kept(own)) == []
    assert list(awards.challenges_kept(other)) == [made]
    for user, code in ((own, 404), (other, 200)):
        sign_in(client, user)
        assert client.get(f"{CHALLENGES}{made.pk}/").status_code == code
        assert client.get("/assess/awards/of/RT-000001/").status_code == code
    with pytest.raises(Denied):
        answer_challenge(actor=Actor.of(own), challenge=made, answer="I am.")
    answer_challenge(actor=Actor.of(other), challenge=made, answer="They are.")
    assert own not in seconds_of(entry)
