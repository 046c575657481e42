"""Names as they are looked up: what is one name, and that any order finds it."""

from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchside.recognition.entries.folding import fold, keys_of, number_key, wanted, words_of

ANY = st.text(max_size=40)
LETTERS = "abcdefghijklmnopqrstuvwxyzáéíóúŵŷłśżçşğİıøæß"
WORD = st.text(LETTERS, min_size=1, max_size=8)


@settings(max_examples=300)
@given(ANY)
def test_folding_again_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@settings(max_examples=300)
@given(ANY)
def test_case_is_no_matter(name: str) -> None:
    assume(fold(name.upper().lower()) == fold(name.upper()))
    assert fold(fold(name).upper()) == fold(name)


@pytest.mark.parametrize(
    "alike",
    [
        ("O'Brien", "O’Brien", "obrien", "O Brien", "OʼBRIEN", "Ó Brien", "o`brien"),
        ("D'Arcy", "d arcy", "Darcy"),
        ("McDonald", "Mc Donald", "MCDONALD"),
        ("Siân Gŵŷn", "sian gwyn"),  # Welsh
        ("Ní Bhriain", "NI BHRIAIN"),  # Irish
        ("Łukasz Żółć", "lukasz zolc"),  # Polish
        ("Işıl İnönü", "isil inonu", "ISIL INONU"),  # Turkish, with and without the dot
        ("Weiß", "WEISS"),
        ("Søren Ødegård", "soren odegard"),
        ("Smith-Jones", "smith jones", "Smith‑Jones"),
        ("  Ann \t B. ", "ann b"),
        ("Ａｎｎ", "ann"),
    ],
)
def test_one_name_however_it_is_typed(alike: tuple[str, ...]) -> None:
    assert len({fold(one) for one in alike}) == 1


def test_different_names_stay_different() -> None:
    assert len({fold(one) for one in ("Ann Li", "Anna Li", "Ann Lie", "李安", "李")}) == 5


def finds(query: str, name: str) -> bool:
    asked = wanted(words_of(query))
    assert asked is not None
    return any(
        low <= key < high and asked.fits(key) for key in keys_of(name) for low, high in asked.ranges
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(WORD, min_size=1, max_size=5), st.data())
def test_any_order_and_the_beginning_of_the_last_word_find_it(
    words: list[str], data: st.DataObject
) -> None:
    name = " ".join(words)
    folded = words_of(name)
    for order in list(permutations(folded))[:24]:
        if order[0] in {"mr", "ms", "mx", "dr"}:
            continue
        cut = data.draw(st.integers(min_value=min(2, len(order[-1])), max_value=len(order[-1])))
        asked = wanted((*order[:-1], order[-1][:cut]))
        assert asked is not None
        if len(order) == 1 and len(order[0][:cut]) == 1 and len(order[0]) > 1:
            continue
        assert any(
            low <= key < high and asked.fits(key)
            for key in keys_of(name)
            for low, high in asked.ranges
        ), (name, order, cut)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("obrien sio", "Siobhán Mary O’Brien"),
        ("mary siobhan o'b", "Siobhán Mary O’Brien"),
        ("Dr Siobhan O Brien", "Siobhán O'Brien"),
        ("smithjones", "Ann Smith-Jones"),
        ("jones ann", "Ann Smith-Jones"),
        ("smith john", "John O Smith"),  # O is an initial here
        ("mac smith", "Mac Smith"),
        ("smith mac", "Mac Smith"),
        ("li", "Li"),
        ("安", "安"),
    ],
)
def test_found(query: str, name: str) -> None:
    assert finds(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("john smith", "John Smythe"),
        ("smith smith", "John Smith"),
        ("ann smith jo", "Ann Smith Brown"),
        ("bob", "Ann Roberts"),
        ("j", "John Smith"),  # one letter is a whole word
        ("siob obrien", "Siobhan O'Brien"),  # only the last word may be only begun
    ],
)
def test_not_found(query: str, name: str) -> None:
    assert not finds(query, name)


def test_a_name_of_very_many_words_has_few_keys() -> None:
    assert len(keys_of(" ".join(f"word{number}" for number in range(60)))) <= 72
    assert max(map(len, keys_of("ż" * 400))) <= 240


@pytest.mark.parametrize("typed", ["RT-000123", "rt000123", " rt 000 123 ", "RT–000123"])
def test_numbers_however_they_are_typed(typed: str) -> None:
    assert number_key(typed) == "rt000123"


def test_nothing_is_wanted_of_nothing() -> None:
    assert wanted(words_of(" '’- ")) is None
