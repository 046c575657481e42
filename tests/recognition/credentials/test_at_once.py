"""Killed in the middle of a batch, nothing is lost and nothing done twice; many who draw places at
once draw different ones.

In a file of its own: it commits.
"""

import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context

import pytest
from django.db import connection

from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM
from benchside.core.models import AuditEvent
from benchside.recognition.credentials import actions, checking, keyring, queries, tasks
from benchside.recognition.credentials.actions import keys, signing
from benchside.recognition.enums import CredentialState
from benchside.recognition.models import Credential, SigningKey, StatusList
from tests.factories import credentials as made
from tests.processes import at_once

MANY = 40
SECONDS = 120


def killed_once(work: Callable[[], None], is_under_way: Callable[[], bool]) -> None:
    """Begin the work in a process of its own, and kill that as soon as it has got somewhere."""
    connection.close()  # a connection must not be shared across a fork
    process = get_context("fork").Process(target=work, daemon=True)
    process.start()
    until = time.monotonic() + SECONDS
    while not is_under_way():
        assert process.is_alive(), "It was done before it could be killed: make the work longer"
        assert time.monotonic() < until
    process.kill()
    process.join()


def in_step(pk: int) -> str:
    made = actions.keep_in_step(award=Award.objects.get(pk=pk))
    assert made is not None
    return str(made.key)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_killed_batch_loses_nothing_and_does_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signing, "AT_ONCE", 2)
    monkeypatch.setattr(keys, "AT_ONCE", 2)
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    awards = {one.pk for one in made.many_claimed(MANY)}
    old = keyring.current()

    # Making, killed.
    every, live = Credential.objects.all(), Credential.objects.filter(state=CredentialState.LIVE)
    killed_once(tasks.keep_all_in_step.func, lambda: every.count() >= 4)
    assert 0 < every.count() < MANY
    begun_with = set(every.values_list("pk", "award", "index"))
    actions.keep_each_in_step(awards=list(queries.out_of_step().values_list("pk", flat=True)))
    assert begun_with < set(every.values_list("pk", "award", "index"))
    assert set(every.values_list("award", flat=True)) == awards
    assert_each_has_its_own_place(MANY)

    # Signing, killed.
    assert not live.exists()
    killed_once(tasks.sign_what_waits.func, lambda: live.count() >= 4)
    begun = live.count()
    assert 0 < begun < MANY
    before = dict(live.values_list("pk", "document"))
    made.sign_all()
    assert live.count() == Credential.objects.count() == MANY
    assert {pk: text for pk, text in live.values_list("pk", "document") if pk in before} == before
    noted = AuditEvent.objects.filter(verb="credential.sign").values_list("detail", flat=True)
    assert sum(one["count"] for one in noted) == MANY
    assert_each_has_its_own_place(MANY)

    # A stolen key: all made anew, killed in between.
    new = actions.compromise_key(actor=SYSTEM, key=old)
    anew = Credential.objects.filter(signed_with=new)
    killed_once(partial(tasks.reissue.func, old.pk), lambda: anew.count() >= 4)
    assert 0 < keys.left(SigningKey.objects.get(pk=old.pk)) < MANY
    tasks.reissue.func(old.pk)
    assert live.count() == MANY
    assert set(live.values_list("signed_with", flat=True)) == {new.pk}
    assert set(live.values_list("award", flat=True)) == awards
    gone = Credential.objects.filter(state=CredentialState.REVOKED)
    assert set(gone.values_list("reason", flat=True)) == {"key"}
    assert gone.count() == MANY
    assert_each_has_its_own_place(2 * MANY)
    assert not queries.out_of_step().exists()
    for one in live[:10]:
        assert checking.check(made.document_of(one)).verdict == "genuine"


def assert_each_has_its_own_place(expected: int) -> None:
    places = Credential.objects.values_list("status_list", "index")
    assert len(set(places)) == len(places) == expected


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_credential_and_one_key() -> None:
    award = made.a_marked_school()
    Credential.objects.all().delete()
    StatusList.objects.all().delete()
    found = at_once(*(partial(in_step, award.pk) for _ in range(4)))
    assert len(set(found)) == 1
    assert Credential.objects.count() == 1
    at_once(*(tasks.sign_what_waits.func for _ in range(3)))
    one = Credential.objects.get()
    assert one.state == CredentialState.LIVE
    assert SigningKey.objects.filter(is_current=True).count() == 1
    assert checking.check(made.document_of(one)).verdict == "genuine"
