"""Which of the candidates answers a query best, and why, in plain words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from benchside.core.search.documents import FULL, Part
from benchside.core.search.tokenise import content_stems
from benchside.core.search.understand import ITSELF, Query, Unit

# How much a line of this part is worth when the whole query stands in it.
_LINE = {
    f"{part:d}": worth
    for part, worth in (
        (Part.TITLE, 1.2),
        (Part.NAME, 1.05),
        (Part.PHRASE, 1.0),
        (Part.SENTENCE, 0.55),
        (Part.TERM, 0.4),
    )
}
_TYPED = 0.8  # added where a line is word for word what was typed
_REASONS = 2  # at most so many, joined
_LEAST_SHARE = 0.25  # of the meaning, to be an answer beside one that has all of it
_LEAST_SCORE = 0.15  # of the best one's
_FEW = 12
_QUOTE = 110  # characters of prose
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


class Found(NamedTuple):
    """A document as the index finds it: `base` adds up weight x worth x rarity of the units
    that are in it, `bits` says which those are."""

    id: int
    base: int
    bits: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document to be judged; `stems` are its lines as `documents.packed_lines` has them."""

    id: int
    title: str
    boost: int
    stems: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document answers: one of its lines, or a fact in the words of the query."""

    line: int = -1
    says: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    candidate: Candidate
    found: Found
    score: float


@dataclass(frozen=True, slots=True)
class _Line:
    value: float
    units: frozenset[int]
    start: int
    typed: float  # over 0: it is word for word what was typed, whatever was read into it


def _best_first(line: _Line) -> tuple[float, int]:
    return -line.value - line.typed, line.start


class Judge:
    """Ranks the candidates for one query."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._units = query.units
        self._by_stem: dict[str, list[tuple[int, float]]] = {}
        for number, unit in enumerate(query.units):
            for term, worth in unit.terms.items():
                self._by_stem.setdefault(term, []).append((number, worth / ITSELF))
        self._shares: dict[int, float] = {}
        self._spaced = {term: f" {term} " for term in {*self._by_stem, *query.stems}}

    @cached_property
    def _whole(self) -> int:
        return sum(unit.rarity for unit in self._units)

    def near(self, found: Iterable[Found]) -> list[Found]:
        """Without what lacks a `must` or most of the meaning that the best one has."""
        musts = sum(1 << number for number, unit in enumerate(self._units) if unit.must)
        having = [one for one in found if one.bits & musts == musts]
        least = _LEAST_SHARE * max((self._share(one.bits) for one in having), default=0.0)
        return [one for one in having if self._share(one.bits) >= least]

    def rank(self, found: Iterable[tuple[Found, Candidate]]) -> list[Judged]:
        """The answers, best first, down to where they hardly answer at all."""
        judged = [Judged(candidate, one, self._score(one, candidate)) for one, candidate in found]
        judged.sort(key=lambda one: (-one.score, one.candidate.title, one.candidate.id))
        return [one for place, one in enumerate(judged) if self._answers(one, place, judged[0])]

    def _answers(self, judged: Judged, place: int, best: Judged) -> bool:
        """Whether it is worth showing beside the best. Among the first few, a mere mention is,
        if all that was asked for is mentioned."""
        mentions_all = self._share(judged.found.bits) >= self._share(best.found.bits)
        return judged.score >= _LEAST_SCORE * best.score or (place < _FEW and mentions_all)

    def reasons(self, judged: Judged) -> tuple[Reason, ...]:
        """The fewest lines that show what of the query was found; none if only its prose does."""
        stems = judged.candidate.stems
        missing = set(self._units_of(judged.found.bits))
        reasons: list[Reason] = []
        for line in sorted(self._lines(stems), key=_best_first):
            new = missing if line.typed else line.units & missing
            if len(reasons) < _REASONS and new and self._adds(new):
                reasons.append(Reason(line=stems.count("\n", 0, line.start)))
                missing = missing - new
        says = (self._units[number].says for number in sorted(missing))
        return (*reasons, *(Reason(says=text) for text in says if text))

    def _share(self, bits: int) -> float:
        """How much of the query's meaning is in the document at all, 0 to 1."""
        share = self._shares.get(bits)
        if share is None:
            there = sum(self._units[number].rarity for number in self._units_of(bits))
            share = self._shares[bits] = there / self._whole
        return share

    def _units_of(self, bits: int) -> list[int]:
        return [number for number in range(len(self._units)) if bits >> number & 1]

    def _score(self, found: Found, candidate: Candidate) -> float:
        base = found.base / (self._whole * FULL * ITSELF)
        lines = self._lines(candidate.stems)
        best = max((line.value for line in lines), default=0.0)
        typed = max((line.typed for line in lines), default=0.0)
        boosted = 1 + candidate.boost / 100
        return round((self._share(found.bits) ** 1.5 * (base + best) + typed) * boosted, 6)

    def _lines(self, stems: str) -> list[_Line]:
        """The lines in which anything of the query stands."""
        starts: dict[int, list[str]] = {}
        for term, spaced in self._spaced.items():
            place = stems.find(spaced)
            while place >= 0:
                starts.setdefault(stems.rfind("\n", 0, place) + 1, []).append(term)
                end = stems.find("\n", place)
                place = stems.find(spaced, end) if end >= 0 else -1
        return [self._line(stems, start, terms) for start, terms in starts.items()]

    def _line(self, stems: str, start: int, terms: Sequence[str]) -> _Line:
        """How well one line alone answers the query, and which units stand in it."""
        worths: dict[int, float] = {}
        for term in terms:
            for number, worth in self._by_stem.get(term, ()):
                if worth > worths.get(number, 0.0):
                    worths[number] = worth
        end = stems.find("\n", start)
        part, *line = stems[start : end if end >= 0 else None].split()
        known = len(self._query.stems.intersection(line))
        asked = sum([self._units[number].rarity * worth for number, worth in worths.items()])
        said = max(known, len(worths)) / len(line)
        value = _LINE[part] * (asked / self._whole) ** 1.5 * (0.45 + 0.55 * said)
        typed = _TYPED * _LINE[part] if self._query.stems == set(line) else 0.0
        return _Line(value, frozenset(worths), start, typed)

    def _adds(self, units: Iterable[int]) -> bool:
        return sum(self._units[number].rarity for number in units) >= 0.2 * self._whole


def quotation(prose: str, units: Sequence[Unit]) -> str:
    """The sentence of `prose` in which most of the query stands, cut to a readable length."""
    best, best_worth = "", 0
    for sentence in _SENTENCE_END.split(" ".join(prose.split())):
        stems = set(content_stems(sentence))
        worth = sum(unit.rarity for unit in units if stems & set(unit.terms))
        if worth > best_worth:
            best, best_worth = sentence, worth
    if len(best) <= _QUOTE:
        return best
    return best[: best.rfind(" ", 0, _QUOTE)] + " …"
