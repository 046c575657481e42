"""Hints for whoever writes of their own work."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.assessment.advice import OWN, RUN, Answer, advise, newest_year, words_of

TODAY = date(2026, 6, 1)
JOB = (
    "I set up the flame photometer for the soil project and made the standards up with the same "
    "sodium in each because it swamps the potassium line"
)
HERE = (
    "It shows that I choose a method: there were two ways, and I weighed the cost of each "
    "against the time we had, wrote both down and asked my supervisor to read them first"
)
THERE = (
    "It shows that I explain: the students did not know why it mattered, so I drew the line on "
    "the board and let each of them try it once with water before we used samples"
)


def kinds(*texts: str, limit: int = 0) -> list[tuple[str, str, str]]:
    answers = [Answer(f"q{n}", f"Question {n}", text, limit) for n, text in enumerate(texts, 1)]
    return [(one.key, one.kind, one.other) for one in advise(answers, TODAY)]


def test_a_text_that_never_says_i_is_asked_whose_work_it_tells_of() -> None:
    passive = "The samples were weighed and dried and the results were written down " * 2
    assert kinds(passive) == [("q1", "not-personal", "")]
    assert kinds("We weighed them, and we dried them. " * 5 + "I washed up.") == [
        ("q1", "not-personal", "")
    ]
    assert kinds(f"{passive} I did it.") == []
    assert kinds(f"{passive} I’ve done it.") == [], "a curly apostrophe is one too"
    assert kinds("Weighed and dried.") == [], "too short to say"


def test_one_activity_for_two_questions_names_both_places() -> None:
    assert kinds(JOB, f"{JOB}.") == [("q1", "same-words", "q2"), ("q2", "same-words", "q1")]
    assert kinds(JOB, JOB.upper().replace(" ", ", ")) != [], "however it is written"
    words = " ".join(JOB.split()[: RUN - 1])
    assert kinds(words + " one", words + " two") == [], "a few words are shared by chance"


def test_one_activity_may_serve_two_when_each_says_how() -> None:
    assert len(words_of(HERE)) >= OWN
    assert kinds(f"{JOB}. {HERE}", f"{JOB}. {THERE}") == []
    assert kinds(f"{JOB}. {HERE}", JOB) == [("q1", "same-words", "q2"), ("q2", "same-words", "q1")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("I did it in 2021.", 2021),
        ("It ran from 2019 until 2024", 2024),
        ("On 3/4/2020 I did it", 2020),
        ("in March 2018", 2018),
        ("I made 2010 samples", None),
        ("Room 1999 was cold", None),
        ("It will be done by 2027; I began in 2022", 2022),
        ("", None),
    ],
)
def test_a_year_is_one_that_follows_a_word_of_time(text: str, year: int | None) -> None:
    assert newest_year(text, TODAY) == year


def test_an_example_is_old_after_three_years() -> None:
    assert kinds("I did it in 2022.") == [("q1", "old", "")]
    assert kinds("I did it in 2023.") == []
    assert kinds("I did it in 2015, and again in 2025.") == []


def test_a_text_is_short_below_a_quarter_of_what_is_allowed() -> None:
    assert kinds("I did it, and all of it was good", limit=40) == [("q1", "short", "")]
    assert kinds("I did it, and all of it was so good", limit=36) == []
    assert kinds("", limit=40) == [], "nothing is no text"


texts = st.lists(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from(JOB.split()), max_size=60).map(" ".join),
        st.just(JOB),
    ),
    max_size=5,
)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_hints_are_the_same_again_and_of_two_places_always_both(found: list[str]) -> None:
    first = kinds(*found, limit=100)
    assert first == kinds(*found, limit=100)
    pairs = {(key, other) for key, kind, other in first if kind == "same-words"}
    assert pairs == {(other, key) for key, other in pairs}
    assert all(key != other for key, other in pairs)
    empty = {f"q{n}" for n, text in enumerate(found, 1) if not words_of(text)}
    assert not empty & {key for key, _, _ in first}


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_a_shared_run_is_found_whatever_stands_around_it(text: str) -> None:
    assert ("q1", "same-words", "q2") in kinds(f"{text}\n{JOB}\n{text}", f"{JOB}\n")
