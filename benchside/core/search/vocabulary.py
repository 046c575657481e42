"""Every word the index holds: how common it is, what begins like it, what is spelt like it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import log

from benchside.core.search.spell import Speller

FULL_RARITY = 100  # of a unit that is e times rarer than everything


class Vocabulary:
    """`rows` are (word, stem, number of documents it is written in); tags are their own stem."""

    def __init__(self, rows: Iterable[tuple[str, str, int]], documents: int) -> None:
        self.documents = documents
        self._uses: dict[str, int] = {}
        self._stems: dict[str, str] = {}
        stems: Counter[str] = Counter()
        for word, stem, uses in rows:
            self._uses[word] = uses
            self._stems[word] = stem
            stems[stem] += uses
        self._stem_uses: Mapping[str, int] = stems

    def __len__(self) -> int:
        return len(self._uses)

    def has(self, stem: str) -> bool:
        return stem in self._stem_uses

    def has_word(self, word: str) -> bool:
        return word in self._uses

    def stem(self, word: str) -> str:
        return self._stems[word]

    def uses(self, stem: str) -> int:
        """In how many documents it is; one with two forms of a word is counted twice."""
        return self._stem_uses.get(stem, 0)

    def rarity(self, stems: Iterable[str]) -> int:
        """How telling it is that one of `stems` is there (Robertson's idf, in hundredths)."""
        holding = min(self.documents, sum(map(self.uses, set(stems))))
        return round(FULL_RARITY * log(1 + (self.documents - holding + 0.5) / (holding + 0.5)))

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(word for word in self._uses if not word.startswith("="))

    def beginning(self, with_: str, most: int) -> list[str]:
        """The commonest words that begin like this, at most so many."""
        start = bisect_left(self._in_order, with_)
        found = []
        for word in self._in_order[start : start + 2_000]:
            if not word.startswith(with_):
                break
            found.append(word)
        return sorted(found, key=lambda word: (-self._uses[word], word))[:most]

    @cached_property
    def speller(self) -> Speller:
        return Speller(self._uses)
