"""The nearest known word, counted as a child misspells: by ear, by doubling, by vowels.

Source of the distance: Damerau-Levenshtein in its restricted form (optimal string alignment),
with cheaper steps for the slips that are common.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from math import log2

from benchside.core.search.tokenise import STOP_WORDS

VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(
    frozenset(pair)
    for pair in ("ck", "cs", "sz", "kq", "iy", "fv", "gj", "mn", "ae", "ei", "ai", "ou", "eo", "ao")
)
_SOUNDS = (
    ("tch", "X"), ("sch", "sk"), ("ssion", "Sn"), ("tion", "Sn"), ("sion", "Sn"),
    ("cian", "Sn"), ("tian", "Sn"), ("shan", "Sn"), ("shun", "Sn"), ("shon", "Sn"),
    ("sci", "si"), ("sce", "se"), ("ch", "X"), ("sh", "S"), ("ph", "f"), ("gh", ""),
    ("kn", "n"), ("wr", "r"), ("wh", "w"), ("ck", "k"), ("qu", "kw"), ("dge", "j"), ("ps", "s"),
    ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("ge", "je"), ("gi", "ji"), ("x", "ks"),
    ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"),
)  # fmt: skip
_NEAREST_FEW = 60  # candidates measured letter by letter
_SHORTEST = 4  # shorter words are near to too many others


def sound(word: str) -> str:
    """How a word is heard, roughly: consonants only, but for a vowel at the start."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    out = ""
    for place, letter in enumerate(word):
        if letter in VOWELS or letter == "h":
            if place == 0:
                out += "A"
        elif not out.endswith(letter):
            out += letter
    return out.replace("X", "k")  # "kemist" is heard as "chemist" is written


def _insert(letter: str, before: str) -> float:
    if letter == before:
        return 0.4  # a doubled letter
    return 0.6 if letter in VOWELS or letter == "h" else 1.0


def _swap(a: str, b: str) -> float:
    if frozenset((a, b)) in _ALIKE:
        return 0.5
    return 0.7 if a in VOWELS and b in VOWELS else 1.0


def distance(typed: str, meant: str, most: float) -> float:
    """Slips between two words; as soon as it must be more than `most`, infinity."""
    two_ago: list[float] = []
    above = [0.0]
    for place, letter in enumerate(meant):
        above.append(above[-1] + _insert(letter, meant[place - 1] if place else ""))
    for i, a in enumerate(typed, 1):
        before = typed[i - 2] if i > 1 else ""
        row = [above[0] + _insert(a, before)]
        for j, b in enumerate(meant, 1):
            if a == b:
                best = above[j - 1]
            else:
                best = min(
                    above[j] + _insert(a, before),
                    row[j - 1] + _insert(b, meant[j - 2] if j > 1 else ""),
                    above[j - 1] + _swap(a, b),
                )
                if i > 1 and j > 1 and a == meant[j - 2] and before == b:
                    best = min(best, two_ago[j - 2] + 0.8)
            row.append(best)
        if min(row) > most:
            return float("inf")
        two_ago, above = above, row
    return above[-1] if above[-1] <= most else float("inf")


def allowed(length: int) -> float:
    """How many slips a word of this length may hold and still be recognised."""
    return 1.0 if length <= _SHORTEST else 1.3 if length <= 6 else 2.0 if length <= 9 else 2.6


def _trigrams(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


class Speller:
    """Finds among `words` (word to how often it is used) the one a slip was made in."""

    def __init__(self, words: dict[str, int]) -> None:
        self._uses = {
            word: uses
            for word, uses in words.items()
            if len(word) >= _SHORTEST and word.isalpha() and word not in STOP_WORDS
        }

    @cached_property
    def _by_trigram(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        for word in self._uses:
            for trigram in _trigrams(word):
                table[trigram].append(word)
        return table

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = defaultdict(list)
        for word in self._uses:
            table[sound(word)].append(word)
        return table

    def nearest(self, typed: str) -> str | None:
        """The word that was most likely meant, or None when none is near enough."""
        if len(typed) < _SHORTEST or not typed.isalpha():
            return None
        heard = sound(typed)
        alike = self._by_sound.get(heard, ()) if len(heard) > 1 else ()
        scored = [
            (found, word)
            for word in {*self._candidates(typed), *alike}
            if (found := self._likelihood(typed, word, word in alike)) is not None
        ]
        return min(scored)[1] if scored else None

    def _candidates(self, typed: str) -> Iterable[str]:
        shared: Counter[str] = Counter()
        for trigram in _trigrams(typed):
            shared.update(self._by_trigram.get(trigram, ()))
        # Measured against both lengths, so that long words do not crowd out the near ones.
        ranked = sorted(
            shared, key=lambda word: (-shared[word] / (len(typed) + len(word)), len(word), word)
        )
        return ranked[:_NEAREST_FEW]

    def _likelihood(self, typed: str, word: str, heard_alike: bool) -> float | None:
        most = allowed(len(typed)) + (1.4 if heard_alike else 0.0)
        slips = distance(typed, word, most)
        if slips == float("inf"):
            return None
        if typed[0] != word[0] and not heard_alike:
            slips += 0.5
            if slips > most:
                return None
        return slips - (0.6 if heard_alike else 0.0) - 0.1 * log2(1 + self._uses[word])

    def parted(self, typed: str) -> tuple[str, str] | None:
        """Two known words written as one: "gamestester"."""
        halves = [
            (typed[:cut], typed[cut:])
            for cut in range(4, len(typed) - 3)
            if typed[:cut] in self._uses and typed[cut:] in self._uses
        ]
        return max(halves, key=lambda pair: sum(map(self._uses.__getitem__, pair)), default=None)
