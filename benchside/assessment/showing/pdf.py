"""A document as PDF, set with typst: tagged, titled, in British English. No Django here.

Every word goes in as data and is set as a string, so nothing in it is ever markup. Fonts are those
inside the typst wheel, and the date is the document's: the same document gives the same bytes.
"""

import json
import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from benchside.assessment.showing.document import Document, Table

FOLDER = Path(__file__).parent / "typst"
STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA-1: tagged, titled, with a language
# Control characters, and marks that turn the direction of what stands around them.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
MANY = 6  # columns that an upright page still holds
LONGEST_WORD = 24  # a longer one may break, or it would run off its column


def pdf_of(document: Document) -> bytes:
    """The bytes of a PDF/UA-1. Raises typst.TypstError if it cannot be set.

    Letters that our fonts lack keep it from claiming the standard, and nobody from having it: it
    is tagged all the same, with boxes in place of those letters.
    """
    said = json.dumps(_clean(_laid_out(document)), default=str)
    try:
        return _set(said, to_standard=True)
    except typst.TypstError:
        return _set(said, to_standard=False)


def _laid_out(document: Document) -> dict[str, Any]:
    """As plain values, each table with the widths of its columns. One with many columns stands on
    a page of its own, turned, together with the headings above it."""
    blocks: list[dict[str, Any]] = []
    for block in document.blocks:
        plain = asdict(block)
        if isinstance(block, Table):
            plain["widths"] = _widths(block)
            plain["above"] = []
            while len(block.columns) > MANY and blocks and blocks[-1]["kind"] == "heading":
                plain["above"].insert(0, blocks.pop())
        blocks.append(plain)
    return {**asdict(document), "blocks": blocks}


def _widths(table: Table) -> list[int]:
    """What each column has to say, between a little and a lot."""
    columns = [
        [name, *(row[place] if place < len(row) else "" for row in table.rows)]
        for place, name in enumerate(table.columns)
    ]
    wants = ((max(map(len, one)) + sum(map(len, one)) // len(one)) // 2 for one in columns)
    return [max(7, min(want, 40)) for want in wants]


def _set(said: str, *, to_standard: bool) -> bytes:
    made: bytes = typst.compile(
        FOLDER / "document.typ",
        root=FOLDER,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=STANDARD if to_standard else None,
        sys_inputs={"data": said},
    )
    return made


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        line = CONTROL.sub(" ", value)
        return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", line)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
