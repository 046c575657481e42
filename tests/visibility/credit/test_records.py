"""Answers of the registries of DOIs: what they say, and whatever else might come back."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.visibility.credit.enums import OutputKind
from benchside.visibility.credit.records import KINDS, Record, read_crossref, read_datacite

DOI = "10.5555/12345678"
# In the shape of Crossref's own example of its REST API, cut down.
CROSSREF: dict[str, Any] = {
    "status": "ok",
    "message-type": "work",
    "message": {
        "DOI": "10.5555/12345678",
        "type": "journal-article",
        "title": ["Toward a Unified <i>Theory</i> of Metaphysics: CO<sub>2</sub> &amp; Silly"],
        "container-title": ["Journal of Psychoceramics"],
        "issued": {"date-parts": [[2008, 8, 14]]},
        "author": [
            {"given": "Josiah", "family": "Carberry", "sequence": "first",
             "ORCID": "https://orcid.org/0000-0002-1825-0097"},
            {"name": "The Made-Up Group", "sequence": "additional"},
        ],
    },
}  # fmt: skip
DATACITE: dict[str, Any] = {
    "id": "https://doi.org/10.5555/12345678",
    "doi": "10.5555/12345678",
    "titles": [{"title": "Un essai", "titleType": "TranslatedTitle"}, {"title": "A trial"}],
    "creators": [
        {"name": "Carberry, Josiah", "givenName": "Josiah", "familyName": "Carberry",
         "nameIdentifiers": [{"nameIdentifier": "0000-0002-1825-0097",
                              "nameIdentifierScheme": "ORCID"}]},
    ],
    "publisher": "Made-Up Data Store",
    "publicationYear": 2021,
    "types": {"resourceTypeGeneral": "Dataset"},
}  # fmt: skip


def body(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_crossref_is_read() -> None:
    assert read_crossref(body(CROSSREF), DOI) == Record(
        source="crossref",
        title="Toward a Unified Theory of Metaphysics: CO2 & Silly",
        kind="article",
        year=2008,
        venue="Journal of Psychoceramics",
        lead="Josiah Carberry",
        orcids=frozenset({"0000-0002-1825-0097"}),
    )


@pytest.mark.parametrize("wrapped", [False, True])
def test_datacite_is_read_bare_and_as_its_own_api_has_it(wrapped: bool) -> None:
    whole = {"data": {"id": DOI, "attributes": DATACITE}} if wrapped else DATACITE
    assert read_datacite(body(whole), DOI) == Record(
        source="datacite",
        title="A trial",
        kind="data",
        year=2021,
        venue="Made-Up Data Store",
        lead="Josiah Carberry",
        orcids=frozenset({"0000-0002-1825-0097"}),
    )


def test_newer_datacite_names_its_publisher_as_an_object() -> None:
    newer = DATACITE | {"publisher": {"name": "Made-Up Data Store"}}
    found = read_datacite(body(newer), DOI)
    assert found is not None
    assert found.venue == "Made-Up Data Store"


def test_kinds_are_ours() -> None:
    assert set(KINDS.values()) <= set(OutputKind.values)


def told(**message: Any) -> Record | None:
    return read_crossref(body({"message": CROSSREF["message"] | message}), DOI)


def test_an_answer_about_another_doi_is_no_answer() -> None:
    assert told(DOI="10.5555/87654321") is None
    assert told(DOI=None) is None
    assert read_datacite(body(DATACITE | {"doi": "10.5555/other", "id": ""}), DOI) is None


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"<html>", b"null", b"[]", b"1", b'"x"', b"\xff\xfe", b"{", b"[" * 100_000,
        b'{"message": 1}', b'{"message": {"title": []}}', b'{"message": {"title": {}}}',
        b'{"data": []}', b'{"titles": [1, null, {}]}',
    ],
)  # fmt: skip
def test_nonsense_is_no_record(answer: bytes) -> None:
    assert read_crossref(answer, DOI) is None
    assert read_datacite(answer, DOI) is None


def test_signs_nobody_sees_and_marks_of_a_page_are_gone() -> None:
    hostile = "A\u202e \x00paper\n&lt;script&gt;x&lt;/script&gt; <b onclick=y>now</b>\ud800"
    found = told(title=[hostile])
    assert found is not None
    assert found.title == "A paper <script>x</script> now"  # words: a template escapes them


def test_an_endless_title_is_cut() -> None:
    found = told(title=["Long " * 100_000])
    assert found is not None
    assert len(found.title) == 300
    assert found.title.endswith("…")


@pytest.mark.parametrize("year", [0, -5, 99999, 2008.5, True, "x", "20O8", None, [2008], {}])
def test_a_year_that_is_none_is_left_out(year: Any) -> None:
    found = told(issued={"date-parts": [[year]]})
    assert found is not None
    assert found.year is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["title", "type", "issued", "author", "container-title", "titles", "creators", "types",
         "publisher", "publicationYear", "container"]
    ),
    JSON,
)  # fmt: skip


@given(FIELDS)
def test_any_part_may_be_anything(fields: dict[str, Any]) -> None:
    for read, whole in (
        (read_crossref, {"message": CROSSREF["message"] | fields}),
        (read_datacite, DATACITE | fields),
    ):
        found = read(json.dumps(whole).encode(), DOI)  # type: ignore[operator]
        if found is not None:
            assert 0 < len(found.title) <= 300
            assert found.title.isprintable()
            assert found.kind in {"", *OutputKind.values}
            assert found.year is None or 1600 <= found.year <= 2100
            assert len(found.venue) <= 200
            assert len(found.lead) <= 120
