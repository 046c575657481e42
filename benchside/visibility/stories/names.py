"""Names that a story must not tell: which words they are, and where they stand. No Django here.

Somebody who shows a first name, or no name at all, signs with the whole of it. What is signed and
not shown may stand nowhere a reader, a machine or an address could find it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Parts of names that are words of every text: "van", "de", "Mr". Initials are too short to tell.
COMMON = frozenset(
    {"al", "and", "bin", "da", "de", "der", "di", "dos", "dr", "el", "la", "le", "mac", "miss"}
    | {"mr", "mrs", "ms", "mx", "prof", "the", "van", "von"}
)
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Leak:
    """A word of a hidden name in a text. A plain one is written as the name is, with a capital or
    in an address; one that is not plain may be another word, as in "Green" and a green lamp."""

    where: str
    word: str
    is_plain: bool


def hidden_words(signed: Iterable[str], shown: str) -> frozenset[str]:
    """Words of the names signed that are not part of the name shown, folded."""
    told = set(_folded_words(shown))
    words = {word for name in signed for word in _folded_words(name)}
    return frozenset(word for word in words - told - COMMON if len(word) >= SHORTEST)


def leaks(texts: Mapping[str, str], hidden: frozenset[str]) -> Iterator[Leak]:
    """Every hidden word in these texts, by the place each text stands at. A word is found whole,
    whatever its accents, also inside an address, a file name or between underlines."""
    for where, text in texts.items():
        for found in _words(text):
            if hit := _hit(found, hidden):
                yield Leak(where, found, is_plain=not hit.islower() or _is_machine(text))


def _hit(found: str, hidden: frozenset[str]) -> str:
    """The word as written, when it or a part of it before an apostrophe is hidden."""
    parts = [found, *re.split("['’]", found)]
    return next((part for part in parts if fold(part) in hidden), "")


def _is_machine(text: str) -> bool:
    """An address or a file name, in which every letter is small."""
    return " " not in text and bool(re.search(r"[-_./]", text))


def _folded_words(name: str) -> list[str]:
    whole = _words(name)
    parts = [part for word in whole for part in re.split("['’]", word)]
    return [fold(word) for word in [*whole, *parts] if word]


def _words(text: str) -> list[str]:
    return WORD.findall(_without_accents(text.replace("_", " ")))


def fold(word: str) -> str:
    return _without_accents(word).casefold()


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
