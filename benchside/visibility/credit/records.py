"""What a registry of DOIs says of an output, read from its answer. No Django here.

An answer comes from outside and is believed in nothing: every part that is not of the expected
kind is left out, words lose their mark-up and signs nobody can see, and are cut to length.
Sources: Crossref REST API, "works/{doi}" (`message`); DataCite metadata schema 4 as JSON, bare as
content negotiation gives it or under `data.attributes` as its own API does.
"""

import html
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from benchside.visibility.credit import doi as dois

LONGEST_TITLE, LONGEST_VENUE, LONGEST_NAME = 300, 200, 120
FIRST_YEAR, LAST_YEAR = 1600, 2100
MOST_AUTHORS = 500  # of which somebody's ORCID iD is looked for
# Tags that registries keep within titles; anything else in angle brackets may be the text itself.
TAG = re.compile(
    r"</?(?:[a-z]+:)?(?:i|b|u|em|strong|sub|sup|scp|sc|p|tt|br|span|font|title|italic|bold|math"
    r"|m[a-z]+|inline-formula|tex-math|jats)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
# The kinds of both registries, in ours (`enums.OutputKind`).
KINDS = {
    "journal-article": "article", "journalarticle": "article", "article": "article",
    "article-journal": "article", "datapaper": "article",
    "posted-content": "preprint", "preprint": "preprint",
    "proceedings-article": "conference", "conferencepaper": "conference",
    "conferenceproceeding": "conference", "paper-conference": "conference", "poster": "conference",
    "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book",
    "book-chapter": "chapter", "book-part": "chapter", "book-section": "chapter",
    "bookchapter": "chapter",
    "dataset": "data", "collection": "data", "image": "image", "audiovisual": "image",
    "software": "software", "computationalnotebook": "software", "model": "software",
    "dissertation": "thesis", "thesis": "thesis",
    "report": "report", "report-component": "report", "standard": "report",
    "instrument": "thing", "physicalobject": "thing",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An output as a registry tells it. `kind` is of `enums.OutputKind`; empty or None is not
    known. `lead` is the author named first, and `orcids` are those of all authors."""

    source: str
    title: str
    kind: str = ""
    year: int | None = None
    venue: str = ""
    lead: str = ""
    orcids: frozenset[str] = frozenset()


def read_crossref(body: bytes, doi: str) -> Record | None:
    """The record in an answer of Crossref; None where there is none for this DOI."""
    message = _object(_object(_json(body)).get("message"))
    title = _words(_first(message.get("title")), LONGEST_TITLE)
    if not title or dois.normal(_text(message.get("DOI"))) != doi:
        return None
    authors = _objects(message.get("author"))
    first = next((one for one in authors if one.get("sequence") == "first"), None)
    return Record(
        source="crossref",
        title=title,
        kind=_kind(message.get("type")),
        year=_year_of(message),
        venue=_words(_first(message.get("container-title")), LONGEST_VENUE),
        lead=_name(first or next(iter(authors), {})),
        orcids=_orcids(one.get("ORCID") for one in authors),
    )


def read_datacite(body: bytes, doi: str) -> Record | None:
    """The record in an answer of DataCite; None where there is none for this DOI."""
    whole = _object(_json(body))
    found = _object(_object(whole.get("data")).get("attributes")) or whole
    titles = [one for one in _objects(found.get("titles")) if not one.get("titleType")]
    title = _words(_text(next(iter(titles), {}).get("title")), LONGEST_TITLE)
    said = _text(found.get("doi")) or _text(found.get("id"))
    if not title or dois.normal(said) != doi:
        return None
    types, creators = _object(found.get("types")), _objects(found.get("creators"))
    container, publisher = found.get("container"), found.get("publisher")
    venue = _text(_object(container).get("title"))
    venue = venue or _text(publisher) or _text(_object(publisher).get("name"))
    return Record(
        source="datacite",
        title=title,
        kind=_kind(types.get("resourceTypeGeneral")),
        year=_year(found.get("publicationYear")),
        venue=_words(venue, LONGEST_VENUE),
        lead=_name(next(iter(creators), {})),
        orcids=_orcids(
            each.get("nameIdentifier")
            for one in creators
            for each in _objects(one.get("nameIdentifiers"))
        ),
    )


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    listed = value[:MOST_AUTHORS] if isinstance(value, list) else []
    return [one for one in listed if isinstance(one, dict)]


def _first(value: Any) -> str:
    """Titles come as lists, of which the first is the title."""
    return _text(value[0] if isinstance(value, list) and value else value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _words(text: str, longest: int) -> str:
    """On one line, without mark-up and without signs that cannot be seen."""
    if not text:
        return ""
    plain = TAG.sub("", html.unescape(TAG.sub("", text[: longest * 10])))
    shown = (" " if sign.isspace() else sign for sign in plain)
    seen = "".join(sign for sign in shown if unicodedata.category(sign) not in UNSEEN)
    said = " ".join(unicodedata.normalize("NFC", seen).split())
    return said if len(said) <= longest else said[: longest - 1].rstrip() + "…"


# Controls, formats (bidirectional overrides, zero widths), lone surrogates, private, unassigned.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _kind(value: Any) -> str:
    return KINDS.get(_text(value).casefold().replace(" ", ""), "")


def _year_of(message: dict[str, Any]) -> int | None:
    for key in ("issued", "published", "published-print", "published-online"):
        parts = _object(message.get(key)).get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        year = _year(first[0] if isinstance(first, list) and first else None)
        if year:
            return year
    return None


def _year(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) == 4:
        value = int(value)
    is_year = isinstance(value, int) and not isinstance(value, bool)
    return value if is_year and FIRST_YEAR <= value <= LAST_YEAR else None


def _name(author: dict[str, Any]) -> str:
    """Given name first; a group has one name."""
    given = _text(author.get("given")) or _text(author.get("givenName"))
    family = _text(author.get("family")) or _text(author.get("familyName"))
    whole = f"{given} {family}" if family else _text(author.get("name"))
    return _words(whole, LONGEST_NAME)


def _orcids(values: Iterable[Any]) -> frozenset[str]:
    found = (ORCID.search(_text(value).upper()) for value in values)
    return frozenset(one[0] for one in found if one)
