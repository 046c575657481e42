"""Writing the index: documents as they change, or all of it again.

One writer at a time holds the row of `SearchState`; readers are never stopped and see the index
as it was until the writer's transaction is committed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar
from uuid import uuid4

from django.db import connection, transaction

from benchside.core.models import SearchDocument, SearchPosting, SearchState, SearchWord
from benchside.core.search.documents import (
    Document,
    packed_lines,
    tag_term,
    unpacked_line,
    weigh,
    words_of,
)
from benchside.core.search.sources import search_sources
from benchside.core.search.tokenise import stem

_AT_ONCE = 1_000  # documents held in memory
_ROWS = 2_000  # rows a statement
T = TypeVar("T")


@transaction.atomic
def index(kind: str, keys: Iterable[str] | None = None) -> int:
    """Bring these documents of one source up to date: written where they have changed, taken
    out when the source no longer gives them. None: all of the kind. Safe to call twice, in a
    transaction of the caller's or alone. Returns how many of them can be found now.

    Raises KeyError for a kind that no source offers.
    """
    source = search_sources[kind]
    wanted = None if keys is None else sorted(set(keys))
    state = _lock()
    held = SearchDocument.objects.filter(kind=kind)
    if wanted is not None:
        held = held.filter(key__in=wanted)
    before = dict(held.values_list("pk", "digest"))
    uses: Counter[str] = Counter()
    count = 0
    given: set[int] = set()
    for batch in _in_batches(source.documents(wanted)):
        changed = [each for each in batch if before.get(each.id) != each.digest]
        _remove([each.id for each in changed if each.id in before], uses)
        _add(changed, uses)
        given.update(each.id for each in batch)
        count += len(batch)
    _remove([id_ for id_ in before if id_ not in given], uses)
    _finish(state, uses)
    return count


def refresh() -> dict[str, int]:
    """Bring everything up to date. Returns how many documents there are of each kind."""
    with transaction.atomic():
        state = _lock()
        uses: Counter[str] = Counter()
        offered = [source.key for source in search_sources]
        orphans = SearchDocument.objects.exclude(kind__in=offered)
        _remove(list(orphans.values_list("pk", flat=True)), uses)
        _finish(state, uses)
    return {source.key: index(source.key) for source in search_sources}


@transaction.atomic
def rebuild() -> dict[str, int]:
    """Make the whole index again from nothing, whatever state it is in."""
    _lock()
    SearchPosting.objects.all().delete()
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    return refresh()


def _lock() -> SearchState:
    SearchState.objects.bulk_create([SearchState(pk=1)], ignore_conflicts=True)
    return SearchState.objects.select_for_update().get(pk=1)


def _finish(state: SearchState, uses: Counter[str]) -> None:
    """Write the vocabulary. A new stamp tells every process that the one it holds is old."""
    if not uses:
        return
    _write_words(uses)
    state.stamp = uuid4().hex
    state.documents = SearchDocument.objects.count()
    state.save()


def _remove(ids: Sequence[int], uses: Counter[str]) -> None:
    for batch in _in_batches(ids):
        held = SearchDocument.objects.filter(pk__in=batch)
        for prose, lines, tags in held.values_list("prose", "lines", "tags"):
            texts = (prose, *(unpacked_line(line)[1] for line in lines.split("\n")))
            uses.subtract(words_of(texts, tags))
        SearchPosting.objects.filter(document__in=batch).delete()
        held.delete()


def _add(documents: Iterable[Document], uses: Counter[str]) -> None:
    rows, postings = [], []
    for document in documents:  # all that is read out of one at once: its words are remembered
        rows.append(_row(document))
        postings += [(term, document.id, weight) for term, weight in weigh(document).items()]
        texts = (document.prose, *(line.text for line in document.all_lines()))
        uses.update(words_of(texts, document.tags))
    SearchDocument.objects.bulk_create(rows, batch_size=_ROWS)
    _write_postings(postings)


def _write_postings(rows: Iterable[tuple[str, int, int]]) -> None:
    """In the order of the index they go into, and past the ORM: there are millions of them."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO core_searchposting (term, document_id, weight) VALUES (%s, %s, %s)",
            sorted(rows),
        )


def _row(document: Document) -> SearchDocument:
    shown, stems = packed_lines(document.all_lines())
    return SearchDocument(
        id=document.id,
        kind=document.kind,
        key=document.key,
        title=document.title,
        url=document.url,
        summary=document.summary,
        number=document.number,
        boost=document.boost,
        lines=shown,
        stems=stems,
        tags=sorted(document.tags),
        prose=document.prose,
        digest=document.digest,
    )


def _write_words(uses: Counter[str]) -> None:
    """Add the differences to the vocabulary; a word in no document any more is forgotten."""
    changed = sorted(word for word, difference in uses.items() if difference)
    before = {
        row.word: row.uses
        for words in _in_batches(changed, _ROWS)
        for row in SearchWord.objects.filter(word__in=words)
    }
    after = {word: before.get(word, 0) + uses[word] for word in changed}
    gone = [word for word, count in after.items() if count <= 0]
    for words in _in_batches(gone, _ROWS):
        SearchWord.objects.filter(word__in=words).delete()
    SearchWord.objects.bulk_create(
        [
            SearchWord(word=word, stem=_stem(word), uses=count)
            for word, count in after.items()
            if count > 0
        ],
        batch_size=_ROWS,
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["uses", "stem"],
    )


def _stem(word: str) -> str:
    return word if word.startswith(tag_term("")) else stem(word)


def _in_batches(items: Iterable[T], size: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
