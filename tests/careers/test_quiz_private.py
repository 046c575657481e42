"""No answer in any log, database, cache or address: the quiz is driven, then all are searched."""

import io
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from benchside.careers.quiz.version import current
from benchside.core.logs import JsonFormatter
from benchside.website import visits

pytestmark = pytest.mark.usefixtures("catalogue")
CARDS = current().cards
# Answers nobody else gives: their pattern and their code can be told from all other text.
ANSWERS = {
    f"card-{card.slug}": str((7 * place * place + place) % 3) for place, card in enumerate(CARDS)
}
SAID = ANSWERS | {"subject": ["languages", "textiles"], "switch-hands": "screen"}


@pytest.fixture
def heard() -> Any:
    """Everything any logger says at any level, as it would be written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    loggers = [logging.getLogger(name) for name in ("", "django")]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    connection.force_debug_cursor = True  # every query is told at DEBUG
    yield stream
    connection.force_debug_cursor = False
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    loggers[0].removeHandler(handler)


def database() -> str:
    """Every cell of every table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [f"{table}: {row!r}" for row in cursor.fetchall()]
    return "\n".join(found)


def traces(text: str, code: str) -> list[str]:
    """The code, however written; or two fields of the form with their values beside them."""
    plain = code.replace("-", "")
    found = [word for word in (code, plain, code.lower(), plain.lower()) if word in text]
    pairs = [rf"card-{card.slug}\W{{1,6}}[012]\b" for card in CARDS]
    return found + [match for pair in pairs for match in re.findall(pair, text)]


def test_no_answer_is_left_anywhere(
    client: Client, heard: io.StringIO, tmp_path: Path, settings: Any
) -> None:
    before = database()
    client.get("/careers/quiz/")
    posted = client.post("/careers/quiz/result/", SAID)
    code = posted.context["own_code"]
    responses = [
        posted,
        client.post("/careers/quiz/result/", {"code": code}),
        client.post("/careers/quiz/result/", SAID | {"before": code, "card-calm-dog": "2"}),
        client.post("/careers/quiz/result/", SAID | {"card-no-such": "2"}),
        client.post("/careers/quiz/result/", {"code": code[:-1] + "X"}),
        client.post("/careers/quiz/embed/result/", SAID),
        client.post("/api/v1/match", json.dumps({"code": code}), content_type="application/json"),
        client.post(
            "/api/v1/match",
            json.dumps({"code": code, "cards": {"calm-dog": 2}}),
            content_type="application/json",
        ),
        client.post("/careers/quiz/result/", code.encode(), content_type="text/plain"),
    ]
    visits.visits.write()
    assert traces(
        "\n".join(posted.content.decode().split('"')), code
    )  # the search finds what is there
    assert traces(heard.getvalue(), code) == []
    assert "careers_role" in heard.getvalue()  # it did hear the queries
    assert traces(database(), code) == []
    assert len(database()) - len(before) < 2_000
    for response in responses:
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        assert traces(headers, code) == []
        assert response.request["QUERY_STRING"] == ""
        assert not response.cookies
        assert code not in response.request["PATH_INFO"]
    assert traces(repr(getattr(cache, "_cache", "")), code) == []


def test_nothing_fails_with_the_answers_in_its_report(
    client: Client, heard: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in the middle of the sum: its trace names no answer."""
    from benchside.careers.views import quiz

    def break_down(*args: Any) -> None:
        raise RuntimeError("Out of order")

    monkeypatch.setattr(quiz, "result_for", break_down)
    client.raise_request_exception = False
    assert client.post("/careers/quiz/result/", SAID).status_code == 500
    assert "Out of order" in heard.getvalue()
    assert traces(heard.getvalue(), "no code") == []


def test_a_link_with_an_answer_in_it_is_never_made(client: Client) -> None:
    text = client.post("/careers/quiz/result/", SAID).content.decode()
    code = re.search(r'data-quiz-result="([^"]+)"', text)[1]  # type: ignore[index]
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', text)
    assert not [one for one in addresses if code in one or "?" in one.replace("?about=", "")]
