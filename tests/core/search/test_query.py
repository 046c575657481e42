"""Asking: what is found, why, for how many queries, and what hostile input does."""

import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchside.core.search.index import index
from benchside.core.search.query import MOST, search
from benchside.core.search.understand import MOST_TYPED
from tests.core.search.conftest import Library, book


@pytest.fixture
def shelf(books: Library) -> Library:
    index("book")
    return books


def found(query: str, **how: Any) -> list[tuple[str, str]]:
    return [(hit.key, hit.why) for hit in search(query, **how).hits]


@pytest.mark.parametrize(
    ("query", "key", "why"),
    [
        ("lathe", "lathe", "In the title"),
        ("turning machine", "lathe", "Also called: Turning machine"),
        ("fix planes", "planes", "Asked for: fixes planes"),
        ("mending planes", "planes", "Asked for: fixes planes"),
        ("chuck", "lathe", "Kit: Chuck key"),
        ("obrien", "sea", "Also called: O'Brien's harbour"),
        ("o’brien’s", "sea", "Also called: O'Brien's harbour"),
        ("cafe", "sea", "Kit: Café chair"),
        ("CAFÉ", "sea", "Kit: Café chair"),
        ("sharp", "lathe", "It says: A sharp tool takes away what is too much."),
        ("trees outside", "trees", "Asked for: works with trees · Works outdoors"),
        ("chu", "lathe", "Kit: Chuck key"),
        ("air craft", "planes", "In the title"),
    ],
)
def test_the_first_hit_and_its_reason(shelf: Library, query: str, key: str, why: str) -> None:
    assert found(query)[0] == (key, why)


def test_a_title_goes_before_a_mention(shelf: Library) -> None:
    shelf.put(book("saw", "The saw", prose="It stands beside the lathe."))
    index("book", ["saw"])
    assert [key for key, _ in found("lathe")] == ["lathe", "saw"]


def test_a_misspelling_is_mended_and_told(shelf: Library) -> None:
    results = search("Fixes aircrafft")
    assert results.corrected == "Fixes aircraft"
    assert results.hits[0].key == "planes"


def test_what_was_understood_is_told(shelf: Library) -> None:
    results = search("outside")
    assert results.understood == ("Works outdoors",)
    assert {hit.key for hit in results.hits} == {"trees", "sea"}


def test_no_hit_shares_only_a_small_word(shelf: Library) -> None:
    assert found("the") == [("lathe", "In the title")]  # its title has it; "too much" has not
    assert found("of a or is") == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "\x00",
        "\x00\x01\x02lathe\x00",
        "%",
        "_",
        "'; DROP TABLE core_searchposting; --",
        '"lathe" OR 1=1',
        "\\",
        "🔧🔧🔧",
        "‮ehtal",
        "שלום עולם",
        "מחרטה lathe",
        "技术员",
        "a" * 10_000,
        "lathe " * 5_000,
        "?" * 10_000,
        "not " * 1_000,
        "\ud800",
        "x" * 39 + "ß" * 10,
        "é" * 10_000,
        "=outdoors=yes",
        "-" * 5_000,
        "a-" * 5_000,
        "NaN null None undefined true",
        "<script>alert(1)</script>",
    ],
)
def test_any_text_gets_a_kind_answer_soon(shelf: Library, query: str) -> None:
    began = time.process_time()
    results = search(query)
    assert time.process_time() - began < 0.5
    assert len(results.query) <= MOST_TYPED
    assert "\x00" not in results.query
    assert results.total == len(results.hits)


def test_wildcards_are_only_letters(shelf: Library) -> None:
    assert found("%") == found("_") == found("l_the") == []


def test_an_empty_index_answers_nothing(library: Library) -> None:
    assert search("lathe").hits == ()


def test_kinds_only_start_and_limit(shelf: Library) -> None:
    assert search("outside", kinds=("film",)).total == 0
    assert search("outside", kinds=()).total == 0
    assert search("outside", kinds=("book", "film")).total == 2
    assert search("outside", only="film").hits == ()
    assert search("outside", only="film").kinds == {"book": 2}
    everything = search("outside").hits
    assert search("outside", limit=1).hits == everything[:1]
    assert search("outside", start=1, limit=5).hits == everything[1:]
    assert search("outside", limit=1).total == 2


@pytest.mark.parametrize("query", ["lathe", "sharp", "trees outside", "aircrafft", "water", ""])
def test_a_search_takes_at_most_four_queries_and_writes_nothing(shelf: Library, query: str) -> None:
    search("warm up")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        search(query)
    assert len(seen) <= 4
    assert all(each["sql"].lstrip().startswith(("SELECT", "WITH")) for each in seen)


def test_the_number_of_queries_does_not_grow(shelf: Library) -> None:
    shelf.put(*(book(f"copy-{number}", f"Lathe {number}", prose="Sharp.") for number in range(300)))
    index("book")
    search("lathe sharp")
    with CaptureQueriesContext(connection) as seen:
        results = search("lathe sharp")
    assert len(seen) <= 4
    assert results.total == MOST
    assert results.more


def test_a_new_stamp_makes_every_process_read_the_words_again(shelf: Library) -> None:
    assert search("zzyzx").hits == ()
    shelf.put(book("new", "Zzyzx"))
    index("book", ["new"])
    assert [key for key, _ in found("zzyzx")] == ["new"]
