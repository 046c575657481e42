"""What a room hands in to be found, and how much each of its words weighs."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

from benchside.core.search.tokenise import (
    MOST_CHARACTERS,
    STOP_WORDS,
    content_stems,
    stem,
    words_and_compounds,
)

VERSION = 1  # of the weights and of what a word is: raise it, and all is written again
FULL = 1000  # the weight of a word that a document is about and nothing else
TAG = 500  # the weight of a fact; all documents with the fact weigh the same
_HALF = 8.0  # as heavy as this, a word has half the full weight


class Part(IntEnum):
    """Where in a document a word stands."""

    TITLE = 1
    NAME = 2
    PHRASE = 3
    SENTENCE = 4
    TERM = 5
    PROSE = 6


# How heavy one mention is there, and how many words such a part usually has: in a longer one
# each word tells less.
_HEAVY = {
    Part.TITLE: (10.0, 3),
    Part.NAME: (7.0, 20),
    Part.PHRASE: (7.0, 30),
    Part.SENTENCE: (4.0, 18),
    Part.TERM: (2.5, 30),
    Part.PROSE: (0.8, 450),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A short text that can be the reason for a hit; shown as "label: text"."""

    part: Part
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Something to be found.

    tags   facts in the form "name=value", which a thesaurus may ask for; never shown
    prose  long text, searched with little weight, quoted by the sentence
    boost  hundredths by which it goes before its equals, -50 to 50
    """

    kind: str
    key: str
    title: str
    url: str
    summary: str = ""
    number: int | None = None
    lines: tuple[Line, ...] = ()
    tags: frozenset[str] = frozenset()
    prose: str = ""
    boost: int = 0

    @property
    def id(self) -> int:
        return document_id(self.kind, self.key)

    @property
    def digest(self) -> str:
        """Tells whether what the index holds of it is what it would be written as now."""
        told = (VERSION, *(getattr(self, name) for name in _TOLD), sorted(self.tags))
        return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()

    def all_lines(self) -> list[Line]:
        return [Line(Part.TITLE, "", self.title), *self.lines]


_TOLD = [each.name for each in fields(Document) if each.name != "tags"]


def document_id(kind: str, key: str) -> int:
    """63 bits of kind and key: known without asking, and the same in every database."""
    digest = hashlib.blake2b(f"{kind}\0{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def tag_term(tag: str) -> str:
    """As what a tag stands in the index; no word can begin like it."""
    return f"={tag}"


def packed_lines(lines: Sequence[Line]) -> tuple[str, str]:
    """What is shown of the lines and what is searched in them, each a line of text.

    In plain text the few lines that hold a stem are found much faster than by taking all apart.
    """
    shown = (f"{_one_line(line.label)}\t{_one_line(line.text)}" for line in lines)
    stems = (f"{line.part:d} {' '.join(content_stems(line.text))} " for line in lines)
    return "\n".join(shown), "\n".join(stems)


def unpacked_line(shown: str) -> tuple[str, str]:
    """(label, text) of one such line."""
    label, _, text = shown.partition("\t")
    return label, text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def words_of(texts: Iterable[str], tags: Iterable[str]) -> set[str]:
    """Every word of a document as it is written, and its tags, for the vocabulary."""
    found = {word for text in texts for word in words_and_compounds(text)}
    return found.union(map(tag_term, tags))


def _terms(part: Part, text: str) -> Iterator[str]:
    """Stop words count in a title only: somebody may look for the page "About"."""
    for word in words_and_compounds(text):
        if part == Part.TITLE or word not in STOP_WORDS:
            yield stem(word)


def weigh(document: Document) -> dict[str, int]:
    """Term to weight, 1 to FULL, for every term of the document."""
    counts: dict[Part, Counter[str]] = {part: Counter() for part in Part}
    for line in document.all_lines():
        counts[line.part].update(_terms(line.part, line.text))
    counts[Part.PROSE].update(_terms(Part.PROSE, document.prose))
    heavy: defaultdict[str, float] = defaultdict(float)
    for part, terms in counts.items():
        mention, usual = _HEAVY[part]
        factor = mention / (0.7 + 0.3 * terms.total() / usual)
        for term, count in terms.items():
            heavy[term] += factor * (1 + 0.3 * (min(count, 6) - 1))
    weights = {
        term[:MOST_CHARACTERS]: max(1, round(FULL * value / (value + _HALF)))
        for term, value in heavy.items()
    }
    return weights | {tag_term(tag): TAG for tag in document.tags}
