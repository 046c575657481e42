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
TOKEN = re.compile(r"(?P<word>\w(?:[\w'’`]*?\w)??)(?P<its>['’`]s)?(?![\w'’`]*\w)")
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
    """The words without the name of the school, nor those of its words that are its own, however
    they are spelt: with another apostrophe or accent, in wide letters, or with signs between them
    that nobody sees."""
    name, own = school.strip(), _own_words(school)
    shown = unicodedata.normalize("NFKC", words)
    left = "".join(sign for sign in shown if unicodedata.category(sign) != "Cf")
    left = re.sub(re.escape(name), STAND_IN, left, flags=re.I) if name else left
    left = TOKEN.sub(lambda found: _stood_in_for(found["word"], found["its"] or "", own), left)
    return re.sub(rf"{STAND_IN}(\s+({STAND_IN}|{BEHIND})\b)+", STAND_IN, left, flags=re.I)


def _stood_in_for(word: str, its: str, own: set[str]) -> str:
    if _spellings(word) & own:
        return f"{STAND_IN}{its}"
    return STAND_IN if _spellings(word + its) & own else word + its


def _own_words(name: str) -> set[str]:
    """Its own words, but for short ones, which stand in other words' places."""
    return {word for word in _spellings(name) - COMMON if len(word) > 2}


def _spellings(text: str) -> frozenset[str]:
    """Its words with what is behind an apostrophe, and without."""
    return words_of(text) | words_of(re.sub(r"['’`]", " ", text))
