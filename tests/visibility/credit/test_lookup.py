"""Crossref first, then DataCite; off, unknown and silent told apart. Nothing leaves the machine."""

from typing import Any

import pytest

from benchside.core import outgoing
from benchside.core.outgoing import Answer, NoAnswer, TooLarge
from benchside.visibility.credit import lookup
from benchside.visibility.credit.lookup import Why, look_up
from benchside.visibility.credit.records import Record
from tests.visibility.credit.test_records import CROSSREF, DATACITE, DOI, body


class Registries:
    """What stands in for the network: answers by host, and what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, str]] = []

    def get(self, url: str, *, accept: str) -> Answer:
        self.asked.append((url, accept))
        found = self.answers.get(url.split("/")[2], (404, b"Resource not found."))
        if isinstance(found, Exception):
            raise found
        status, answer = found
        return Answer(url, status, {}, answer)


@pytest.fixture
def registries(monkeypatch: pytest.MonkeyPatch) -> Registries:
    made = Registries()

    class Client:
        def __init__(self, **limits: float) -> None:
            assert limits["seconds"] <= lookup.SECONDS
            assert limits["most_bytes"] == lookup.MOST_BYTES

        get = staticmethod(made.get)

    monkeypatch.setattr(outgoing, "Client", Client)
    return made


def test_crossref_is_asked_first_with_the_doi_encoded(registries: Registries) -> None:
    registries.answers["api.crossref.org"] = (200, body(CROSSREF))
    found = look_up(DOI)
    assert isinstance(found, Record)
    assert found.source == "crossref"
    assert registries.asked == [
        ("https://api.crossref.org/works/10.5555%2F12345678", "application/json")
    ]


def test_then_datacite_by_content_negotiation(registries: Registries) -> None:
    registries.answers["doi.org"] = (200, body(DATACITE))
    found = look_up(DOI)
    assert isinstance(found, Record)
    assert found.source == "datacite"
    assert registries.asked[1] == (
        "https://doi.org/10.5555/12345678", "application/vnd.datacite.datacite+json",
    )  # fmt: skip


def test_one_that_is_silent_does_not_keep_from_the_other(registries: Registries) -> None:
    registries.answers = {
        "api.crossref.org": NoAnswer("no"), "doi.org": (200, body(DATACITE)),
    }  # fmt: skip
    assert isinstance(look_up(DOI), Record)


@pytest.mark.parametrize(
    ("crossref", "datacite", "why"),
    [
        ((404, b""), (404, b""), Why.UNKNOWN),
        ((200, b"<html>"), (200, b"<html>"), Why.UNKNOWN),
        (NoAnswer("no"), (404, b""), Why.NO_ANSWER),
        ((404, b""), TooLarge("big"), Why.NO_ANSWER),
        ((503, b""), (404, b""), Why.NO_ANSWER),
        ((429, b""), (404, b""), Why.NO_ANSWER),
    ],
)
def test_why_nothing_was_found(
    registries: Registries, crossref: Any, datacite: Any, why: Why
) -> None:
    registries.answers = {"api.crossref.org": crossref, "doi.org": datacite}
    assert look_up(DOI) is why


def test_switched_off_nobody_is_asked(settings: Any) -> None:
    settings.OUTGOING_REQUESTS = False
    assert look_up(DOI) is Why.OFF


def test_any_doi_makes_an_address_the_client_takes() -> None:
    for registry in lookup.REGISTRIES:
        url = registry.address("10.1002/(sici)1<1::aid>3.0.co;2-#?&é x")
        assert all("!" <= sign <= "~" for sign in url)
        assert "#" not in url
        assert "?" not in url
