"""Text into words, and words into stems, folded so that spelling habits do not matter."""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

MOST_CHARACTERS = 40  # of one word; what is longer is no word
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ‘`´]s\b")
_APOSTROPHE = re.compile(r"['’ʼ‘`´]")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The commonest words of English, which tell nothing of what somebody looks for.
STOP_WORDS = _set("""
    a about after again all also am an and any anything are around as at away be because been
    before being both but by can could did do does doing done during each even every
    everything for from get gets getting go goes going got had has have having he her here
    hers him his how i if im in into is it its ive just kind let like likes lot lots made may
    me might mine more most much my need needs of off on one only or other our ours out over
    own please really s she should since so some someone something sort stuff such t than that
    thats the their them then there these they thing things this those to too u under until up
    us very was way we were what whats when where which while who whom whos whose why will
    with would you your yours""")
# What turns the next word round: "not in an office", "without a degree", "i hate maths".
NEGATIONS = _set("""
    no not none never without dont doesnt didnt isnt arent wont cant cannot couldnt wouldnt
    shouldnt avoid avoids avoiding hate hates hating dislike nothing instead except""")
NOT = "not"

# Words that the English stemmer would throw together though they mean different things, and
# forms it keeps apart though they mean the same.
_STEMS = {
    "animate": "animat", "animated": "animat", "animation": "animat", "animations": "animat",
    "animator": "animat", "animators": "animat",
    "engine": "engine", "engines": "engine",
    "university": "universit", "universities": "universit",
    "organ": "organ", "organs": "organ",
    "media": "media", "medium": "medium",
    "training": "training", "trainings": "training",
    "teeth": "tooth", "mice": "mouse", "feet": "foot", "men": "man", "women": "woman",
    "children": "child", "lives": "life",
    "officer": "officer", "officers": "officer", "people": "people", "peoples": "people",
    "made": "make", "built": "build", "broke": "break",
    "broken": "break", "fishes": "fish", "grew": "grow", "grown": "grow", "drew": "draw",
    "drawn": "draw", "flew": "fly", "drove": "drive", "driven": "drive", "wrote": "write",
    "fixer": "fix", "color": "colour", "colors": "colour", "theater": "theatr",
    "theaters": "theatr", "center": "centr", "fiber": "fibr", "aging": "age",
    "airplane": "aeroplan", "airplanes": "aeroplan", "jewelry": "jewelleri",
}  # fmt: skip

_local = threading.local()


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes: "O'Brien’s Café" becomes "obrien cafe"."""
    plain = text.lower() if text.isascii() else _without_accents(text)
    return _APOSTROPHE.sub("", _POSSESSIVE.sub("", plain))


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The words in order; parts of a hyphened word stand alone."""
    return [part for whole in _WORD.findall(fold(text)) for part in whole.split("-")]


@lru_cache(maxsize=512)
def words_and_compounds(text: str) -> tuple[str, ...]:
    """What a document holds: "X-ray" gives x, ray and xray, however somebody will type it."""
    found = []
    for whole in _WORD.findall(fold(text)):
        parts = whole.split("-")
        found.extend(parts)
        if len(parts) > 1:
            found.append("".join(parts))
    return tuple(word for word in found if len(word) <= MOST_CHARACTERS)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a folded word shares with its other forms: "fixes" and "fixing" give "fix"."""
    known = _STEMS.get(word)
    if known:
        return known
    if word.isdigit() or not word.isascii():
        return word
    # A stemmer keeps the word it is at, so each thread has its own.
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = snowballstemmer.stemmer("english")
    return str(stemmer.stemWord(word))


def content_stems(text: str) -> list[str]:
    """Stems of the words that say something, in order, each once; of all words if none does."""
    found = words_and_compounds(text)
    telling = [word for word in found if word not in STOP_WORDS and word not in NEGATIONS]
    return list(dict.fromkeys(stem(word) for word in telling or found))
