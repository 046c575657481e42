"""Thousands at once: what they share is asked once, and one that is bad keeps nobody waiting."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchside.core.actions import SYSTEM
from benchside.core.asking import asking_once, once
from benchside.recognition.credentials import (
    actions,
    carriers,
    checking,
    keyring,
    lists,
    queries,
    saying,
    tasks,
)
from benchside.recognition.credentials.actions import holding, signing
from benchside.recognition.credentials.vc import signing as core
from benchside.recognition.credentials.vc import status_list
from benchside.recognition.models import Credential, Endorsement, SigningKey, StatusList
from tests.factories import credentials as made

pytestmark = pytest.mark.django_db


def behind() -> list[int]:
    return list(queries.out_of_step().values_list("pk", flat=True))


def assert_each_has_a_place(count: int) -> None:
    places = set(Credential.objects.values_list("status_list", "index"))
    assert len(places) == Credential.objects.count() == count


def test_each_more_costs_what_is_its_own_alone() -> None:
    """Its audit event, in a savepoint; later its own row. Nothing that all of them share."""
    pks, asked = [one.pk for one in made.many_claimed(60)], {}
    for some in (pks[:20], pks[20:]):
        with CaptureQueriesContext(connection) as seen:
            actions.keep_each_in_step(awards=some)
        asked[len(some)] = len(seen)
    assert asked[40] - asked[20] <= 20 * 3
    with CaptureQueriesContext(connection) as seen:
        tasks.sign_what_waits.func()
    assert len(seen) <= 60 + 40
    assert Credential.objects.filter(state="live").count() == 60
    assert_each_has_a_place(60)


def test_one_that_cannot_be_put_right_keeps_nobody_else_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, *others = made.many_claimed(9)

    def spoilt(award: Any) -> Any:
        if award.pk == bad.pk:
            raise LookupError("made up: a state that its file does not have")
        return saying.what_to_say(award)

    monkeypatch.setattr(holding, "what_to_say", spoilt)
    tasks.keep_all_in_step.func()
    live = Credential.objects.filter(state="live")
    assert set(live.values_list("award", flat=True)) == {one.pk for one in others}
    assert behind() == [bad.pk]
    # And when a key is given up, it keeps nobody from a new badge.
    monkeypatch.undo()
    tasks.keep_all_in_step.func()
    old = live.first().signed_with  # type: ignore[union-attr]
    actions.compromise_key(actor=SYSTEM, key=old)  # type: ignore[arg-type]
    monkeypatch.setattr(holding, "what_to_say", spoilt)
    tasks.reissue.func(old.pk)  # type: ignore[union-attr]
    assert live.exclude(signed_with=old).count() == len(others)


def test_many_are_placed_on_a_list_that_is_nearly_full() -> None:
    StatusList.objects.create(number=1, size=8)
    actions.keep_each_in_step(awards=[one.pk for one in made.many_claimed(12)])
    assert_each_has_a_place(12)
    assert StatusList.objects.filter(is_open=True).count() == 1


def test_whoever_was_quicker_has_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking for free places and taking them, another process may take one."""
    first, *others = made.many_claimed(5)
    actions.keep_in_step(award=first)
    taken = Credential.objects.get().index
    monkeypatch.setattr(lists, "_draw", lambda _held, count: [taken, *range(count)][:count])
    actions.keep_each_in_step(awards=[one.pk for one in others])
    assert_each_has_a_place(5)


def test_a_badge_holds_ten_who_speak_for_it_and_no_more() -> None:
    """Each makes it longer and slower to check; with forty it would be no credential any more."""
    made.spoken_for("registered-technician", 14)
    entry = made.a_registered_person()
    document = made.document_of(made.claimed(entry))
    assert len(document["endorsement"]) == 10
    told = checking.check(document)
    assert told.verdict == "genuine"
    assert [one.holds for one in told.spoken] == [True] * 10


def test_a_stolen_key_is_answered_for_all_and_the_list_says_so() -> None:
    many = made.many_claimed(30)
    tasks.keep_all_in_step.func()
    old = Credential.objects.first().signed_with  # type: ignore[union-attr]
    assert old is not None
    taken = set(Credential.objects.values_list("index", flat=True))
    actions.compromise_key(actor=SYSTEM, key=old)
    tasks.reissue.func(old.pk)
    held = StatusList.objects.get()
    subject = carriers.parsed(held.signed)["credentialSubject"]
    bits = status_list.decode(subject["encodedList"])
    assert {index for index in range(len(bits)) if bits[index]} == taken
    live = Credential.objects.filter(state="live")
    assert live.exclude(signed_with=old).count() == len(many)


def test_what_is_asked_once_is_asked_again_the_next_time() -> None:
    asked: list[str] = []

    @once
    def ask(what: str) -> str:
        asked.append(what)
        return what.upper()

    assert (ask("a"), ask("a")) == ("A", "A")
    assert asked == ["a", "a"]
    with asking_once():
        assert (ask("a"), ask("b"), ask("a")) == ("A", "B", "A")
    assert asked == ["a", "a", "a", "b"]
    with asking_once():
        ask("a")
    assert asked[4:] == ["a"]


@pytest.mark.parametrize("by_the_clock", [False, True])
def test_what_carries_a_word_that_a_stolen_key_signed_is_made_anew(by_the_clock: bool) -> None:
    """Its own seal is by the next key: only the word inside is by the stolen one."""
    made.spoken_for("registered-technician", 1)
    tasks.sign_what_waits.func()
    old = SigningKey.objects.get()
    new = actions.rotate_key(actor=SYSTEM)
    first = made.claimed(made.a_registered_person())
    assert first.signed_with == new
    assert [one.holds for one in checking.check(made.document_of(first)).spoken] == [True]
    actions.compromise_key(actor=SYSTEM, key=old)
    if by_the_clock:
        tasks.keep_all_in_step.func()
    else:
        tasks.reissue.func(old.pk)
    first.refresh_from_db()
    assert (first.state, first.reason) == ("revoked", "key")
    told = checking.check(made.document_of(Credential.objects.get(state="live")))
    assert told.verdict == "genuine"
    assert [one.holds for one in told.spoken] == [True]
    assert behind() == []


def test_a_word_signed_while_its_key_is_given_up_is_signed_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between the signature and its being written down, the key is found stolen."""
    made.spoken_for("registered-technician", 1)
    old, really = keyring.current(), core.sign
    stolen: list[SigningKey] = []

    def slow(*args: Any, **options: Any) -> dict[str, Any]:
        signed = really(*args, **options)
        if not stolen:
            stolen.append(old)
            actions.compromise_key(actor=SYSTEM, key=old)
        return signed

    monkeypatch.setattr(core, "sign", slow)
    assert signing.sign_endorsements() == 1
    text = Endorsement.objects.get().document
    assert old.mark not in text
    assert keyring.current().mark in text
    entry = made.a_registered_person()
    assert old.mark not in made.claimed(entry).document
    assert not queries.out_of_step().exists()
