"""Which of the candidates answers a query best, and why, in plain words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from benchside.core.search.documents import FULL, Part
from benchside.core.search.tokenise import content_stems
from benchside.core.search.understand import ITSELF, Query, Unit

# How much a line of this part is worth when the whole query stands in it.
_LINE = {Part.TITLE: 1.2, Part.NAME: 1.05, Part.PHRASE: 1.0, Part.SENTENCE: 0.55, Part.TERM: 0.4}
_REASONS = 2  # at most so many, joined
_LEAST_SHARE = 0.45  # of the meaning, to be an answer beside one that has all of it
_LEAST_SCORE = 0.12  # of the best one's
_QUOTE = 110  # characters of prose
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document as the index returns it.

    base   adds up weight x worth x rarity of the units
    stems  its lines as `documents.packed_lines` writes them for searching
    """

    id: int
    base: int
    boost: int
    title: str
    stems: str
    matched: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document answers: one of its lines, or a fact in the words of the query."""

    line: int = -1
    says: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """No reasons: nothing but its prose says why, so quote from there."""

    candidate: Candidate
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    value: float
    units: frozenset[int]
    start: int


class Judge:
    """Ranks the candidates for one query."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._units = query.units
        self._by_stem: dict[str, list[tuple[int, float]]] = {}
        for number, unit in enumerate(query.units):
            for term, worth in unit.terms.items():
                self._by_stem.setdefault(term, []).append((number, worth / ITSELF))
        self._spaced = {term: f" {term} " for term in self._by_stem}

    @cached_property
    def _whole(self) -> int:
        return sum(unit.rarity for unit in self._units)

    def rank(self, candidates: Iterable[Candidate]) -> list[Judged]:
        """The answers, best first. What lacks a `must`, or most of the meaning, is none."""
        musts = {number for number, unit in enumerate(self._units) if unit.must}
        shares = [
            (self._share(candidate), candidate)
            for candidate in candidates
            if musts <= candidate.matched
        ]
        least = _LEAST_SHARE * max((share for share, _ in shares), default=0.0)
        judged = [self._judge(candidate) for share, candidate in shares if share >= least]
        least = _LEAST_SCORE * max((found.score for found in judged), default=0.0)
        kept = [found for found in judged if found.score >= least]
        kept.sort(key=lambda found: (-found.score, found.candidate.title, found.candidate.id))
        return kept

    def _share(self, candidate: Candidate) -> float:
        """How much of the query's meaning is in the document at all, 0 to 1."""
        return sum(self._units[number].rarity for number in candidate.matched) / self._whole

    def _judge(self, candidate: Candidate) -> Judged:
        base = candidate.base / (self._whole * FULL * ITSELF)
        lines = sorted(self._lines(candidate.stems), key=lambda line: (-line.value, line.start))
        best = lines[0].value if lines else 0.0
        score = self._share(candidate) ** 1.5 * (base + best) * (1 + candidate.boost / 100)
        return Judged(candidate, round(score, 6), self._reasons(candidate, lines))

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
            for number, worth in self._by_stem[term]:
                worths[number] = max(worth, worths.get(number, 0.0))
        part, *line = stems[start:].partition("\n")[0].split()
        known = sum(stem in self._query.stems for stem in line)
        asked = sum(self._units[number].rarity * worth for number, worth in worths.items())
        said = max(known, len(worths)) / len(line)
        value = _LINE[Part(int(part))] * (asked / self._whole) ** 1.5 * (0.45 + 0.55 * said)
        return _Line(value, frozenset(worths), start)

    def _reasons(self, candidate: Candidate, lines: Sequence[_Line]) -> tuple[Reason, ...]:
        """The fewest lines that show what of the query was found."""
        missing = set(candidate.matched)
        reasons: list[Reason] = []
        for line in lines:
            new = line.units & missing
            if len(reasons) < _REASONS and new and self._adds(new):
                reasons.append(Reason(line=candidate.stems.count("\n", 0, line.start)))
                missing -= line.units
        says = (self._units[number].says for number in sorted(missing))
        return (*reasons, *(Reason(says=text) for text in says if text))

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
