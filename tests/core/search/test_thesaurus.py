"""Reading what people call things, and hearing it in a query."""

from typing import Any

import pytest

from benchside.core.search.thesaurus import BadThesaurus, Thesaurus, join, read
from benchside.core.search.tokenise import words

DATA: dict[str, Any] = {
    "ignore": ["job", "work"],
    "same": [["fix", "mend"], ["plane", "aircraft"]],
    "also": {"dog": ["animal"]},
    "concept": [
        {
            "says": "No degree",
            "ask": ["no degree", "not go uni"],
            "tags": ["degree=no"],
            "must": True,
        },
        {"says": "Not in an office", "ask": ["not office"], "tags": ["office=no"]},
        {"says": "Alone", "ask": ["on my own"], "tags": ["people=quiet"]},
        {"says": "Computers", "ask": ["it", "work in it"], "words": ["computer"]},
        {"says": "T Level", "ask": ["t level"], "tags": ["route=t-level"]},
    ],
}


@pytest.fixture(scope="module")
def thesaurus() -> Thesaurus:
    return join([read(DATA, "test.toml")])


def heard(thesaurus: Thesaurus, query: str) -> list[str]:
    readings = thesaurus.readings(thesaurus.tokens(words(query)))
    return [
        concept.says if concept else " ".join(token.word for token in tokens)
        for concept, tokens in readings
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("no degree", ["No degree"]),
        ("without a degree", ["No degree"]),
        ("i dont want to go to uni", ["No degree"]),
        ("a job in a hospital without a degree", ["hospital", "No degree"]),
        ("not sitting in an office", ["Not in an office"]),
        ("I hate offices", ["Not in an office"]),
        ("office", ["office"]),
        ("work on my own", ["Alone"]),
        ("on my bike", ["bike"]),
        ("it", ["Computers"]),
        ("work in IT", ["Computers"]),
        ("make it work", ["make"]),
        ("t level in health", ["T Level", "health"]),
        ("high level", ["high", "level"]),
        ("theatre but not acting", ["theatre", "not acting"]),
        ("not no never", ["not no never"]),
        ("", []),
    ],
)
def test_wordings_are_heard(thesaurus: Thesaurus, query: str, expected: list[str]) -> None:
    assert heard(thesaurus, query) == expected


def test_same_goes_both_ways_and_also_one_way(thesaurus: Thesaurus) -> None:
    assert thesaurus.same["fix"] == {"mend"}
    assert thesaurus.same["mend"] == {"fix"}
    assert thesaurus.same["dog"] == {"anim"}
    assert "anim" not in thesaurus.same


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"synonyms": []}, "synonyms is not known"),
        ({"same": [["fix", "take apart"]]}, "'take apart' must be one word"),
        ({"concept": [{"says": "X", "ask": ["x"]}]}, "concept 1: give it `tags` or `words`"),
        ({"concept": [{"ask": ["x"], "tags": ["a=b"]}]}, "concept 1: give it `says`"),
        ({"concept": [{"says": "X", "ask": ["not"], "tags": ["a=b"]}]}, "'not' says too little"),
        ({"concept": [{"says": "X", "asks": ["x"], "tags": ["a=b"]}]}, "asks is not known"),
    ],
)
def test_a_broken_file_names_entry_and_remedy(data: dict[str, Any], told: str) -> None:
    with pytest.raises(BadThesaurus) as error:
        read(data, "test.toml")
    assert str(error.value).startswith("test.toml")
    assert told in str(error.value)
