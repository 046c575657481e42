"""Everything in the address: canonical, combinable, kind to what is mangled."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.careers.facets import Facets, Kind, Value
from benchside.careers.headings import heading
from benchside.careers.selection import Selection, read

LABELS = {
    "subject": {"physics": "Physics", "maths": "Maths", "english": "English"},
    "sector": {"health": "Health", "food-and-drink": "Food and drink"},
    "level": {"3": "Level 3 (like A levels)"},
    "setting": {"at-sea": "At sea"},
    "way": {"t-level": "T Level", "apprenticeship": "Apprenticeship"},
    "hands": {"hands": "With your hands"},
    "kit": {"multimeter": "Multimeter", "oscilloscope": "Oscilloscope"},
}
FACETS = Facets(
    frozenset(),
    [
        Kind(name, name.title(), {s: Value(s, label, frozenset()) for s, label in values.items()})
        for name, values in LABELS.items()
    ],
)


def asked(query: str) -> tuple[Selection, list[str]]:
    return read(parse_qs(query, keep_blank_values=True), FACETS)


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("q=&sector=&sort=", ""),
        ("sector=health&subject=physics", "subject=physics&sector=health"),
        ("subject=maths&subject=physics&subject=maths", "subject=physics&subject=maths"),
        ("page=1", ""),
        ("page=3&q=fake+blood", "q=fake+blood&page=3"),
        ("sort=number", ""),
        ("q=x&sort=number", "q=x&sort=number"),
        ("q=x&sort=best", "q=x"),
        ("q=%20%20fake%20%20blood%20", "q=fake+blood"),
        ("sort=title&sort=sector", "sort=sector"),
        ("utm_source=x&fbclid=1", ""),
    ],
)
def test_address_is_canonical_and_nothing_is_complained_of(query: str, canonical: str) -> None:
    selection, ignored = asked(query)
    assert selection.address() == canonical
    assert ignored == []


@pytest.mark.parametrize(
    ("query", "canonical", "said"),
    [
        ("sector=nope", "", "We left out “nope”: there is no such choice under “Sector”."),
        ("sector=nope&sector=health", "sector=health", "“nope”"),
        ("kit=%00", "", None),
        ("kit=a%00b", "", "“a b”"),
        ("page=abc", "", "There is no page “abc”, so this is page 1."),
        ("page=0", "", "There is no page “0”"),
        ("page=-1", "", "There is no page “-1”"),
        ("page=١٢", "", "There is no page"),
        ("page=99999999999999999999", "", "There is no page"),
        ("sort=pay", "", "We cannot sort by “pay”"),
        ("sort=best", "", "Best match needs some words"),
        ("colour=red", "", "We left out “colour”: the list has no such filter."),
        ("q=" + "word+" * 60, None, "That was a lot of words"),
        ("sector=" + "x" * 500, "", "x" * 30 + "…"),
        ("subject=%3Cscript%3E", "", "“<script>”"),
        ("sector=a&sector=b&sector=c&sector=d&sector=e", "", "“a”, “b” and “c”"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_applied(
    query: str, canonical: str | None, said: str | None
) -> None:
    selection, ignored = asked(query)
    if canonical is not None:
        assert selection.address() == canonical
    assert len(ignored) == (said is not None)
    assert said is None or said in ignored[0]


@settings(deadline=None)  # a busy machine is no fault of ours
@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=12), max_size=3), max_size=6))
def test_any_address_reads_and_reads_back_the_same(params: dict[str, list[str]]) -> None:
    selection, _ = read(params, FACETS)
    again, ignored = asked(selection.address())
    assert again == selection
    assert ignored == []
    assert "\x00" not in selection.query


def test_adding_and_taking_away_go_to_the_first_page() -> None:
    selection, _ = asked("subject=physics&page=3&sort=title")
    assert selection.adding("sector", "health", FACETS).address() == (
        "subject=physics&sector=health&sort=title"
    )
    assert selection.without("subject", "physics").address() == "sort=title"


@pytest.mark.parametrize(
    ("query", "total", "sentence"),
    [
        ("", 100, "All 100 roles"),
        ("", 1, "1 role"),
        ("subject=physics", 57, "57 roles use physics"),
        ("subject=physics", 1, "1 role uses physics"),
        ("subject=english", 9, "9 roles use English"),
        ("subject=physics&subject=maths", 70, "70 roles use physics or maths"),
        ("sector=health", 11, "11 roles in health"),
        ("sector=health&subject=physics", 3, "3 roles in health use physics"),
        ("subject=maths&level=3", 2, "2 roles use maths and start at Level 3"),
        ("level=3", 60, "60 roles start at Level 3"),
        ("way=t-level", 90, "90 roles with a T Level as a way in"),
        ("kit=multimeter&kit=oscilloscope", 9, "9 roles use a multimeter or an oscilloscope"),
        ("setting=at-sea", 4, "4 roles marked “At sea”"),
        ("hands=hands", 50, "50 roles let you work with your hands"),
        ("q=fake+blood", 1, "1 role for “fake blood”"),
        ("q=blood&sector=health", 4, "4 roles for “blood”, with 1 filter"),
        ("subject=physics&sector=health&level=3", 2, "2 roles fit all 3 filters"),
        ("subject=physics", 0, "0 roles use physics"),
    ],
)
def test_heading_is_a_sentence(query: str, total: int, sentence: str) -> None:
    assert heading(asked(query)[0], FACETS, total) == sentence
