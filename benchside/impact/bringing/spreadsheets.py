"""Sheets of a workbook of any age, and of a text table."""

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Sequence

import python_calamine as calamine

from benchside.impact.bringing.problems import Unreadable
from benchside.impact.bringing.tables import MAX_COLUMNS, MAX_ROWS, Source, Table, as_text
from benchside.organisations.staff_list import Unreadable as NotRead
from benchside.organisations.staff_list import open_book
from benchside.organisations.staff_list.text_table import read_text_table

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
VALUES = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MAX_CELLS = 2_000_000


def read_workbook(data: bytes) -> Source:
    try:
        book = open_book(data)
    except NotRead as refusal:
        raise Unreadable(
            refusal.message, "Open it, save it again as .xlsx, and try once more."
        ) from (refusal)
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden and any(sheet.rows)]
    notes = [f"The sheet “{name}” is hidden in the file; it is read too." for name in hidden]
    return Source([_table(sheet.name, sheet.rows) for sheet in book.sheets], notes)


def read_old_workbook(data: bytes) -> Source:
    tables = []
    with calamine.load_workbook(io.BytesIO(data)) as book:
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                raise Unreadable(
                    f"The sheet “{name}” has far too many cells.",
                    "Delete the empty rows and columns around the plan, and save it as .xlsx.",
                )
            tables.append(_table(name, sheet.to_python(skip_empty_area=False)))
    return Source(tables)


def read_text(data: bytes) -> Source:
    try:
        return Source([_table("", read_text_table(data))])
    except NotRead as refusal:
        raise Unreadable(refusal.message, refusal.remedy) from refusal


def read_open_document(data: bytes) -> Source:
    """Read from its XML, so that an empty row repeated a million times costs nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        raise Unreadable("This spreadsheet is damaged.", "Save it as .xlsx and try once more.")
    root = ET.fromstring(content)  # noqa: S314 - no document type, so no entities to blow up
    return Source(
        [
            Table(one.get(f"{OFFICE}name", ""), list(_rows(one)))
            for one in root.iter(f"{OFFICE}table")
        ]
    )


def _rows(table: ET.Element) -> Iterator[list[str]]:
    left = MAX_ROWS + 1
    for row in table.iter(f"{OFFICE}table-row"):
        cells: list[str] = []
        for cell in row:
            if not cell.tag.startswith(f"{OFFICE}") or not cell.tag.endswith("table-cell"):
                continue
            text = "\n".join("".join(line.itertext()) for line in cell.iter(f"{WORDS}p"))
            day = cell.get(f"{VALUES}date-value", "")
            times = min(_times(cell, "columns"), MAX_COLUMNS + 1 - len(cells))
            cells += [as_text(day[:10] or text)] * max(times, 0)
        filled = any(cells)
        for _ in range(min(_times(row, "rows"), left if filled else 1)):
            yield cells
            left -= 1
        if left <= 0:
            return


def _times(element: ET.Element, what: str) -> int:
    said = element.get(f"{OFFICE}number-{what}-repeated", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _table(name: str, rows: Sequence[Sequence[object]]) -> Table:
    return Table(name, [[as_text(cell) for cell in row] for row in rows])
