"""Words and stems: however it is written, it is the same word."""

import threading

import pytest

from benchside.core.search.tokenise import content_stems, fold, stem, words, words_and_compounds


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("O'Brien", ["obrien"]),
        ("O’Brien", ["obrien"]),
        ("people's", ["people"]),
        ("the vet’s dogs'", ["the", "vet", "dogs"]),
        ("CAFÉ Zoë", ["cafe", "zoe"]),
        ("x-ray / 3D_printing", ["x", "ray", "3d", "printing"]),
        ("ﬁre", ["fire"]),
        ("...!?", []),
        ("", []),
        ("Łódź naïve", ["łodz", "naive"]),
        ("技术员", ["技术员"]),
    ],
)
def test_words_are_folded(typed: str, expected: list[str]) -> None:
    assert words(typed) == expected


def test_a_hyphened_word_is_found_in_parts_and_whole() -> None:
    assert words_and_compounds("Special-effects make-up") == (
        "special", "effects", "specialeffects", "make", "up", "makeup"
    )  # fmt: skip


def test_what_is_too_long_for_a_word_is_none() -> None:
    assert words_and_compounds("a" * 41 + " b") == ("b",)


@pytest.mark.parametrize(
    "forms",
    [
        ("fix", "fixes", "fixing", "fixed", "fixer"),
        ("animal", "animals"),
        ("laboratory", "laboratories"),
        ("tooth", "teeth"),
        ("colour", "color", "colours"),
        ("plane", "planes"),
        ("make", "makes", "making", "made"),
        ("break", "broke", "broken", "breaking"),
        ("theatre", "theater", "theatres"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("animal", "animation"),
        ("university", "universe"),
        ("engine", "engineer"),
        ("office", "officer"),
        ("train", "training"),
        ("organ", "organise"),
    ],
)
def test_words_with_nothing_in_common_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_content_leaves_out_small_words_unless_there_are_no_others() -> None:
    assert content_stems("It is not in the theatre") == ["theatr"]
    assert content_stems("It is what it is") == ["it", "is", "what"]


def test_folding_plain_text_changes_nothing_but_case() -> None:
    assert fold("Wind Turbine 5G") == "wind turbine 5g"


def test_threads_do_not_disturb_each_others_stemmer() -> None:
    made_up = [f"{start}{end}" for start in "bcdfghklmnprst" for end in ("ationally", "fulness")]
    expected = {word: stem(word) for word in made_up}
    stem.cache_clear()
    wrong: list[str] = []

    def check() -> None:
        wrong.extend(word for word in made_up * 20 if stem.__wrapped__(word) != expected[word])

    threads = [threading.Thread(target=check) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
