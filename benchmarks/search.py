"""The search over 10,000 documents, beside SQLite's own full-text index on the same text.

The documents are as long as a role's page and their words as unevenly common as in English
without its smallest words (Zipf's law): the commonest stands in most documents.
"""

import random
import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate

from benchmarks import ground

DOCUMENTS = 10_000
WORDS = 20_000
LENGTH = 260  # words of prose in one document
ROUNDS = 7
GOAL_MS = 20
Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    ground.use_here()
    from django.db import transaction

    from benchside.core.search.sources import SearchSource, search_sources

    documents = make_documents()
    with search_sources.opened(), transaction.atomic():
        search_sources.register(
            SearchSource(key="made", plural="Made", documents=lambda keys: documents)
        )
        yield from measure(documents)
        transaction.set_rollback(True)


def make_documents() -> list:
    from benchside.core.search.documents import Document, Line, Part

    chance = random.Random(2026)
    letters = "bcdfghklmnprst"
    vocabulary = [
        "".join(
            chance.choice(letters) + chance.choice("aeiou") for _ in range(chance.randint(2, 5))
        )
        for _ in range(WORDS)
    ]
    weights = list(accumulate(1 / (rank + 25) for rank in range(WORDS)))

    def text(length: int) -> str:
        return " ".join(chance.choices(vocabulary, cum_weights=weights, k=length))

    return [
        Document(
            kind="made",
            key=str(number),
            title=text(3),
            url=f"/made/{number}/",
            summary=text(14),
            lines=tuple(
                Line(part, "Also called", text(4))
                for part in (*[Part.NAME] * 6, *[Part.PHRASE] * 6, *[Part.TERM] * 15)
            ),
            prose=text(LENGTH),
        )
        for number in range(DOCUMENTS)
    ]


def measure(documents: list) -> Iterator[Row]:
    from benchside.core.search import query
    from benchside.core.search.index import index

    began = time.perf_counter()
    index("made")
    took = time.perf_counter() - began
    yield (f"search, indexing {DOCUMENTS:,} documents", f"{took:.0f} s", "-")
    asked = queries(documents)
    peer = full_text(documents)
    ours = {name: timed(partial(query.search, typed, limit=20)) for name, typed in asked.items()}
    theirs = {name: timed(partial(peer, typed)) for name, typed in asked.items()}
    for name in asked:
        yield (
            f"search at {DOCUMENTS:,} documents, {name}",
            f"{ours[name]:.1f} ms (FTS5 alone {theirs[name]:.1f} ms)",
            f"< {GOAL_MS} ms",
        )


def queries(documents: list) -> dict[str, str]:
    holding = Counter(word for one in documents for word in set(one.prose.split()))
    common = [word for word, _ in holding.most_common(2)]
    rare = sorted(set(documents[77].prose.split()), key=holding.__getitem__)
    long = next(word for word in rare if len(word) > 7)
    return {
        "two rare words": " ".join(rare[:2]),
        "the two commonest words": " ".join(common),
        "a common and a rare word": f"{common[0]} {rare[3]}",
        "a whole phrase of four": documents[4_321].lines[7].text,
        "a misspelling": long[:3] + long[4:] + "x",
        "the beginning of a word": long[:4],
        "12 words": " ".join(dict.fromkeys(documents[77].prose.split()[:14])),
    }


def timed(call: Callable[[], object]) -> float:
    """Median milliseconds, after one call to warm up."""
    call()
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def full_text(documents: list) -> Callable[[str], object]:
    """SQLite's full-text index on the same text: bare rows, no reasons, no misspellings."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE made USING fts5(title, lines, prose, tokenize='porter')")
    database.executemany(
        "INSERT INTO made VALUES (?, ?, ?)",
        [(one.title, " ".join(line.text for line in one.lines), one.prose) for one in documents],
    )

    def find(typed: str) -> object:
        wanted = " OR ".join(f'"{word}"' for word in typed.split())
        sql = "SELECT rowid FROM made WHERE made MATCH ? ORDER BY bm25(made, 10, 5, 1) LIMIT 20"
        return database.execute(sql, [wanted]).fetchall()

    return find
