"""Finding a school, a university or an institute among tens of thousands. No Django.

The whole list is held in memory, words pointing at places. A query's words are each matched as a
whole word, else as the beginning of one, else as a misspelling; places that answer more of the
words come first, then those whose rarer words were hit, in the name rather than elsewhere.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from math import log
from typing import NamedTuple

from benchside.core.search.spell import Speller
from benchside.core.search.tokenise import fold, words

# Ways to write one thing. The right-hand word is the one that is kept.
_SAME = {"saint": "st", "ce": "cofe", "rc": "catholic", "univ": "university", "uni": "university"}
_SHORTEST_BEGINNING = 2
_MOST_BEGUN = 400  # words that begin so; a single letter begins thousands
_COMMON = 2_000  # places: what is commoner only ranks what a rarer word has found
_IN_NAME, _ELSEWHERE = 1.0, 0.75
_WHOLE, _BEGUN, _SLIP = 1.0, 0.7, 0.55
_PRECISE = 1_000_000
_LONGEST = 200  # letters of a query
_MOST_WORDS = 12


class Place(NamedTuple):
    """What is searched of a place. `rest` is other names, town, region, postcode, numbers."""

    id: int
    group: str
    name: str
    rest: str


class Match(NamedTuple):
    """A query word as it was understood: the places, and how well they answer it."""

    typed: str
    strength: dict[int, float]
    read_as: str = ""


class Answer(NamedTuple):
    """`ids` of places, best first. `read_as` is the query with slips mended, empty without any."""

    ids: list[int]
    total: int
    read_as: str


def tokens(text: str) -> list[str]:
    """Words as they are looked up, in order. "St Mary's C of E" gives st, marys, cofe."""
    plain = fold(text.replace("’s", "s").replace("'s", "s"))
    plain = f" {plain} ".replace(" c of e ", " cofe ").replace(" c.e. ", " cofe ")
    return [_SAME.get(word, word) for word in words(plain)]


def _all_forms(text: str) -> set[str]:
    """Both "marys" and "mary" for "Mary's": people type either."""
    found = set(tokens(text))
    if "'" in text or "’" in text:
        found.update(_SAME.get(word, word) for word in words(text))
    return found


class PlaceIndex:
    """Built once from all places; then asked from any thread."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._ids = array("q")
        self._groups: list[str] = []
        in_name: dict[str, array[int]] = defaultdict(lambda: array("i"))
        elsewhere: dict[str, array[int]] = defaultdict(lambda: array("i"))
        # Short names first: of places that answer as well, the shorter name is the likelier.
        for at, place in enumerate(sorted(places, key=lambda each: (len(each.name), each.name))):
            self._ids.append(place.id)
            self._groups.append(place.group)
            named = _all_forms(place.name)
            for word in named:
                in_name[word].append(at)
            for word in _all_forms(place.rest) - named:
                elsewhere[word].append(at)
        self._in_name, self._elsewhere = dict(in_name), dict(elsewhere)
        self._words = sorted({*in_name, *elsewhere})
        uses = {word: self._uses(word) for word in self._words}
        self._speller = Speller(uses)
        self._speller.nearest("warmup")  # its tables are made when first asked

    def __len__(self) -> int:
        return len(self._ids)

    def find(self, typed: str, *, groups: Collection[str] = (), limit: int = 20) -> Answer:
        """The nearest places. `groups` narrows to some lists; none means all of them."""
        asked = list(dict.fromkeys(tokens(typed[:_LONGEST])))[:_MOST_WORDS]
        matches = [self._match(word, at == len(asked) - 1) for at, word in enumerate(asked)]
        scores, covered = self._add_up([match for match in matches if match.strength])
        wanted = [at for at in scores if self._groups[at] in groups] if groups else scores
        most = max((covered[at] for at in wanted), default=0) if len(asked) > 1 else 1
        best = [at for at in wanted if covered[at] == most] if most > 1 else list(wanted)
        # One whole number orders by score, then by place, and gives the place back as what is
        # left over: "school" alone finds 17,000, and plain numbers sort at once.
        places = len(self._ids)
        ranks = sorted([at - int(scores[at] * _PRECISE) * places for at in best])
        nearest = [self._ids[rank % places] for rank in ranks[:limit]]
        return Answer(nearest, len(best), _read_as(matches))

    # --- one word -------------------------------------------------------------------------------
    def _match(self, word: str, is_last: bool) -> Match:
        """The last word may be half typed; an earlier one is taken so only if it is no word."""
        strength: dict[int, float] = {}
        is_known = word in self._in_name or word in self._elsewhere
        if is_known:
            self._take(word, _WHOLE, strength)
        if not is_known or is_last:
            for begun in self._beginning_with(word):
                if begun != word:
                    self._take(begun, _BEGUN, strength)
        if strength:
            return Match(word, strength)
        meant = self._speller.nearest(word)
        if meant is None:
            return Match(word, strength)
        self._take(meant, _SLIP, strength)
        return Match(word, strength, read_as=meant)

    def _take(self, word: str, quality: float, strength: dict[int, float]) -> None:
        for table, field in ((self._in_name, _IN_NAME), (self._elsewhere, _ELSEWHERE)):
            worth = quality * field
            if not strength:
                strength.update(dict.fromkeys(table.get(word, ()), worth))
                continue
            for at in table.get(word, ()):
                if worth > strength.get(at, 0):
                    strength[at] = worth

    def _beginning_with(self, word: str) -> Sequence[str]:
        if len(word) < _SHORTEST_BEGINNING:
            return ()
        start = bisect_left(self._words, word)
        end = bisect_left(self._words, word + "\U0010ffff", lo=start)
        return self._words[start : min(end, start + _MOST_BEGUN)]

    def _uses(self, word: str) -> int:
        return len(self._in_name.get(word, ())) + len(self._elsewhere.get(word, ()))

    # --- all words ------------------------------------------------------------------------------
    def _add_up(self, matches: list[Match]) -> tuple[dict[int, float], dict[int, int]]:
        if not matches:
            return {}, {}
        rarest, *others = sorted(matches, key=lambda each: len(each.strength))
        rarity = log(1 + len(self._ids) / len(rarest.strength))
        scores = {at: strength * rarity for at, strength in rarest.strength.items()}
        covered = dict.fromkeys(scores, 1)
        for match in others:
            rarity = log(1 + len(self._ids) / len(match.strength))
            if len(match.strength) > _COMMON:
                reached = [(at, match.strength[at]) for at in scores if at in match.strength]
            else:
                reached = list(match.strength.items())
            for at, strength in reached:
                scores[at] = scores.get(at, 0.0) + strength * rarity
                covered[at] = covered.get(at, 0) + 1
        return scores, covered


def _read_as(matches: list[Match]) -> str:
    if not any(match.read_as for match in matches):
        return ""
    return " ".join(match.read_as or match.typed for match in matches)
