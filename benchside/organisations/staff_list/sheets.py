"""A file opened: its sheets as rows of cells, with row numbers as a spreadsheet shows them."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import python_calamine as calamine

from benchside.organisations.staff_list.collecting import not_collecting
from benchside.organisations.staff_list.problems import Unreadable
from benchside.organisations.staff_list.text_table import read_text_table
from benchside.organisations.staff_list.zip_guard import MAX_CELLS, Sheets

MAX_BYTES = 25 * 1024 * 1024
MAX_SHEETS = 40
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK"

Rows = list[list[Any]]
Area = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows[0]` is row 1 of the spreadsheet; cells are text, numbers, dates or ""."""

    name: str
    rows: Rows
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Book:
    """A file's sheets, in its order."""

    sheets: Sequence[Sheet]
    starts_1904: bool = False
    notes: list[str] = field(default_factory=list)


@not_collecting()
def open_book(data: bytes) -> Book:
    """Open an .xlsx or a CSV, whatever it is called. Raises Unreadable.

    A cell merged over several rows stands in each of them afterwards.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"This file is larger than {MAX_BYTES // 1024**2} MB.", "Split it, or save it as .xlsx."
        )
    if not data.strip():
        raise Unreadable("This file is empty.", "Choose the file that holds the staff list.")
    if data.startswith(OLD_EXCEL):
        raise Unreadable(
            "This workbook is locked with a password, or of the kind before 2007 (.xls).",
            "Open it, take the password off, and save it as .xlsx.",
        )
    if data.startswith(ZIP):
        return _workbook(data)
    return Book([Sheet("", read_text_table(data))])


def _workbook(data: bytes) -> Book:
    guard = Sheets(data)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            return Book(list(_sheets(book, guard)), guard.starts_1904)
    except Unreadable:
        raise
    except BaseException as error:  # a panic in the library is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit)):
            raise
        raise Unreadable(
            "This workbook is damaged.", "Open it, save it again as .xlsx, and try once more."
        ) from error


def _sheets(book: calamine.CalamineWorkbook, guard: Sheets) -> Iterable[Sheet]:
    tables = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(tables) > MAX_SHEETS:
        raise Unreadable(
            f"This workbook has more than {MAX_SHEETS} sheets.", "Keep only those with staff."
        )
    hidden_columns = _hidden_columns(guard, len(tables))
    for place, one in enumerate(tables):
        sheet = book.get_sheet_by_name(one.name)
        if sheet.total_height * sheet.total_width > MAX_CELLS:
            raise Unreadable(
                f"The sheet “{one.name}” has room for more than {MAX_CELLS:,} cells.",
                "Delete the empty rows and columns around the list, or save it as CSV.",
            )
        rows: Rows = sheet.to_python(skip_empty_area=False)
        _fill_down(rows, sheet.merged_cell_ranges or [])
        hidden = one.visible != calamine.SheetVisibleEnum.Visible
        yield Sheet(one.name, rows, hidden, hidden_columns[place])


def _hidden_columns(guard: Sheets, count: int) -> list[frozenset[int]]:
    """By sheet. Told only where the parts of the zip are plainly the sheets in order."""
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, count + 1)]
    return [guard.hidden_columns.get(name, frozenset()) for name in names]


def _fill_down(rows: Rows, merged: Iterable[Area]) -> None:
    """A department merged beside its ten people is the department of each.

    Only downwards: a title merged over the width of the sheet must not become a row of titles.
    """
    filled = 0
    for (top, left), (bottom, _) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        filled += min(bottom, len(rows)) - top
        if filled > MAX_CELLS:
            raise Unreadable("Far too many cells are merged.", "Unmerge them.")
        value = rows[top][left]
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = value
