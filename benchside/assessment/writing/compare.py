"""Two versions of a text side by side, word by word. No Django here: plain text in and out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchside.assessment.words import changed

PIECE = re.compile(r"\s+|\w+(?:[-’'.,/@]\w+)*|[^\w\s]")
SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…]+|\n+|$)\s*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row; `kind` is "same", "out" (in the older alone) or "in" (in the newer alone)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The two texts, each as runs that joined give it back whole."""

    old: tuple[Run, ...]
    new: tuple[Run, ...]

    @property
    def is_same(self) -> bool:
        return all(run.kind == "same" for run in (*self.old, *self.new))


def compare(old: str, new: str) -> Compared:
    """Sentence by sentence first, then by words where sentences differ: quick for long texts, and
    a reader sees the word that changed, not the paragraph."""
    before, after = _sentences(old), _sentences(new)
    left: list[Run] = []
    right: list[Run] = []
    at = here = 0
    for a, b, c, d in changed(before, after):
        _same(left, before[at:a])
        _same(right, after[here:c])
        _words("".join(before[a:b]), "".join(after[c:d]), left, right)
        at, here = b, d
    _same(left, before[at:])
    _same(right, after[here:])
    return Compared(_joined(left), _joined(right))


def _sentences(text: str) -> list[str]:
    return [one for one in SENTENCE.findall(text) if one]


def _words(old: str, new: str, left: list[Run], right: list[Run]) -> None:
    before, after = PIECE.findall(old), PIECE.findall(new)
    at = here = 0
    for a, b, c, d in changed(before, after):
        _same(left, before[at:a])
        _same(right, after[here:c])
        left.append(Run("out", "".join(before[a:b])))
        right.append(Run("in", "".join(after[c:d])))
        at, here = b, d
    _same(left, before[at:])
    _same(right, after[here:])


def _same(runs: list[Run], pieces: Sequence[str]) -> None:
    runs.append(Run("same", "".join(pieces)))


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one kind as one run; empty ones left out."""
    found: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if found and found[-1].kind == run.kind:
            found[-1] = Run(run.kind, found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)
