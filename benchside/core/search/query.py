"""Asking the index. Never writes; at most four queries of the database."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from django.db import connection

from benchside.core.models import SearchDocument, SearchState, SearchWord
from benchside.core.search.documents import unpacked_line
from benchside.core.search.rank import Candidate, Judge, Judged, quotation
from benchside.core.search.results import Hit, Results
from benchside.core.search.sources import thesaurus
from benchside.core.search.understand import Query, clean, understand
from benchside.core.search.vocabulary import Vocabulary

MOST = 200  # documents looked at closely; what ranks lower by the index alone is not counted
IN_THE_TITLE = "In the title"

_CANDIDATES = """
WITH asked (term, unit, bit, value) AS (VALUES {values}),
matched AS (
    SELECT posting.document_id AS id, asked.unit, asked.bit,
           MAX(posting.weight * asked.value) AS best
    FROM asked JOIN core_searchposting posting ON posting.term = asked.term
    GROUP BY posting.document_id, asked.unit, asked.bit
)
SELECT matched.id, SUM(matched.best) AS base, SUM(matched.bit) AS bits
FROM matched {join}
GROUP BY matched.id ORDER BY base DESC, matched.id LIMIT {most}
"""
_OF_KINDS = """JOIN core_searchdocument document
    ON document.id = matched.id AND document.kind IN ({kinds})"""


def search(
    typed: str, *, kinds: Collection[str] | None = None, limit: int | None = None
) -> Results:
    """What answers the words somebody typed, best first. Any text is taken.

    kinds  only documents of these kinds
    limit  hits to return; `total` and `kinds` of the results count beyond it
    """
    query = understand(typed, thesaurus(), _vocabulary.get())
    if not query.units or (kinds is not None and not kinds):
        return Results(query=clean(typed), corrected=query.corrected)
    found = _candidates(query, kinds)
    rows = SearchDocument.objects.defer("prose", "tags").in_bulk([row[0] for row in found])
    judged = Judge(query).rank(
        _candidate(rows[id_], base, bits) for id_, base, bits in found if id_ in rows
    )
    shown = judged[:limit]
    quotes = _quotes(query, shown)
    return Results(
        query=clean(typed),
        hits=tuple(_hit(rows[one.candidate.id], one, quotes) for one in shown),
        corrected=query.corrected,
        understood=query.understood,
        kinds=dict(Counter(rows[one.candidate.id].kind for one in judged)),
        total=len(judged),
        more=len(found) == MOST,
    )


class _HeldVocabulary:
    """The vocabulary, kept in the process until the index's stamp changes."""

    def __init__(self) -> None:
        self._held: tuple[str | None, Vocabulary] = (None, Vocabulary((), 0))

    def get(self) -> Vocabulary:
        state = SearchState.objects.filter(pk=1).first()
        stamp, vocabulary = self._held
        if state is None:
            return Vocabulary((), 0)
        if state.stamp != stamp:
            rows = SearchWord.objects.values_list("word", "stem", "uses")
            vocabulary = Vocabulary(rows, state.documents)
            self._held = (state.stamp, vocabulary)
        return vocabulary


_vocabulary = _HeldVocabulary()


def _candidates(query: Query, kinds: Collection[str] | None) -> list[tuple[int, int, int]]:
    """(id, base, which units as bits) of the best by the index alone.

    Only whole numbers are added up, so that every database puts them in the same order.
    """
    asked = [
        (term, number, 1 << number, unit.rarity * worth)
        for number, unit in enumerate(query.units)
        for term, worth in unit.terms.items()
    ]
    rows = ", ".join(["(CAST(%s AS varchar(64)), %s, %s, %s)"] * len(asked))
    join = _OF_KINDS.format(kinds=", ".join(["%s"] * len(kinds))) if kinds else ""
    sql = _CANDIDATES.format(values=rows, join=join, most=MOST)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(value for row in asked for value in row), *(kinds or ())])
        return [(int(id_), int(base), int(bits)) for id_, base, bits in cursor.fetchall()]


def _candidate(row: SearchDocument, base: int, bits: int) -> Candidate:
    return Candidate(
        id=row.id,
        base=base,
        boost=row.boost,
        title=row.title,
        stems=row.stems,
        matched=frozenset(number for number in range(bits.bit_length()) if bits >> number & 1),
    )


def _quotes(query: Query, shown: Iterable[Judged]) -> dict[int, str]:
    """A sentence from each document that has nothing else to say why it is here."""
    ids = [one.candidate.id for one in shown if not one.reasons]
    if not ids:
        return {}
    proses = SearchDocument.objects.filter(pk__in=ids).values_list("pk", "prose")
    return {id_: quotation(prose, query.units) for id_, prose in proses}


def _hit(row: SearchDocument, found: Judged, quotes: dict[int, str]) -> Hit:
    return Hit(
        kind=row.kind,
        key=row.key,
        title=row.title,
        url=row.url,
        summary=row.summary,
        number=row.number,
        score=found.score,
        why=" · ".join(_why(row, found, quotes)),
    )


def _why(row: SearchDocument, found: Judged, quotes: dict[int, str]) -> Iterator[str]:
    if quote := quotes.get(row.id):
        yield f"It says: {quote}"
    lines = row.lines.split("\n")
    for reason in found.reasons:
        if reason.says:
            yield reason.says
        else:
            label, text = unpacked_line(lines[reason.line])
            yield f"{label}: {text}" if label else IN_THE_TITLE
