"""What was sent beside what it has become: words kept, taken out, put in. No Django here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECE = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: "kept", "out" or "in"."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The two as one text, word by word: kept and out make `before`, kept and in `after`."""
    return list(_pieces(PIECE.findall(before), PIECE.findall(after)))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("kept", "".join(before[a1:a2]))
            continue
        if a1 < a2:
            yield Piece("out", "".join(before[a1:a2]))
        if b1 < b2:
            yield Piece("in", "".join(after[b1:b2]))
