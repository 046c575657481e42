"""Whether two names are one place, and a name taken out of a caption."""

import re
import unicodedata

import pytest

from benchside.visibility.contests.blinding import is_same_place, key_of, masked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northmoor High School", "Northmoor High"),
        ("St. Anne's School", "Saint Annes Sch"),
        ("The Northmoor Academy", "northmoor academy trust"),
        ("Bourne & Deeping College", "Bourne and Deeping College"),
        ("Ysgol Glan Clwyd", "YSGOL GLÂN CLWYD"),
    ],
)
def test_one_place_under_two_spellings(one: str, other: str) -> None:
    assert is_same_place(one, other)
    assert is_same_place(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northmoor High School", "Southmoor High School"),
        ("High School", "Northmoor High School"),  # words that many share are no name
        ("The College", "College"),
        ("", "Northmoor High School"),
        ("St Anne's School", "St Mary's School"),
    ],
)
def test_two_places(one: str, other: str) -> None:
    assert not is_same_place(one, other)


def test_one_spelling_to_count_by() -> None:
    assert key_of("The Northmoor  High School") == key_of("northmoor high school")
    assert key_of("Northmoor High School") != key_of("Northmoor Primary School")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("The lathe at Northmoor High School.", "The lathe at our school."),
        ("NORTHMOOR’s lathe", "our school’s lathe"),
        ("A lathe.", "A lathe."),
        ("Northmoor School’s lathe", "our school’s lathe"),
    ],
)
def test_a_caption_without_the_school(said: str, left: str) -> None:
    assert masked(said, "Northmoor High School") == left


def test_signs_in_a_name_are_no_pattern() -> None:
    assert masked("At (a+)+b now", "(a+)+b") == "At our school now"


@pytest.mark.parametrize(
    "told",
    [
        "Nor\u200bth\u00admoor has a lathe.",
        "\u202eNorthmoor\u202c has a lathe.",
        "Ｎｏｒｔｈｍｏｏｒ has a lathe.",
        "Northmóor’s lathe.",
        "The lathe of St Annes.",
        "The lathe of Saint Anne`s.",
    ],
)
def test_no_spelling_gets_a_school_past_the_judges(told: str) -> None:
    seen = masked(told, "Northmoor St. Anne’s High School")
    plain = unicodedata.normalize("NFKD", seen).casefold()
    assert "our school" in plain
    assert not re.search("n.*moor|anne", "".join(one for one in plain if one.isascii()))
