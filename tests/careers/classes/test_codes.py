"""The code of a class: said across a room, typed by thirty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.careers.classes import codes


def test_no_letter_looks_or_sounds_like_another() -> None:
    letters = set(codes.LETTERS)
    assert not letters & set("AEIOU"), "vowels make words"
    for alike in ("BDPTV", "CS", "MN", "FXS", "ILO", "UV", "QO", "2Z5S8B"):
        assert len(letters & set(alike)) <= 2, alike
    assert not letters & set("ILOQSB10258")


def test_codes_are_new_and_can_be_read() -> None:
    found = {codes.new_code() for _ in range(200)}
    assert len(found) > 195
    assert all(codes.read(code) == code for code in found)


@given(st.text("CDGHJKMRTWXYZ", min_size=6, max_size=6), st.data())
def test_how_it_is_typed_does_not_matter(code: str, data: st.DataObject) -> None:
    typed = "".join(
        data.draw(st.sampled_from(["", " ", "-", ". ", "\t"])) + data.draw(st.sampled_from(both))
        for both in zip(code, code.lower(), strict=True)
    )
    assert codes.read(typed) == code


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_gets_a_kind_answer(typed: str) -> None:
    problem = None
    try:
        code = codes.read(typed)
    except codes.NoCode as found:
        problem = found
    if problem is None:
        assert len(code) == 6
        assert set(code) <= set(codes.LETTERS)
    else:
        assert problem.said.endswith(".")
        assert problem.remedy.endswith(".")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "No code yet."),
        ("CDG HJ", "That has 5 letters."),
        ("C", "That has 1 letter."),
        ("CDGHJKM", "That has 7 letters."),
        ("CDG HJ0", "Class codes do not use “0”."),
        ("<b>", "Class codes do not use “<”."),
    ],
)
def test_what_is_wrong_is_said(typed: str, said: str) -> None:
    with pytest.raises(codes.NoCode) as problem:
        codes.read(typed)
    assert problem.value.said == said
