"""What people call things, read from plain data: words that say nothing here, words that mean
the same, and ways of asking that stand for a fact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchside.core.search.tokenise import NEGATIONS, NOT, STOP_WORDS, stem, words

_KEYS = {"ignore", "same", "also", "concept"}
_CONCEPT_KEYS = {"says", "ask", "tags", "words", "must"}


class BadThesaurus(ValueError):  # noqa: N818
    """A file that cannot be read as one: says where and what to write instead."""


@dataclass(frozen=True, slots=True)
class Concept:
    """Something people ask for in many ways.

    says   how the site puts it back to them, and why a document answers
    tags   facts that answer it
    terms  stems that answer it nearly as well
    must   True: what lacks it is no answer, whatever else fits ("no degree")
    """

    says: str
    tags: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    must: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a query: telling words carry the meaning, `negated` ones are not wanted."""

    word: str
    stem: str
    telling: bool
    place: int


@dataclass(frozen=True)
class Thesaurus:
    ignore: frozenset[str] = frozenset()
    same: Mapping[str, frozenset[str]] = field(default_factory=dict)
    asked: Mapping[str, Sequence[tuple[tuple[str, ...], Concept]]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def tokens(self, query_words: Iterable[str]) -> list[Token]:
        """Each word with its stem and whether it tells anything."""
        found = []
        for place, word in enumerate(query_words):
            is_not = word in NEGATIONS
            base = NOT if is_not else stem(word)
            telling = is_not or not (word in STOP_WORDS or base in self.ignore)
            found.append(Token(word, base, telling, place))
        return found

    def readings(self, tokens: Sequence[Token]) -> list[tuple[Concept | None, tuple[Token, ...]]]:
        """The telling words in order, together where they ask for a concept, the longest
        wording first. A reading that is no concept and begins with NOT is not wanted."""
        found: list[tuple[Concept | None, tuple[Token, ...]]] = []
        rest = tuple(tokens)
        while rest:
            concept, length = self._at(rest, alone=len(rest) == len(tokens))
            if concept or rest[0].telling:
                found.append((concept, rest[:length]))
            rest = rest[length:]
        return found

    def _at(self, tokens: Sequence[Token], alone: bool = False) -> tuple[Concept | None, int]:
        """The concept that the first words ask for, and how many words that takes."""
        for wording, concept in self.asked.get(tokens[0].stem, ()):
            length = _spoken(wording, tokens)
            # "it" means computers only where nothing else is said.
            is_small = length == 1 and not tokens[0].telling
            if length and (not is_small or (alone and len(tokens) == 1)):
                return concept, length
        if tokens[0].stem == NOT and len(tokens) > 1:
            return None, 1 + self._not_wanted(tokens[1:])  # "not acting": not asked for
        return None, 1

    def _not_wanted(self, tokens: Sequence[Token]) -> int:
        """How many words the thing that is not wanted takes: small words, then one reading."""
        small = next((place for place, token in enumerate(tokens) if token.telling), None)
        return len(tokens) if small is None else small + self._at(tokens[small:])[1]


def _spoken(wording: Sequence[str], tokens: Sequence[Token]) -> int:
    """How many of the first words say this wording; 0 when they do not. Small words may stand
    between its words, and after NOT one other: "not [sitting in an] office"."""
    others = 1 if wording[0] == NOT else 0
    place = 0
    for expected in wording:
        while place < len(tokens) and tokens[place].stem != expected:
            if place == 0 or (tokens[place].telling and not others):
                return 0
            others -= tokens[place].telling
            place += 1
        if place == len(tokens):
            return 0
        place += 1
    return place


def join(parts: Iterable[Thesaurus]) -> Thesaurus:
    """One thesaurus out of what each room says."""
    ignore: set[str] = set()
    known: set[str] = set()
    same: dict[str, frozenset[str]] = {}
    asked: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}
    for part in parts:
        ignore |= part.ignore
        known |= part.words
        for term, others in part.same.items():
            same[term] = same.get(term, frozenset()) | others
        for first, wordings in part.asked.items():
            asked.setdefault(first, []).extend(wordings)
    for wordings in asked.values():
        wordings.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return Thesaurus(frozenset(ignore), same, asked, frozenset(known))


def read(data: Mapping[str, Any], name: str) -> Thesaurus:
    """Build a thesaurus from parsed TOML. Raises BadThesaurus, naming entry and remedy."""
    _only(data, _KEYS, name)
    ignore = frozenset(stem(word) for text in data.get("ignore", ()) for word in words(text))
    same = _same(data, name)
    asked: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}
    bare = Thesaurus(ignore=ignore)
    known: set[str] = set()
    for number, entry in enumerate(data.get("concept", ()), 1):
        where = f"{name}, concept {number}"
        concept = _concept(entry, where)
        for text in entry["ask"]:
            tokens = bare.tokens(words(text))
            known.update(token.word for token in tokens)
            wording = tuple(token.stem for token in tokens)
            if not wording or wording == (NOT,):
                raise BadThesaurus(f"{where}: {text!r} says too little; add a word.")
            asked.setdefault(wording[0], []).append((wording, concept))
    for texts in (*data.get("same", ()), *data.get("also", {}).values(), data.get("also", {})):
        known.update(word for text in texts for word in words(text))
    return Thesaurus(ignore, same, asked, frozenset(known))


def _only(entry: Mapping[str, Any], keys: set[str], where: str) -> None:
    unknown = ", ".join(sorted(set(entry) - keys))
    if unknown:
        raise BadThesaurus(f"{where}: {unknown} is not known; use {', '.join(sorted(keys))}.")


def _concept(entry: Mapping[str, Any], where: str) -> Concept:
    _only(entry, _CONCEPT_KEYS, where)
    if not entry.get("says") or not entry.get("ask"):
        raise BadThesaurus(f"{where}: give it `says`, one phrase, and `ask`, a list of wordings.")
    tags, texts = tuple(entry.get("tags", ())), entry.get("words", ())
    if not tags and not texts:
        raise BadThesaurus(f"{where}: give it `tags` or `words` that answer it.")
    terms = tuple(dict.fromkeys(stem(word) for text in texts for word in words(text)))
    return Concept(entry["says"], tags, terms, bool(entry.get("must", False)))


def _same(data: Mapping[str, Any], name: str) -> dict[str, frozenset[str]]:
    """`same`: lists whose words stand for each other; `also`: one way only."""
    table: dict[str, frozenset[str]] = {}
    for group in data.get("same", ()):
        stems = {stem(_one_word(text, name)) for text in group}
        for term in stems:
            table[term] = table.get(term, frozenset()) | stems - {term}
    for text, group in data.get("also", {}).items():
        term = stem(_one_word(text, name))
        others = {stem(_one_word(other, name)) for other in group}
        table[term] = table.get(term, frozenset()) | others - {term}
    return table


def _one_word(text: str, name: str) -> str:
    found = words(text)
    if len(found) != 1:
        raise BadThesaurus(f"{name}: {text!r} must be one word; a phrase goes into a concept.")
    return found[0]
