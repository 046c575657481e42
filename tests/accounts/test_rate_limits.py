"""Limits hold across processes: guessing at two workers is guessing once."""

import multiprocessing
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import django
import pytest
from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory

ROOT = Path(__file__).resolve().parent.parent.parent
GUESS = """
import sys, django
django.setup()
from django.test import Client
for _ in range(int(sys.argv[1])):
    page = Client().post(
        "/accounts/login/", {"login": "known@example.org", "password": "guess"}
    ).content.decode()
    print("waits" if "too many tries" in page else "wrong" if "is not right" in page else page)
"""


def start(guesses: int) -> "subprocess.Popen[str]":
    """Another process, on the same database and cache, that guesses a password."""
    values = connection.settings_dict
    url = f"sqlite:///{values['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgresql://{values['USER']}@/{values['NAME']}?host={values['HOST']}"
    return subprocess.Popen(
        [sys.executable, "-c", GUESS, str(guesses)],
        env=os.environ
        | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "BENCHSIDE_DEBUG": "yes",
        },
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def answers(*processes: "subprocess.Popen[str]") -> list[str]:
    return [line for one in processes for line in one.communicate(timeout=120)[0].split()]


@pytest.mark.services
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_second_process_knows_what_the_first_was_asked() -> None:
    assert "locmem" not in settings.CACHES["default"]["BACKEND"]
    assert answers(start(3)) == ["wrong"] * 3
    assert answers(start(3)) == ["wrong", "wrong", "waits"]


ROUNDS = 10


def guess_together(start: Any, said: Any) -> None:
    """In a process of its own: four tries a round, begun together with the others."""
    django.setup()
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
    said.put(allowed)


@pytest.mark.services
@pytest.mark.slow
def test_guessing_at_three_processes_at_once_gives_no_more_tries() -> None:
    spawn = multiprocessing.get_context("spawn")
    start, said = spawn.Barrier(3), spawn.Queue()
    guessers = [spawn.Process(target=guess_together, args=(start, said)) for _ in range(3)]
    for guesser in guessers:
        guesser.start()
    allowed = sum((said.get(timeout=120) for _ in guessers), Counter())
    for guesser in guessers:
        guesser.join(timeout=120)
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
