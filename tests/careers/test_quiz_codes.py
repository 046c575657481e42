"""Codes: every set of answers comes back, and a slip is noticed, never turned into answers."""

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.careers.quiz import codes, version
from benchside.careers.quiz.answers import Answers
from benchside.careers.quiz.codes import ALPHABET, LENGTH, BadCode, read, write
from benchside.careers.quiz.version import Version, current

ASKED = current()
answers = st.builds(
    Answers,
    st.just(ASKED.name),
    st.dictionaries(st.sampled_from([card.slug for card in ASKED.cards]), st.integers(0, 2)),
    st.lists(st.sampled_from(list(ASKED.subjects)), max_size=3, unique=True).map(tuple),
    st.fixed_dictionaries(
        {},
        optional={
            one.name: st.sampled_from([o.value for o in one.options]) for one in ASKED.switches
        },
    ),
)


def same(one: Answers, other: Answers) -> bool:
    return (
        dict(one.cards) == dict(other.cards)
        and set(one.subjects) == set(other.subjects)
        and dict(one.switches) == dict(other.switches)
        and one.version == other.version
    )


@given(answers)
def test_answers_come_back(given_: Answers) -> None:
    code = write(given_)
    assert re.fullmatch(r"(?:[0-9BCDFGHJKMNPQRSTVWXY]{3}-){5}[0-9BCDFGHJKMNPQRSTVWXY]{3}", code)
    assert same(read(code), given_)
    assert write(read(code)) == code


@given(answers, st.randoms(use_true_random=False))
def test_however_it_is_typed(given_: Answers, dice: random.Random) -> None:
    looks = {"0": "0Oo", "1": "1IiLl", "2": "2Zz", "V": "VvUu"}
    typed = ""
    for letter in write(given_).replace("-", ""):
        typed += dice.choice(looks.get(letter, letter + letter.lower()))
        typed += dice.choice(["", "", " ", "-", "–", " - ", "\u00a0", "."])
    assert same(read(typed), given_)


@given(answers, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(given_: Answers, place: int, letter: str) -> None:
    plain = write(given_).replace("-", "")
    slipped = plain[:place] + letter + plain[place + 1 :]
    if slipped != plain:
        with pytest.raises(BadCode):
            read(slipped)


@given(answers, st.integers(0, LENGTH - 2))
def test_two_neighbours_swapped_are_noticed(given_: Answers, place: int) -> None:
    plain = write(given_).replace("-", "")
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    if swapped != plain:
        with pytest.raises(BadCode):
            read(swapped)


@settings(max_examples=300)
@given(st.text(max_size=80) | st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_any_string_is_read_or_refused_kindly(text: str) -> None:
    refused = None
    try:
        found = read(text)
    except BadCode as bad:
        refused = bad
    if refused is None:
        assert write(found)[0] == ASKED.mark
    else:
        assert refused.said.endswith(".")
        assert refused.remedy.endswith(".")
        assert len(refused.said) < 120


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "There is no code here."),
        ("  - - ", "There is no code here."),
        ("1A", "No code has the letter A in it."),
        ("1?4", "No code has “?” in it."),
        ("123-456", "too short: it has 6 letters and a code has 18"),
        ("1" * 19, "too long"),
        ("Y" * 18, "a quiz we do not know"),
        ("1" + "0" * 16 + "5", "One letter of this code is wrong"),
        ("１" * 18, "No code has"),
        ("\x00" * 18, "not a code"),
    ],
)
def test_each_slip_has_its_own_words(typed: str, said: str) -> None:
    with pytest.raises(BadCode, match=re.escape(said) if "(" in said else said.replace("?", r"\?")):
        read(typed)


def test_no_letters_that_look_alike_and_no_words() -> None:
    assert not set("AEIOULZ") & set(ALPHABET)
    assert all(len(ALPHABET) % n for n in range(2, len(ALPHABET)))  # a prime: so slips are noticed


def test_a_number_no_answers_make_is_refused() -> None:
    letters = [ALPHABET.index(ASKED.mark), *[len(ALPHABET) - 1] * codes.BODY]
    check = sum((place + 1) * letter for place, letter in enumerate(letters)) % len(ALPHABET)
    with pytest.raises(BadCode, match="No answers make this code"):
        read("".join(ALPHABET[letter] for letter in [*letters, check]))


@pytest.fixture
def two_versions(monkeypatch: pytest.MonkeyPatch) -> Callable[[Version], None]:
    def use(newer: Version) -> None:
        monkeypatch.setattr(version, "all_versions", lambda: (ASKED, newer))
        monkeypatch.setattr(codes, "all_versions", lambda: (ASKED, newer))

    return use


def test_an_older_code_keeps_its_own_version(two_versions: Callable[[Version], None]) -> None:
    from dataclasses import replace

    old = write(Answers(ASKED.name, {ASKED.cards[3].slug: 2}))
    newer = replace(ASKED, name="2027-1", mark="2", cards=ASKED.cards[::-1])
    two_versions(newer)
    assert read(old) == Answers(ASKED.name, {ASKED.cards[3].slug: 2}, (), {})
    code = write(Answers("2027-1", {ASKED.cards[3].slug: 2}))
    assert code[0] == "2"
    assert read(code).version == "2027-1"
    assert dict(read(code).cards) == {ASKED.cards[3].slug: 2}


def test_this_printed_code_still_says_what_it_said() -> None:
    """Worked out by hand: only the first card, yes: 3 * 4**29 * 1160 * 81, in base 29."""
    number, digits = 3 * 4**29 * 1160 * 81, []
    for _ in range(16):
        number, digit = divmod(number, 29)
        digits.insert(0, digit)
    letters = [1, *digits]
    letters.append(sum(weight * letter for weight, letter in enumerate(letters, 1)) % 29)
    text = "".join("0123456789BCDFGHJKMNPQRSTVWXY"[letter] for letter in letters)
    assert read(text) == Answers("2026-1", {"mend-controller": 2}, (), {})
