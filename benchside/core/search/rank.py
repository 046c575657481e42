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
class IndexedLine:
    part: int
    label: str
    text: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document as the index returns it: `base` adds up weight x worth x rarity."""

    id: int
    base: int
    boost: int
    title: str
    lines: tuple[IndexedLine, ...]
    matched: frozenset[int]


@dataclass(frozen=True, slots=True)
class Judged:
    candidate: Candidate
    score: float
    reasons: tuple[str, ...]
    quote: bool  # nothing but its prose says why: quote from there


class Judge:
    """Ranks the candidates for one query."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._units = query.units
        self._by_stem: dict[str, list[tuple[int, float]]] = {}
        for number, unit in enumerate(query.units):
            for term, worth in unit.terms.items():
                self._by_stem.setdefault(term, []).append((number, worth / ITSELF))

    @cached_property
    def _whole(self) -> int:
        return sum(unit.rarity for unit in self._units)

    def rank(self, candidates: Iterable[Candidate]) -> list[Judged]:
        """The answers, best first. What lacks a `must`, or most of the meaning, is none."""
        candidates = self._having_the_musts(list(candidates))
        judged = [(self._share(candidate), self._judge(candidate)) for candidate in candidates]
        if not judged:
            return []
        best_share = max(share for share, _ in judged)
        best_score = max(found.score for _, found in judged)
        kept = [
            found
            for share, found in judged
            if share >= _LEAST_SHARE * best_share and found.score >= _LEAST_SCORE * best_score
        ]
        return sorted(
            kept, key=lambda found: (-found.score, found.candidate.title, found.candidate.id)
        )

    def _having_the_musts(self, candidates: list[Candidate]) -> list[Candidate]:
        musts = {number for number, unit in enumerate(self._units) if unit.must}
        return [candidate for candidate in candidates if musts <= candidate.matched]

    def _share(self, candidate: Candidate) -> float:
        """How much of the query's meaning is in the document at all, 0 to 1."""
        return sum(self._units[number].rarity for number in candidate.matched) / self._whole

    def _judge(self, candidate: Candidate) -> Judged:
        base = candidate.base / (self._whole * FULL * ITSELF)
        lines = sorted(
            ((self._line(line), line) for line in candidate.lines),
            key=lambda pair: (-pair[0][0], pair[1].part, pair[1].text),
        )
        best = lines[0][0][0] if lines else 0.0
        score = self._share(candidate) ** 1.5 * (base + best) * (1 + candidate.boost / 100)
        reasons, quote = self._reasons(candidate, [(units, line) for (_, units), line in lines])
        return Judged(candidate, round(score, 6), reasons, quote)

    def _line(self, line: IndexedLine) -> tuple[float, frozenset[int]]:
        """How well one line alone answers the query, and which units stand in it."""
        worths: dict[int, float] = {}
        known = 0
        for stem in line.stems:
            known += stem in self._query.stems
            for number, worth in self._by_stem.get(stem, ()):
                worths[number] = max(worth, worths.get(number, 0.0))
        if not worths:
            return 0.0, frozenset()
        asked = sum(self._units[number].rarity * worth for number, worth in worths.items())
        said = max(known, len(worths)) / len(line.stems)
        value = _LINE[Part(line.part)] * (asked / self._whole) ** 1.5 * (0.45 + 0.55 * said)
        return value, frozenset(worths)

    def _reasons(
        self, candidate: Candidate, lines: Sequence[tuple[frozenset[int], IndexedLine]]
    ) -> tuple[tuple[str, ...], bool]:
        """The fewest lines that show what of the query was found."""
        missing = set(candidate.matched)
        reasons: list[str] = []
        for units, line in lines:
            if len(reasons) < _REASONS and units & missing and self._adds(units & missing):
                reasons.append(f"{line.label}: {line.text}" if line.label else "")
                missing -= units
        for number in sorted(missing):
            if self._units[number].says:
                reasons.append(self._units[number].says)
                missing.discard(number)
        return tuple(reasons), not reasons

    def _adds(self, units: Iterable[int]) -> bool:
        return sum(self._units[number].rarity for number in units) >= 0.1 * self._whole


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
