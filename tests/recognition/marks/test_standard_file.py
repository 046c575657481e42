"""The file of the mark: whole, plain, and not one word of the engine's before a headteacher."""

import re

import pytest

from benchside.assessment.standards import Standard, parse, read, write
from benchside.core.reading import grade
from tests.factories.marks import FILE

STRANGE = re.compile(r"submission|criteri(on|a)\b|evidence item|\bevidence\b", re.I)


@pytest.fixture(scope="module")
def standard() -> Standard:
    return read(FILE)


def said(standard: Standard) -> str:
    """All that a headteacher may read of it."""
    lines = [standard.title, standard.about, *vars(standard.words).values()]
    for area in standard.areas:
        lines += [area.title, area.about]
        for one in area.criteria:
            lines += [one.title, one.prompt, one.help, one.example, *one.options]
    lines += [one.words for one in standard.sign_offs]
    return "\n".join(lines)


def test_a_headteacher_meets_no_word_of_the_engine(standard: Standard) -> None:
    assert STRANGE.findall(said(standard)) == []


def test_every_kind_of_school_technician_is_named(standard: Standard) -> None:
    text = said(standard).lower()
    kinds = ["science", "design and technology", "computing", "music", "food", "drama", "art"]
    assert [kind for kind in kinds if kind not in text] == []


def test_standard_asks_for_few_words_and_no_proof(standard: Standard) -> None:
    asked = standard.asked_at("standard")
    assert len(asked) <= 15
    assert max(one.words for one in asked) <= 150
    assert all(one.evidence.at_least == 0 for one in asked)
    assert sum(not one.words for one in asked) >= 4  # where a choice is enough, no words
    assert all(one.example or one.options for one in asked)


def test_gold_asks_all_that_standard_asks_and_more(standard: Standard) -> None:
    low = {one.key for one in standard.asked_at("standard")}
    assert low < {one.key for one in standard.asked_at("gold")}
    assert all(area.criteria for area in standard.areas)


def test_its_text_is_easy(standard: Standard) -> None:
    prompts = " ".join(one.prompt for one in standard.criteria)
    assert grade(prompts) <= 6.5


def test_what_is_written_back_is_the_same_standard(standard: Standard) -> None:
    assert parse("again", write(standard).encode()) == standard
