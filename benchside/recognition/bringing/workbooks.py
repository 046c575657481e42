"""Workbooks handed out: a template, and the rows of a list that are wrong.

Cells are written as text or numbers and never as formulas, whatever they begin with.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from benchside.organisations.staff_list import Book
from benchside.recognition.bringing.columns import FIELDS, Layout
from benchside.recognition.bringing.reading import Wrong

BOLD = Font(bold=True)
LONGEST_CELL = 32_000
ENTRIES = (
    "number", "name", "former", "body", "membership", "email", "state", "admitted", "starts",
    "ends",
)  # fmt: skip
HISTORY = ("number", "date", "what", "reason")


def template() -> bytes:
    """A sheet of entries, one of their history, and one that explains the columns."""
    made = Workbook(write_only=True)
    for title, fields in (("Entries", ENTRIES), ("History", HISTORY)):
        sheet = made.create_sheet(title)
        sheet.append(_heads(sheet, [FIELDS[name].title for name in fields]))
    about = made.create_sheet("How to fill it in")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 24, 80
    about.append(_heads(about, ["Column", "What to write"]))
    for one in FIELDS.values():
        about.append([one.title, one.about])
    return _bytes(made)


def wrong_rows(book: Book, layouts: Sequence[Layout], problems: Iterable[Wrong]) -> bytes:
    """Row number, what to correct, then the row as it stood; a sheet for each of the file."""
    by_sheet: dict[str, dict[int, list[Wrong]]] = defaultdict(lambda: defaultdict(list))
    for one in problems:
        by_sheet[one.sheet][one.row].append(one)
    made = Workbook(write_only=True)
    for number, (sheet, layout) in enumerate(zip(book.sheets, layouts, strict=True), start=1):
        rows = by_sheet.get(sheet.name) or by_sheet.get("", {})
        if not layout.is_used or not rows:
            continue
        out = made.create_sheet(_title(sheet.name or "Rows to correct", number))
        out.column_dimensions["B"].width = 70
        out.freeze_panes = "C2"
        headers = [one.header for one in layout.columns]
        out.append(_heads(out, ["Row", "What to correct", *headers]))
        for row, told in sorted(rows.items()):
            cells = sheet.rows[row - 1]
            said = "; ".join(f"{one.column}: {one.remedy}" for one in told)
            values = [cells[one.place] if one.place < len(cells) else "" for one in layout.columns]
            out.append([_cell(out, value) for value in (row, said, *values)])
    if not made.sheetnames:
        made.create_sheet("Rows to correct").append(["Every row could be read."])
    return _bytes(made)


def _title(name: str, number: int) -> str:
    kept = "".join(mark for mark in name if mark not in "[]:*?/\\" and mark.isprintable())
    return f"{number} {kept}".strip("' ")[:31]


def _heads(sheet: Any, names: Iterable[str]) -> list[WriteOnlyCell]:
    cells = [_cell(sheet, name) for name in names]
    for one in cells:
        one.font = BOLD
    return cells


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    if not isinstance(value, int | float | date):
        value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # "=HYPERLINK(…)" is a text, whoever typed it
    return cell


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
