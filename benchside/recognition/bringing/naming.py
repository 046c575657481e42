"""Names as spreadsheets sort them, and write them large, put as people write them. No Django here.

Only what is safe is changed: a word in which a small letter stands was written so by somebody.
"""

import re
from collections.abc import Iterable

# Beside a comma or at the end these are no names, and stay as they are.
AFTER_NAMES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "esq", "obe", "mbe", "cbe", "bem", "phd", "bsc", "msc", "frs"}
)
# Whether these are written large, each family decides.
PARTICLES = frozenset(
    {"van", "von", "der", "den", "ten", "ter", "de", "la", "le", "du", "di", "da", "dos", "el",
     "al", "bin", "ibn"}
)  # fmt: skip
LEAST = 3  # letters of a first name: JP is two, and AMY is one
LARGE = re.compile(r"(Mc|MC|Mac|[OD]['’])?([^\W\d_]{2,})")


def is_surname_first(name: str) -> bool:
    """Whether it is written "O’Brien, Séan"."""
    last, _, first = name.partition(",")
    words = set(first.casefold().replace(".", "").split())
    return bool(last.strip() and words) and "," not in first and not words & AFTER_NAMES


def turned(name: str) -> str:
    """ "O’Brien, Séan" is "Séan O’Brien"; others stay."""
    last, _, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if is_surname_first(name) else name


def is_large(name: str) -> bool:
    """Whether a word of it stands in capitals where names have small letters."""
    words = name.replace(",", " ").split()
    return _small(words, LEAST) != words


def mended(name: str) -> str:
    """First names first, and no word in capitals where it is safe to write it otherwise."""
    last, _, first = name.partition(",")
    if is_surname_first(name):
        given, family = first.split(), last.split()
    else:
        given, family = name.split(), []
    if PARTICLES & {word.casefold() for word in (*given, *family)}:
        return turned(name)
    return " ".join([*_small(given, LEAST), *_small(family, 2)])


def _small(words: Iterable[str], least: int) -> list[str]:
    return [
        "-".join(map(_part, word.split("-"))) if sum(map(str.isalpha, word)) >= least else word
        for word in words
    ]


def _part(word: str) -> str:
    """O'BRIEN as O'Brien, McDONALD as McDonald; what is no such word stays."""
    found = LARGE.fullmatch(word)
    if not found or not found[2].isupper() or word.casefold() in AFTER_NAMES:
        return word
    return f"{(found[1] or '').capitalize()}{found[2].capitalize()}"
