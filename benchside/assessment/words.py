"""Counting words as people count them, and bringing two people's edits of one text together."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"[^\W_]+(?:[-’'.,/@][^\W_]+)*")
SENTENCE_END = re.compile(r"((?<=[.!?…])\s+|\n+)")
# More pairs of equal pieces than this are not worth the time: all of it counts as rewritten.
MOST_PAIRS = 200_000


def count_words(text: str) -> int:
    """Words in a text: "well-kept", "isn’t", "3.5" and an address are one each; dashes are none."""
    return sum(1 for _ in WORD.finditer(text))


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are one, however capitals, accents, hyphens and spaces are written."""
    return _letters(one) == _letters(other)


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined text. `clashes` are pairs of what one and the other wrote in one place: the text
    holds both, one after the other, so that nothing is lost and a person decides."""

    text: str
    clashes: tuple[tuple[str, str], ...] = ()


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Bring two edits of `base` together, sentence by sentence.

    What only one changed is taken from that one; what both changed alike is taken once; what they
    changed differently stands twice and is named in `clashes`.
    """
    old, one, other = map(_pieces, (base, mine, theirs))
    edits = sorted([*_edits(old, one, 0), *_edits(old, other, 1)])
    text: list[str] = []
    clashes: list[tuple[str, str]] = []
    at = 0
    for group in _overlapping(edits):
        start, end = group[0].start, max(edit.end for edit in group)
        text += old[at:start]
        first, second = (_side(old, start, end, group, who) for who in (0, 1))
        text.append(_chosen("".join(old[start:end]), first, second, clashes))
        at = end
    return Merged("".join([*text, *old[at:]]), tuple(clashes))


def _pieces(text: str) -> list[str]:
    """Sentences, and what stands between them: an edit at one end is no edit of its neighbour."""
    return [piece for piece in SENTENCE_END.split(text) if piece]


@dataclass(frozen=True, slots=True, order=True)
class _Edit:
    """`new` stands where pieces `start` to `end` of the base stood; `who` is 0 or 1."""

    start: int
    end: int
    who: int
    new: str


def _edits(old: Sequence[str], new: Sequence[str], who: int) -> list[_Edit]:
    return [_Edit(a, b, who, "".join(new[c:d])) for a, b, c, d in changed(old, new)]


def changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two lists differ: old[a:b] became new[c:d]. What both begin and end with is set aside
    first, so that a small edit of a long text costs little, and a hostile text no more."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    counts, others = Counter(a), Counter(b)
    pairs = (count * others[piece] for piece, count in counts.items() if not piece.isspace())
    if sum(pairs) > MOST_PAIRS:
        yield head, head + len(a), head, head + len(b)
        return
    for tag, i, j, k, m in SequenceMatcher(str.isspace, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield head + i, head + j, head + k, head + m


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces two lists have in common from the start on."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _overlapping(edits: Sequence[_Edit]) -> Iterator[list[_Edit]]:
    """Edits that touch the same pieces, or put something in at the same place, belong together."""
    group: list[_Edit] = []
    end = 0
    for edit in edits:
        together = edit.start < end or (edit.start == end and edit.start == edit.end)
        if group and not together:
            yield group
            group, end = [], 0
        group.append(edit)
        end = max(end, edit.end)
    if group:
        yield group


def _side(old: Sequence[str], start: int, end: int, group: Sequence[_Edit], who: int) -> str:
    """What one of the two made of the pieces `start` to `end`."""
    text: list[str] = []
    at = start
    for edit in group:
        if edit.who == who:
            text += [*old[at : edit.start], edit.new]
            at = edit.end
    return "".join([*text, *old[at:end]])


def _chosen(was: str, first: str, second: str, clashes: list[tuple[str, str]]) -> str:
    if second in (first, was):
        return first
    if first == was:
        return second
    if _holds(first, second):
        return first
    if _holds(second, first):
        return second
    clashes.append((first, second))
    gap = "" if not first or first[-1:].isspace() else " "
    return first + gap + second


def _holds(whole: str, part: str) -> bool:
    """Whether every word of `part` stands in `whole` in a row: who wrote more wrote that too."""
    words = part.strip()
    return bool(words and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", whole))
