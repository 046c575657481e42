"""How a registrar's desk searches its lists: by a part of a name or number, whatever the accents,
apostrophes and hyphens, as in the public look-up.

That one reads `NameKey`, which holds no entry that nobody may see, and no application. A desk has
to find those too, so the database looks through the names as they stand.
"""

import re
from collections.abc import Collection
from functools import cache, lru_cache

from django.db.models import Q

from benchside.recognition.entries.folding import APOSTROPHES, PARTICLES, fold, number_key

MOST_WORDS = 8
# Latin letters with accents, and those that Unicode does not take apart.
LATIN = [chr(one) for low, high in ((0xC0, 0x250), (0x1E00, 0x1F00)) for one in range(low, high)]
# What may stand between two letters though nobody types it: also accents as letters of their own.
UNTYPED = "".join(map(chr, sorted(APOSTROPHES))) + "‐‑‒–\u0300-\u036f"
LETTERED = re.compile(r"([a-z]+)(\d+)")


def having(words: str, names: Collection[str], numbers: Collection[str]) -> Q:
    """Whatever has every word in one of the columns `names`, or is meant by it in `numbers`."""
    found = Q()
    for word in words.split()[:MOST_WORDS]:
        found &= _named(word, names) | _numbered(word, numbers)
    return found


def _named(word: str, names: Collection[str]) -> Q:
    """As it was typed, or as it is folded."""
    found = Q()
    parts = fold(word).split()
    for column in names:
        found |= Q(**{f"{column}__icontains": word})
        if parts:
            found |= Q(**{f"{column}__iregex": f"[{UNTYPED} -]*".join(map(loosely, parts))})
    return found


def _numbered(word: str, numbers: Collection[str]) -> Q:
    """A whole number, whatever was typed between its letters and digits, without the zeros too."""
    found = Q()
    lettered = LETTERED.fullmatch(number_key(word))
    for column in numbers:
        found |= Q(**{f"{column}__iexact": word})
        if lettered:
            letters = "[^a-z0-9]*".join(lettered[1])
            whole = f"^{letters}[^a-z0-9]*0*{lettered[2].lstrip('0') or '0'}$"
            found |= Q(**{f"{column}__iregex": whole})
    return found


@lru_cache(maxsize=256)
def loosely(folded: str) -> str:
    """A pattern for a folded word: siobhan is in Siobhán, obrien in O’Brien and in O Brien."""
    written = _written()
    said: list[str] = []
    place = 0
    while place < len(folded):
        pair = folded[place : place + 2]
        one = _letter(pair[0])
        if len(pair) == 2 and pair in written:
            one = f"(?:{one}[{UNTYPED}-]*{_letter(pair[1])}|[{written[pair]}])"
            place += 1
        place += 1
        apart = " " if folded[:place] in PARTICLES else ""
        said.append(f"{one}[{UNTYPED}{apart}-]*")
    return "".join(said)


def _letter(letter: str) -> str:
    return f"[{letter}{_written().get(letter, '')}]"


@cache
def _written() -> dict[str, str]:
    """How a plain letter, or two (ae, ss), may be written: all that folds to it."""
    found: dict[str, str] = {}
    for letter in LATIN:
        if (plain := fold(letter)) != letter:
            found[plain] = found.get(plain, "") + letter
    return found
