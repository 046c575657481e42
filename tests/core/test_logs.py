"""Log lines: JSON, with the request's id, and without addresses."""

import json
import logging
import sys

import pytest
from django.http import HttpRequest, HttpResponse

from benchside.core import logs
from benchside.core.middleware import RequestIdMiddleware


@pytest.fixture
def record() -> logging.LogRecord:
    record = logging.LogRecord(
        "benchside", logging.INFO, "x.py", 1, "Wrote to %s.", ("o'neil+x@mail.example.org",), None
    )
    record.created = 1_800_000_000.25
    return record


def line_of(record: logging.LogRecord) -> dict[str, str]:
    logs.RequestIdFilter().filter(record)
    text = logs.JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_line_is_json_without_addresses(record):
    assert line_of(record) == {
        "at": "2027-01-15T08:00:00.250+00:00",
        "level": "INFO",
        "logger": "benchside",
        "request": "",
        "message": "Wrote to [e-mail].",
    }


def test_trace_has_no_addresses_either(record):
    try:
        raise ValueError("alice@example.org is taken")
    except ValueError:
        record.exc_info = sys.exc_info()

    trace = line_of(record)["trace"]
    assert "ValueError: [e-mail] is taken" in trace


@pytest.mark.parametrize("text", ["price @ 3", "user@host", "@role", "2 @ 3.5"])
def test_what_is_no_address_stays(text):
    assert logs.redact(text) == text


def answer(given: str = "") -> tuple[str, HttpResponse]:
    """The id seen inside the request, and the response."""
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(logs.request_id.get())
        return HttpResponse()

    request = HttpRequest()
    if given:
        request.META["HTTP_X_REQUEST_ID"] = given
    response = RequestIdMiddleware(view)(request)
    return seen[0], response


def test_request_has_an_id_inside_and_in_the_answer(record):
    seen, response = answer()

    assert len(seen) == 36
    assert response["X-Request-Id"] == seen
    assert answer()[0] != seen
    assert logs.request_id.get() == ""


def test_id_of_the_proxy_is_taken_over():
    assert answer("abcd-1234-efgh")[0] == "abcd-1234-efgh"


@pytest.mark.parametrize("given", ["short", "x" * 37, "a b c d e f g", "alice@example.org"])
def test_id_that_could_carry_anything_else_is_not(given):
    assert answer(given)[0] != given


def test_lines_of_a_request_carry_its_id(record):
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(line_of(record)["request"])

    response = RequestIdMiddleware(view)(HttpRequest())

    assert response.content.decode() == response["X-Request-Id"]


def test_id_is_forgotten_when_the_view_fails():
    def view(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestIdMiddleware(view)(HttpRequest())

    assert logs.request_id.get() == ""
