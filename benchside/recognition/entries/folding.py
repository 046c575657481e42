"""How names are written for looking them up: O’Brien, O'Brien, o brien and OBRIEN are one.
No Django here.

A name becomes words of plain small letters. Of its words so many keys are made that any order in
which somebody types them is the beginning of one, so that a look-up is one walk along a sorted
index and needs no sorting of its own:

- for each word: it, then the others as they stand: "siobhan mary obrien", "obrien siobhan mary";
- for each further pair of words, with a plus before it: "+obrien mary siobhan".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_WORDS = 6  # of a name; with n words there are at most n * n keys
LONGEST_KEY = 240  # bytes
APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′＇‛ʹ"))
# What Unicode does not take apart, and everybody without that keyboard types so.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
# Written apart or together: o brien, mc donald, mac donald, d arcy.
PARTICLES = frozenset({"o", "mc", "mac", "d"})
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame"})
HYPHENS = re.compile(r"(?<=\w)[-‐‑‒–](?=\w)")
NO_WORD = re.compile(r"[\W_]+")
# A number with its letters, whatever stands between its parts; without letters, digits alone.
NUMBER = re.compile(r"(?=.*\d)[^\W\d_](?:[\s./_‐‑‒–-]*[^\W_])*|\d(?:[\s]*\d)*")
AROUND = "()[],;:.#'\" "
END = b"\xff"  # no byte of a key is as high


def fold(name: str) -> str:
    """Its words as they are looked up, one space between them. Folding it again changes nothing."""
    return " ".join(_joined(_plain(name).split()))


def words_of(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split())


def number_key(number: str) -> str:
    """A number whatever was typed between its parts: RT-000123 and rt 000123 are one."""
    return NO_WORD.sub("", _letters(number))


def is_number(text: str) -> bool:
    """Whether it could be one: =1+1 and 3/4 are sums and no numbers, though they have digits."""
    return NUMBER.fullmatch(text.strip(AROUND)) is not None


def _plain(name: str) -> str:
    return NO_WORD.sub(" ", _letters(name)).strip()


def _letters(text: str) -> str:
    """Small letters without accents; done until nothing changes, as case and accents hang together
    in a few scripts."""
    before, text = "", text.translate(APOSTROPHES)
    while before != text:
        before = text
        apart = unicodedata.normalize("NFKD", text.casefold()).translate(APOSTROPHES)
        text = "".join(one for one in apart if not unicodedata.combining(one)).translate(PLAIN)
    return text


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Particles together with the word they belong to."""
    waiting = ""
    for word in words:
        if not waiting and word in PARTICLES:
            waiting = word
        else:
            yield waiting + word
            waiting = ""
    if waiting:
        yield waiting


def keys_of(name: str) -> set[bytes]:
    """Every key under which a name stands in the index: written with its particles together and
    apart, and with its double names together and apart."""
    ways = {words_of(name), tuple(_plain(name).split()), words_of(HYPHENS.sub("", name))}
    return {key.encode()[:LONGEST_KEY] for way in ways for key in _keys(way)}


def _keys(words: tuple[str, ...]) -> Iterator[str]:
    head, tail = words[:MOST_WORDS], words[MOST_WORDS:]
    for place, word in enumerate(head):
        others = [*head[:place], *head[place + 1 :]]
        yield " ".join((word, *others, *tail))
        for second, other in enumerate(others[1:], start=1):
            rest = (*others[:second], *others[second + 1 :], *tail)
            yield " ".join((f"+{word}", other, *rest))


def whole_keys(name: str) -> set[bytes]:
    """The keys under which somebody stands who bears this name whole: with a title or without, the
    last name before the first ones or after them."""
    ways = {words_of(name), words_of(HYPHENS.sub("", name))}
    ways |= {bare for way in ways if len(bare := _without_titles(way)) > 1}
    said = {" ".join(way) for way in ways if way}
    return {f"{mark}{one}".encode()[:LONGEST_KEY] for one in said for mark in ("", "+")}


def _without_titles(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in TITLES)


def bears(name: str, names: Sequence[str]) -> bool:
    """Whether every word that was given is in one of somebody's names."""
    words = set(words_of(name)) - TITLES
    return any(words <= {*words_of(one), *words_of(HYPHENS.sub("", one))} for one in names)


def without_letters(name: str, letters: str) -> str:
    """A name as it is printed, less the letters of a register at its end."""
    words = name.split()
    for count in range(1, len(words) + 1):
        if letters and number_key(" ".join(words[-count:])) == number_key(letters):
            return " ".join(words[:-count])
    return name


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: ranges of keys, from (in it) to (not in it), and words that the
    key must hold beside, the last of them perhaps not yet typed out."""

    ranges: tuple[tuple[bytes, bytes], ...]
    also: tuple[str, ...] = ()
    begun: str = ""

    def fits(self, key: bytes) -> bool:
        """Whether a key in one of the ranges holds the other words too."""
        if not self.also and not self.begun:
            return True
        there = key.decode(errors="ignore").removeprefix("+").split()[2:]
        for word in self.also:
            if word not in there:
                return False
            there.remove(word)
        return not self.begun or any(one.startswith(self.begun) for one in there)


def wanted(words: Sequence[str]) -> Wanted | None:
    """Of folded words, the last of which may be only begun; None for none.

    One letter alone is a whole word, or it would mean everybody. Of three words and more the two
    longest whole ones are walked along, being the rarest as a rule.
    """
    words = _without_title(list(words))
    match words:
        case []:
            return None
        case [one]:
            return Wanted((_whole(one) if len(one) == 1 else _begun(one),))
        case [one, other]:
            return Wanted((_begun(f"{one} {other}"), _begun(f"+{one} {other}")))
    *whole, last = words
    first, second = sorted(whole, key=len, reverse=True)[:2]
    whole.remove(first)
    whole.remove(second)
    pair = f"{first} {second}"
    return Wanted((_whole(pair), _whole(f"+{pair}")), tuple(whole), last)


def _without_title(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in TITLES else words


def _begun(text: str) -> tuple[bytes, bytes]:
    low = text.encode()
    return low, low + END


def _whole(text: str) -> tuple[bytes, bytes]:
    """Keys that go on with a space, or end: "!" comes right after the space."""
    low = text.encode()
    return low, low + b"!"
