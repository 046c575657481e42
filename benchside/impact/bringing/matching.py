"""Which action a line speaks of: one that is there already, or a new one. No Django in here.

By the file's own code where it has one, else by the words. Scores run from 0 to 1: words weigh by
how rare they are among all compared, so that "technicians" and "review" say little; spelling is
looked at besides. The thresholds were measured on made-up variants (tests/impact/bringing).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from benchside.impact.bringing.plain import plain

SAME = 0.78  # as good as told
MAYBE = 0.5  # a person is asked
MARGIN = 0.08  # how far the best must be ahead of the second
DIFFERENT = 0.25  # a code that fits words so unlike is doubted
_STOP = """a an and the of to for in on by with at as be is are all our we will from into or"""
STOP = frozenset(_STOP.split())
_ENDINGS = """isation ations ation ments ment ingly ings ing ies ied ised ise ers er ed es s ly"""
ENDINGS = tuple(_ENDINGS.split())


@dataclass(frozen=True)
class Candidate:
    """Something a line may be the same as: an action by its words (as files had them, and as they
    are now) and by the codes it goes by."""

    key: str
    titles: tuple[str, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """`key` is empty for a new action; `near` are those it may be, when it is in doubt."""

    key: str = ""
    score: float = 0.0
    doubt: str = ""
    near: tuple[str, ...] = ()


def stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def terms(text: str) -> Counter[str]:
    return Counter(stem(word) for word in plain(text).split() if word not in STOP)


class Matcher:
    """Compares lines with candidates; rarity is counted over both."""

    def __init__(self, candidates: Sequence[Candidate], others: Iterable[str] = ()) -> None:
        self.candidates = candidates
        self.by_code: dict[str, list[Candidate]] = {}
        for one in candidates:
            for code in {plain(code) for code in one.codes if code}:
                self.by_code.setdefault(code, []).append(one)
        named = (title for one in candidates for title in one.titles)
        texts = [terms(text) for text in (*named, *others)]
        self.vectors: dict[str, dict[str, float]] = {}
        self.count = max(len(texts), 1)
        self.seen = Counter(term for text in texts for term in text)

    def score(self, text: str, candidate: Candidate) -> float:
        return max((self.likeness(text, title) for title in candidate.titles), default=0.0)

    def likeness(self, text: str, title: str) -> float:
        one, other = plain(text), plain(title)
        if one == other:
            return 1.0
        words = _cosine(self._vector(one), self._vector(other))
        letters = SequenceMatcher(None, one, other, autojunk=False).ratio() if words > 0.15 else 0.0
        return min(max(words, 0.5 * words + 0.5 * letters), 0.99)

    def ranked(self, text: str) -> list[tuple[float, Candidate]]:
        found = [(self.score(text, one), one) for one in self.candidates]
        return sorted(found, key=lambda one: (-one[0], one[1].key))

    def match(self, title: str, code: str = "") -> Match:
        """What a line is, by itself; `assign` sees to it that no two lines take one action."""
        if code and len(named := self.by_code.get(plain(code), [])) == 1:
            one = named[0]
            score = self.score(title, one)
            if score >= DIFFERENT:
                return Match(one.key, max(score, SAME))
            why = f"Its code {code} was that of another action: the words differ."
            return Match("", score, why, (one.key,))
        ranked = self.ranked(title)
        if not ranked or ranked[0][0] < MAYBE:
            return Match("", ranked[0][0] if ranked else 0.0)
        (best, one), second = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
        if best == 1.0 and second < 1.0:
            return Match(one.key, best)
        if best >= SAME and best - second >= MARGIN:
            return Match(one.key, best)
        near = tuple(other.key for score, other in ranked[:3] if score >= MAYBE)
        return Match("", best, "It reads much like an action that is there.", near)

    def _vector(self, text: str) -> dict[str, float]:
        if text in self.vectors:
            return self.vectors[text]
        self.vectors[text] = made = {
            term: (1 + math.log(times)) * (math.log((1 + self.count) / (1 + self.seen[term])) + 1)
            for term, times in terms(text).items()
        }
        return made


def assign(matches: Mapping[str, Match]) -> dict[str, Match]:
    """Of several lines that take one action the best keeps it; the others are in doubt."""
    taken: dict[str, str] = {}
    for line, match in sorted(matches.items(), key=lambda one: -one[1].score):
        if match.key:
            taken.setdefault(match.key, line)
    return {
        line: match
        if not match.key or taken[match.key] == line
        else Match(
            "", match.score, "Another row is nearer to the action it reads like.", (match.key,)
        )
        for line, match in matches.items()
    }


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    dot = sum(weight * other[term] for term, weight in one.items() if term in other)
    size = math.sqrt(sum(x * x for x in one.values()) * sum(x * x for x in other.values()))
    return dot / size if size else 0.0
