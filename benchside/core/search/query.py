"""Asking the index. Never writes; at most four queries of the database."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection

from benchside.core.models import SearchDocument, SearchState, SearchWord
from benchside.core.search.documents import unpacked_line
from benchside.core.search.rank import Candidate, Found, Judge, Reason, quotation
from benchside.core.search.results import Hit, Results
from benchside.core.search.sources import thesaurus
from benchside.core.search.understand import Query, clean, understand
from benchside.core.search.vocabulary import Vocabulary

MOST = 120  # documents looked at closely; what ranks lower by the index alone is not counted
IN_THE_TITLE = "In the title"

# A word that many documents hold and that stands only in the prose of one is no reason to look
# at that one: so the work stays bounded where there are tens of thousands.
_MANY = 1_500
_MORE_THAN_PROSE = 250

_ASKED = """WITH asked (term, bit, value, least) AS (VALUES {values})"""
_BY_TERM = """
SELECT posting.document_id AS id, SUM(posting.weight * asked.value) AS base, SUM(asked.bit) AS bits
FROM asked JOIN core_searchposting posting
    ON posting.term = asked.term AND posting.weight >= asked.least
GROUP BY posting.document_id
"""
# Where several terms stand for one unit, only the best of them counts.
_BY_UNIT = """
SELECT matched.id, SUM(matched.best) AS base, SUM(matched.bit) AS bits FROM (
    SELECT posting.document_id AS id, asked.bit, MAX(posting.weight * asked.value) AS best
    FROM asked JOIN core_searchposting posting
        ON posting.term = asked.term AND posting.weight >= asked.least
    GROUP BY posting.document_id, asked.bit
) matched
GROUP BY matched.id
"""
_BEST = """SELECT found.id, found.base, found.bits FROM ({found}) found {join}
ORDER BY found.base DESC, found.id LIMIT {most}"""
_OF_KINDS = """JOIN core_searchdocument document
    ON document.id = found.id AND document.kind IN ({kinds})"""


def search(
    typed: str,
    *,
    kinds: Collection[str] | None = None,
    only: str = "",
    start: int = 0,
    limit: int | None = None,
) -> Results:
    """What answers the words somebody typed, best first. Any text is taken.

    kinds         search only documents of these kinds
    only          return, and count in `total`, only what is of this kind among what was found
    start, limit  the part of the hits to return
    """
    vocabulary = _vocabulary.get()
    query = understand(typed, thesaurus(), vocabulary)
    if not query.units or (kinds is not None and not kinds):
        return Results(query=clean(typed), corrected=query.corrected)
    judge = Judge(query)
    found = _find(query, vocabulary, kinds)
    rows = _rows(judge.near(found))
    judged = judge.rank((one, _candidate(row)) for one, row in rows.values())
    wanted = [one for one in judged if only in ("", rows[one.found.id][1].kind)]
    shown = wanted[start : None if limit is None else start + limit]
    reasons = {one.found.id: judge.reasons(one) for one in shown}
    quotes = _quotes(query, [id_ for id_, given in reasons.items() if not given])
    return Results(
        query=clean(typed),
        hits=tuple(
            _hit(rows[one.found.id][1], one.score, reasons[one.found.id], quotes) for one in shown
        ),
        corrected=query.corrected,
        understood=query.understood,
        kinds=dict(Counter(rows[one.found.id][1].kind for one in judged)),
        total=len(wanted),
        more=len(found) == MOST and any(one.found.id == found[-1].id for one in judged),
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


def _find(query: Query, vocabulary: Vocabulary, kinds: Collection[str] | None) -> list[Found]:
    """The best by the index alone.

    Only whole numbers are added up, so that every database puts them in the same order.
    """
    asked = [
        (
            term,
            1 << number,
            unit.rarity * worth,
            _MORE_THAN_PROSE if vocabulary.uses(term) > _MANY else 0,
        )
        for number, unit in enumerate(query.units)
        for term, worth in unit.terms.items()
    ]
    row = "(CAST(%s AS varchar(64)), CAST(%s AS bigint), CAST(%s AS bigint), CAST(%s AS bigint))"
    by = _BY_TERM if len(asked) == len(query.units) else _BY_UNIT
    sql = _ASKED.format(values=", ".join([row] * len(asked))) + _BEST.format(
        found=by,
        join=_OF_KINDS.format(kinds=", ".join(["%s"] * len(kinds))) if kinds else "",
        most=MOST,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(value for row in asked for value in row), *(kinds or ())])
        return [Found(int(id_), int(base), int(bits)) for id_, base, bits in cursor.fetchall()]


class _Row(NamedTuple):
    id: int
    kind: str
    key: str
    title: str
    url: str
    summary: str
    number: int | None
    boost: int
    lines: str
    stems: str


def _rows(found: Iterable[Found]) -> dict[int, tuple[Found, _Row]]:
    by_id = {one.id: one for one in found}
    rows = SearchDocument.objects.filter(pk__in=by_id).values_list(*_Row._fields)
    return {row[0]: (by_id[row[0]], _Row(*row)) for row in rows}


def _candidate(row: _Row) -> Candidate:
    return Candidate(row.id, row.title, row.boost, row.stems)


def _quotes(query: Query, ids: Collection[int]) -> dict[int, str]:
    """A sentence from each document that has nothing else to say why it is here."""
    if not ids:
        return {}
    proses = SearchDocument.objects.filter(pk__in=ids).values_list("pk", "prose")
    return {id_: quotation(prose, query.units) for id_, prose in proses}


def _hit(row: _Row, score: float, reasons: Iterable[Reason], quotes: dict[int, str]) -> Hit:
    quote = quotes.get(row.id)
    why = [f"It says: {quote}"] if quote else [_said(row, reason) for reason in reasons]
    return Hit(
        kind=row.kind,
        key=row.key,
        title=row.title,
        url=row.url,
        summary=row.summary,
        number=row.number,
        score=score,
        why=" · ".join(why) or IN_THE_TITLE,
    )


def _said(row: _Row, reason: Reason) -> str:
    if reason.says:
        return reason.says
    label, text = unpacked_line(row.lines.split("\n")[reason.line])
    return f"{label}: {text}" if label else IN_THE_TITLE
