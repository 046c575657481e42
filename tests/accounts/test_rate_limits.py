"""Limits hold across processes: guessing at two workers is guessing once."""

import multiprocessing
from collections import Counter
from functools import partial
from multiprocessing.synchronize import Barrier

import pytest
from allauth.core.internal import ratelimit
from django.conf import settings
from django.test import Client, RequestFactory

from tests.processes import at_once


def guess(times: int) -> list[str]:
    """What a page says to whoever guesses a password so often."""
    said = []
    for _ in range(times):
        form = {"login": "known@example.org", "password": "guess"}
        page = Client().post("/accounts/login/", form).content.decode()
        said.append("waits" if "too many tries" in page else "wrong")
        assert said[-1] == "waits" or "is not right" in page, page
    return said


@pytest.mark.services
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_second_process_knows_what_the_first_was_asked() -> None:
    assert "locmem" not in settings.CACHES["default"]["BACKEND"]
    assert at_once(partial(guess, 3)) == [["wrong"] * 3]
    assert at_once(partial(guess, 3)) == [["wrong", "wrong", "waits"]]


ROUNDS = 10


def guess_together(start: Barrier) -> Counter[int]:
    """In a process of its own: four tries a round, begun together with the others."""
    request = RequestFactory().post("/")
    allowed: Counter[int] = Counter()
    for number in range(ROUNDS):
        start.wait()
        for _ in range(4):
            allowed[number] += bool(
                ratelimit.consume(
                    request,
                    app="allauth.account",
                    action="guess",
                    config={"guess": "5/5m/key"},
                    key=f"round {number}",
                )
            )
    return allowed


@pytest.mark.services
@pytest.mark.slow
def test_guessing_at_three_processes_at_once_gives_no_more_tries() -> None:
    start = multiprocessing.get_context("fork").Barrier(3)
    allowed = sum(at_once(*[partial(guess_together, start)] * 3), Counter())
    assert set(allowed) == set(range(ROUNDS))
    assert max(allowed.values()) == 5


@pytest.mark.django_db
def test_resets_for_one_address_are_few(client: Client) -> None:
    form = {"email": "somebody@example.org"}
    found = [client.post("/accounts/password/reset/", form).status_code for _ in range(6)]
    assert found == [302] * 5 + [429]
    answer = client.post("/accounts/password/reset/", form)
    assert "Too many tries" in answer.content.decode()


@pytest.mark.django_db
def test_forwarded_address_is_not_believed_without_proxies(client: Client) -> None:
    """Else a guesser would name a new address each time."""
    form = {"login": "x@example.org", "password": "guess"}
    found = [
        client.post("/accounts/login/", form, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code
        for n in range(31)
    ]
    assert found[-1] == 429
