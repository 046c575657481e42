"""Words are counted as people count them; two people's edits are brought together whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.assessment.words import count_words, is_same_name, merge

TEXT = "We mend the bench. We sweep the floor. We lock the door."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n ", 0),
        ("We mend the bench.", 4),
        ("A well-kept bench isn’t luck – it's work", 7),
        ("3.5 tonnes, 1,200 of them", 5),
        ("a@b.example or https", 3),
        ("* one\n* two\n\n- three", 3),
        ("naïve café Ångström", 3),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, words: int) -> None:
    assert count_words(text) == words


def test_edits_in_different_places_are_both_kept() -> None:
    mine = TEXT.replace("sweep", "wash")
    theirs = TEXT.replace("lock the door.", "lock both doors.")
    joined = merge(TEXT, mine, theirs)
    assert joined.text == "We mend the bench. We wash the floor. We lock both doors."
    assert joined.clashes == ()


def test_edits_in_one_place_stand_both_and_are_named() -> None:
    joined = merge(TEXT, TEXT.replace("sweep", "wash"), TEXT.replace("sweep", "polish"))
    assert "We wash the floor." in joined.text
    assert "We polish the floor." in joined.text
    assert len(joined.clashes) == 1


sentences = st.lists(st.sampled_from([f"Sentence {n}." for n in range(12)]), max_size=8)


@given(sentences, sentences, sentences)
def test_no_sentence_that_somebody_wrote_is_lost(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    old, one, other = " ".join(base), " ".join(mine), " ".join(theirs)
    joined = merge(old, one, other)
    for sentence in (set(mine) | set(theirs)) - set(base):
        assert sentence in joined.text


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_edit_by_one_alone_is_taken_as_it_is(base: str, mine: str) -> None:
    assert merge(base, mine, base).text == mine
    assert merge(base, base, mine).text == mine
    assert merge(base, mine, mine).text == mine


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_who_saves_first_changes_nothing_but_the_order_of_clashes(
    base: str, mine: str, theirs: str
) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert sorted(one.text.split()) == sorted(other.text.split()) or one.clashes


def test_who_wrote_more_of_the_same_wrote_that_too() -> None:
    """The save of a button may carry words whose autosave has just arrived."""
    assert merge("", "We mend the bench.", "We mend").text == "We mend the bench."
    assert merge("", "We mend", "We mend the bench.").clashes == ()
    assert merge("", "cat", "catalogue").text == "cat catalogue", "part of a word is no word"


def test_a_hostile_text_is_joined_whole() -> None:
    """Thirty thousand equal sentences: as one edit each, and nothing is lost."""
    base = "x.\n" * 15_000
    joined = merge(base, f"y. {base}q", base.replace("x", "z"))
    assert "y." in joined.text
    assert joined.text.endswith("z.\n") or "z.\n" in joined.text
    assert joined.clashes


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Siobhán O’Brien", "siobhan o'brien", True),
        ("Tess  Made-Up", "TESS MADE UP", True),
        ("Mickey Mouse", "Tess Made-Up", False),
    ],
)
def test_names_are_one_however_they_are_written(one: str, other: str, same: bool) -> None:
    assert is_same_name(one, other) is same
