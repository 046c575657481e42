"""Names of schools and employers: whether two are the same place, and how to take one out of words.

Plain values in and out, no Django. When in doubt two names are the same place: a judge too few
looks at an entry, never one too many.
"""

import re
import unicodedata

# Words that many places share: none of them makes two names the same place.
COMMON = frozenset(
    """
    academy and at church college community comprehensive county for free grammar girls boys high
    junior infant limited ltd lower middle of plc primary school schools secondary sixth form sir
    saint trust university upper centre city town new in co company group the a an technical
    science institute
    """.split()  # noqa: SIM905 - to be read as words
)
WORD = re.compile(r"[a-z0-9]+")
SAID_SHORT = {"st": "saint", "uni": "university", "coll": "college", "sch": "school"}
SMALL = frozenset({"the", "a", "an", "and", "of"})
STAND_IN = "our school"
BEHIND = "high|primary|secondary|school|college|academy|university"


def words_of(name: str) -> frozenset[str]:
    """The words of a name in one spelling: "The St. Anne's Sch" is "saint annes school"."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"['’`]", "", plain)
    return frozenset(SAID_SHORT.get(word, word) for word in WORD.findall(plain)) - SMALL


def key_of(name: str) -> str:
    """One spelling for one place, to count its entries by."""
    return " ".join(sorted(words_of(name)))


def is_same_place(one: str, other: str) -> bool:
    """Whether all words of the shorter name stand in the longer, one of them its own."""
    first, second = words_of(one), words_of(other)
    shorter = min(first, second, key=len)
    return bool(shorter - COMMON) and shorter <= first and shorter <= second


def masked(words: str, school: str) -> str:
    """The words without the name of the school, nor those of its words that are its own."""
    name = school.strip()
    left = re.sub(re.escape(name), STAND_IN, words, flags=re.I) if name else words
    for word in sorted(_own_words(name), key=len, reverse=True):
        left = re.sub(rf"\b{re.escape(word)}\b", STAND_IN, left, flags=re.I)
    return re.sub(rf"{STAND_IN}(\s+({STAND_IN}|{BEHIND})\b)+", STAND_IN, left, flags=re.I)


def _own_words(name: str) -> set[str]:
    """Its own words as they are written, but for short ones, which stand in other words' places."""
    return {word for word in re.findall(r"\w+", name) if len(word) > 2 and words_of(word) - COMMON}
