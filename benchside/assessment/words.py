"""Counting words as people count them, and bringing two people's edits of one text together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"[^\W_]+(?:[-’'.,/@][^\W_]+)*")
SENTENCE_END = re.compile(r"((?<=[.!?…])\s+|\n+)")


def count_words(text: str) -> int:
    """Words in a text: "well-kept", "isn’t", "3.5" and an address are one each; dashes are none."""
    return sum(1 for _ in WORD.finditer(text))


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
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_Edit(a, b, who, "".join(new[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


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
    clashes.append((first, second))
    gap = "" if not first or first[-1:].isspace() else " "
    return first + gap + second
