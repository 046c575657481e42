"""A short code for a set of answers: read aloud, typed on a phone, held in an address's fragment.

A code holds the version and the answers and nothing else. It is the version's mark, sixteen
letters for the answers counted as one number, and a letter that catches slips, in threes:
`1K7-9QD-03X-...`. There are no vowels, so no word turns up by chance, and no two letters that
look alike. The alphabet has 29 letters, a prime, so that any one wrong letter and any two
neighbours swapped are noticed. Plain values in and out; no Django here.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

from benchside.careers.quiz.matching import Answers
from benchside.careers.quiz.version import Version, all_versions, find

ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXY"
BASE = len(ALPHABET)
BODY = 16
LENGTH = BODY + 2
GROUP = 3
LOOKS_LIKE = str.maketrans("OILZU", "0112V")
VOWELS = set("AE")
BETWEEN = re.compile(r"[\s\-‐‑‒–—_.·#]+")
GIVEN = 4  # what a card may say: skipped, no, not sure, yes
TYPE_AGAIN = "Look at the code once more and type it again."


class BadCode(ValueError):  # noqa: N818 - told to a child, not raised at a programmer
    """`said` is what is wrong, `remedy` what to do; both are whole sentences for an 11-year-old."""

    def __init__(self, said: str, remedy: str = TYPE_AGAIN) -> None:
        self.said, self.remedy = said, remedy
        super().__init__(f"{said} {remedy}")


def write(answers: Answers) -> str:
    """The code of these answers, in groups of three.

    Raises ValueError for answers their version does not know: check them first.
    """
    version = find(answers.version)
    if version is None:
        raise ValueError(f"There is no version {answers.version} of the quiz")
    number = 0
    for digit, base in _digits(answers, version):
        number = number * base + digit
    letters = [ALPHABET.index(version.mark)]
    letters += [number // BASE**place % BASE for place in reversed(range(BODY))]
    letters.append(_check(letters))
    text = "".join(ALPHABET[letter] for letter in letters)
    return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(text: str) -> Answers:
    """The answers of a code, however it was typed. Raises BadCode."""
    letters = _letters(text)
    version = _version_of(letters[0])
    if _check(letters[:-1]) != letters[-1]:
        raise BadCode("One letter of this code is wrong, or two have changed places.")
    number = 0
    for letter in letters[1:-1]:
        number = number * BASE + letter
    answers = _answers(number, version)
    if answers is None:
        raise BadCode("No answers make this code.")
    return answers


def tidy(text: str) -> str:
    """As it would be written: capitals in threes. For showing a code again that was refused."""
    plain = BETWEEN.sub("", text).upper().translate(LOOKS_LIKE)[: 2 * LENGTH]
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


# --- letters --------------------------------------------------------------------------------------
def _letters(text: str) -> list[int]:
    plain = BETWEEN.sub("", text).upper().translate(LOOKS_LIKE)
    if not plain:
        raise BadCode("There is no code here.", "Type the code from your list of roles.")
    strange = sorted({letter for letter in plain if letter not in ALPHABET})
    if strange:
        raise BadCode(_strange(strange[0]))
    if len(plain) != LENGTH:
        what = "short" if len(plain) < LENGTH else "long"
        raise BadCode(
            f"This code is too {what}: it has {len(plain)} letters and a code has {LENGTH}."
        )
    return [ALPHABET.index(letter) for letter in plain]


def _strange(letter: str) -> str:
    if letter in VOWELS:
        return f"No code has the letter {letter} in it."
    return f"No code has “{letter}” in it." if letter.isprintable() else "That is not a code."


def _version_of(letter: int) -> Version:
    for version in all_versions():
        if version.mark == ALPHABET[letter]:
            return version
    raise BadCode(
        "This code is from a quiz we do not know.",
        "Check its first letter. If it is right, take the quiz again: it is quick.",
    )


def _check(letters: Sequence[int]) -> int:
    """Weights 1, 2, 3 ... below a prime: no slip of one letter and no swap keeps the sum."""
    return sum((place + 1) * letter for place, letter in enumerate(letters)) % BASE


# --- answers as digits of a number, each with its own base ---------------------------------------
def _digits(answers: Answers, version: Version) -> Iterator[tuple[int, int]]:
    for card in version.cards:
        yield answers.cards.get(card.slug, -1) + 1, GIVEN
    sets = _subject_sets(version)
    subjects = tuple(sorted(answers.subjects, key=list(version.subjects).index))
    yield sets.index(subjects), len(sets)
    for switch in version.switches:
        values = [None, *(option.value for option in switch.options)]
        yield values.index(answers.switches.get(switch.name)), len(values)


def _answers(number: int, version: Version) -> Answers | None:
    """Read backwards, since the last digit is the smallest part. None if something is left over."""
    switches = {}
    for switch in reversed(version.switches):
        number, digit = divmod(number, len(switch.options) + 1)
        if digit:
            switches[switch.name] = switch.options[digit - 1].value
    sets = _subject_sets(version)
    number, digit = divmod(number, len(sets))
    subjects = sets[digit]
    cards = {}
    for card in reversed(version.cards):
        number, digit = divmod(number, GIVEN)
        if digit:
            cards[card.slug] = digit - 1
    if number:
        return None
    in_order = {card.slug: cards[card.slug] for card in version.cards if card.slug in cards}
    by_name = {one.name: switches[one.name] for one in version.switches if one.name in switches}
    return Answers(version.name, in_order, subjects, by_name)


def _subject_sets(version: Version) -> list[tuple[str, ...]]:
    """Every choice of subjects, the smallest first: 1,160 for three of nineteen."""
    most = version.subjects_at_most
    return [chosen for count in range(most + 1) for chosen in combinations(version.subjects, count)]


def room_needed(version: Version) -> int:
    """How many sets of answers there are; a code has room for BASE ** BODY."""
    subjects = sum(comb(len(version.subjects), n) for n in range(version.subjects_at_most + 1))
    switches = 1
    for switch in version.switches:
        switches *= len(switch.options) + 1
    return int(GIVEN ** len(version.cards)) * subjects * switches
