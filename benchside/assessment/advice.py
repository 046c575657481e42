"""What a person who writes about their own work may have overlooked. No Django here.

Five things, and none of them stops anybody: a text that never says I; the same words for two
questions with nothing to tell them apart; a document that serves several and does not say how; an
example from long ago; a text that has hardly begun.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["not-personal", "same-words", "how-unsaid", "old", "short"]

ENOUGH = 20  # words from which a text can be asked whose work it tells of
RUN = 12  # words in a row that two texts do not share by chance
OWN = 25  # words of its own with which a text says what its example shows here
YEARS = 3
SHORT = 4  # a text of less than one word in so many of what is allowed

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
SELF = {"i", "my", "me", "mine", "myself", "i'm", "i've", "i'd", "i'll"}
GROUP = {"we", "our", "us", "ours", "ourselves", "we're", "we've", "we'd", "we'll"}
TIMES = (
    "in since from during until by early late spring summer autumn winter january february march "
    "april may june july august september october november december"
)
# A bare number may be anything; a year is one that follows a word of time, or ends a date.
YEAR = re.compile(
    rf"(?:\b(?:{'|'.join(TIMES.split())})\s+|\b\d{{1,2}}[/.]\d{{1,2}}[/.])((?:19|20)\d\d)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is written for a question, and how many words it may have; none of zero."""

    key: str
    title: str
    text: str
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Advice:
    """One hint: for which question, of what kind, in words; `other` is the second place."""

    key: str
    kind: Kind
    text: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A document, and which questions it serves, each with how, in the writer's words."""

    title: str
    serves: Mapping[str, str]


def unsaid(pieces: Iterable[Piece]) -> Iterator[Advice]:
    """Where one piece is to serve several questions without saying how it serves this one."""
    for piece in pieces:
        for key, how in piece.serves.items():
            if len(piece.serves) > 1 and not how.strip():
                yield Advice(
                    key,
                    "how-unsaid",
                    f"“{piece.title}” serves {len(piece.serves)} questions and does not say how it "
                    "serves this one. Write beside it what it shows here.",
                )


def advise(answers: Sequence[Answer], on: date) -> list[Advice]:
    """Every hint there is, in the order of the answers. Empty texts have none."""
    shared = defaultdict(list)
    for one in same_words(answers):
        shared[one.key].append(one)
    found: list[Advice] = []
    for answer in answers:
        found += [*_alone(answer, on), *shared[answer.key]]
    return found


def _alone(answer: Answer, on: date) -> Iterator[Advice]:
    words = words_of(answer.text)
    if not words:
        return
    if said := not_personal(words):
        yield Advice(answer.key, "not-personal", said)
    if (year := newest_year(answer.text, on)) is not None and on.year - year > YEARS:
        yield Advice(
            answer.key,
            "old",
            f"The newest year you name is {year}. Choose an example of the last {YEARS} years, or "
            "say why this one still counts.",
        )
    if answer.limit and len(words) * SHORT < answer.limit:
        yield Advice(
            answer.key,
            "short",
            f"This is short: you may use {answer.limit} words. Say what you did, why, and what "
            "came of it.",
        )


def words_of(text: str) -> list[str]:
    """The words as they are compared: small letters, one kind of apostrophe."""
    return [one.group().casefold().replace("’", "'") for one in WORD.finditer(text)]


def not_personal(words: Sequence[str]) -> str:
    """Why a text does not tell what its writer did; empty when it does, or is too short to say."""
    if len(words) < ENOUGH:
        return ""
    own = sum(one in SELF for one in words)
    group = sum(one in GROUP for one in words)
    if not own:
        return "This never says “I”. Tell what you did yourself."
    if group > 2 * own:
        return "This says “we” far more often than “I”. Tell which part was yours."
    return ""


def newest_year(text: str, on: date) -> int | None:
    """The last year that a text names and that has begun; none where it names none."""
    years = [int(found) for found in YEAR.findall(text)]
    return max((year for year in years if year <= on.year), default=None)


def same_words(answers: Sequence[Answer]) -> Iterator[Advice]:
    """Pairs of answers that share a run of words, where one says little of its own: two hints a
    pair, each naming the other place."""
    words = {one.key: words_of(one.text) for one in answers}
    titles = {one.key: one.title for one in answers}
    for first, second in _pairs(words):
        left, right = _shared(words[first], words[second]), _shared(words[second], words[first])
        own = min(len(words[first]) - left, len(words[second]) - right)
        if own >= OWN:
            continue
        for here, there in ((first, second), (second, first)):
            yield Advice(
                here,
                "same-words",
                f"Much of this stands in “{titles[there]}” too. One piece of work may serve both: "
                "then say in each how it shows what is asked there.",
                there,
            )


def _pairs(words: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Which two share a run, in the order of the answers."""
    where: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, said in words.items():
        for run in _runs(said):
            where[run].add(key)
    groups = {frozenset(keys) for keys in where.values() if len(keys) > 1}
    order = list(words)
    return [
        (first, second)
        for number, first in enumerate(order)
        for second in order[number + 1 :]
        if any(first in group and second in group for group in groups)
    ]


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _shared(words: Sequence[str], others: Sequence[str]) -> int:
    """How many of these words lie in a run that the others have too."""
    theirs = set(_runs(others))
    covered = bytearray(len(words))
    for at, run in enumerate(_runs(words)):
        if run in theirs:
            covered[at : at + RUN] = b"\1" * RUN
    return sum(covered)
