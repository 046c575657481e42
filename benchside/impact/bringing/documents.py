"""Tables of a Word document, in their order, with what stands above each. No Django in here.

Read from the XML rather than through paragraphs: text that was put in with tracked changes, in
content controls or in a table within a cell is text as any other.
"""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from benchside.impact.bringing.tables import Source, Table, as_text

P, TBL, TR, TC, T = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:t")
TAB, BREAK, SPAN, MERGE = qn("w:tab"), qn("w:br"), qn("w:gridSpan"), qn("w:vMerge")
VAL, PROPS, BEFORE = qn("w:val"), qn("w:tcPr"), qn("w:gridBefore")
LONGEST_NAME = 160


def read_document(data: bytes) -> Source:
    """All tables; lines outside them are counted in a note, for a person to look at."""
    body = docx.Document(io.BytesIO(data)).element.body
    tables: list[Table] = []
    above, prose = "", 0
    for block in _blocks(body):
        if block.tag == TBL:
            tables.append(Table(above[:LONGEST_NAME], _rows(block)))
            above = ""
        elif text := as_text(_text(block)):
            above = text
            prose += 1
    notes = []
    if prose:
        notes.append(
            f"{prose} line{'' if prose == 1 else 's'} of the document stand outside its tables. "
            "They are not brought in; a line just above a table is taken for its title."
        )
    return Source(tables, notes)


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables of the body, also those inside content controls."""
    for child in parent:
        if child.tag in (P, TBL):
            yield child
        elif child.tag not in (TR, TC):
            yield from _blocks(child)


def _of(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, but not those of a table within."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in (TBL, TR, TC, P):
            yield from _of(child, tag)


def _rows(table: Any) -> list[list[str]]:
    """A cell over several rows stands in each of them; over several columns, in the first."""
    rows: list[list[str]] = []
    for row in _of(table, TR):
        cells = [""] * _number(row.find(f".//{BEFORE}"), 0)
        for cell in _of(row, TC):
            props = cell.find(PROPS)
            merged = props.find(MERGE) if props is not None else None
            wide = _number(props.find(SPAN) if props is not None else None, 1)
            goes_on = merged is not None and merged.get(VAL) != "restart"
            place = len(cells)
            if goes_on and rows and place < len(rows[-1]):
                cells.append(rows[-1][place])
            else:
                cells.append(as_text(_text(cell)))
            cells += [""] * (wide - 1)
        rows.append(cells)
    return rows


def _number(element: Any, otherwise: int) -> int:
    said = element.get(VAL, "") if element is not None else ""
    return min(int(said), 100) if said.isascii() and said.isdigit() else otherwise


def _text(element: Any) -> str:
    parts: list[str] = []
    for one in element.iter(T, TAB, BREAK, P):
        if one.tag == T:
            parts.append(one.text or "")
        elif one.tag == P:
            parts.append("\n" if parts else "")
        else:
            parts.append("\t" if one.tag == TAB else "\n")
    return "".join(parts)
