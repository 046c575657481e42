"""Writing the index: a little at a time, or all again, and always the same."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from benchside.core.models import SearchDocument, SearchPosting, SearchState, SearchWord
from benchside.core.search.index import index, rebuild, refresh
from benchside.core.search.query import search
from tests.core.search.conftest import Library, book


def everything() -> tuple[list[tuple[object, ...]], ...]:
    return (
        sorted(SearchDocument.objects.values_list("pk", "title", "lines", "stems", "prose")),
        sorted(SearchPosting.objects.values_list("document", "term", "weight")),
        sorted(SearchWord.objects.values_list("word", "stem", "uses")),
        [tuple(SearchState.objects.values_list("documents", flat=True))],
    )


def keys(query: str) -> list[str]:
    return [hit.key for hit in search(query).hits]


def test_what_is_indexed_is_found(books: Library) -> None:
    assert index("book") == 4
    assert keys("lathe") == ["lathe"]
    assert keys("forests") == ["trees"]


def test_a_change_is_found_and_what_it_replaced_is_not(books: Library) -> None:
    index("book")
    books.change("lathe", title="The milling machine")
    assert index("book", ["lathe"]) == 1
    assert keys("milling") == ["lathe"]
    assert keys("lathe") == []
    assert not SearchWord.objects.filter(word="lathe").exists()


def test_what_the_source_no_longer_gives_is_gone(books: Library) -> None:
    index("book")
    del books.books["trees"]
    assert index("book", ["trees"]) == 0
    assert keys("forests") == []
    assert SearchState.objects.get().documents == 3


def test_step_by_step_gives_the_same_index_as_all_at_once(books: Library) -> None:
    del books.books["sea"]
    index("book")
    books.change("planes", prose="Now with rivets.")
    index("book", ["planes"])
    books.put(book("sea", "Tides"), book("clock", "The clock"))
    index("book", ["sea", "clock"])
    del books.books["trees"]
    index("book", ["trees"])
    little_by_little = everything()
    rebuild()
    assert everything() == little_by_little


def test_writing_twice_changes_nothing_and_stamps_nothing(books: Library) -> None:
    index("book")
    before, stamp = everything(), SearchState.objects.get().stamp
    index("book")
    refresh()
    call_command("rebuild_search", verbosity=0)
    assert everything() == before
    assert SearchState.objects.get().stamp == stamp


def test_rebuilding_mends_what_was_spoilt_by_hand(books: Library) -> None:
    index("book")
    before = everything()
    SearchPosting.objects.filter(term="lath").delete()
    SearchWord.objects.update(uses=99)
    call_command("rebuild_search", "--from-nothing", verbosity=0)
    assert everything() == before


def test_refreshing_forgets_a_kind_nobody_offers_any_more(books: Library) -> None:
    index("book")
    SearchDocument.objects.filter(key="sea").update(kind="scroll")
    refresh()
    assert not SearchDocument.objects.filter(kind="scroll").exists()


def test_what_is_rolled_back_is_not_found(books: Library) -> None:
    index("book")
    with transaction.atomic():
        books.change("lathe", title="Never published")
        index("book", ["lathe"])
        transaction.set_rollback(True)
    assert keys("lathe") == ["lathe"]
    assert keys("published") == []


def test_a_kind_that_nobody_offers_is_refused(books: Library) -> None:
    with pytest.raises(KeyError, match="scroll"):
        index("scroll")


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_lose_nothing(library: Library) -> None:
    """Eight writers of two books each, all with the same words; the counts must be exact."""
    for number in range(16):
        library.put(book(str(number), f"Book {number} of the shelf"))
    failed: list[BaseException] = []

    def write(first: int) -> None:
        try:
            index("book", [str(first), str(first + 1)])
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(first,)) for first in range(0, 16, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert SearchWord.objects.get(word="shelf").uses == 16
    assert SearchState.objects.get().documents == 16
    at_once = everything()
    rebuild()
    assert everything() == at_once
