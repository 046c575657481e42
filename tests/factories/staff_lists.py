"""Staff lists as HR systems export them, small: text tables and workbooks from plain rows."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from benchside.organisations import staff_list

DAY = date(2026, 10, 31)
SECRET = b"of one organisation"
HEADER = ("Staff No", "Name", "Work E-mail", "DOB", "Department", "Job Title", "FTE")
EDIE = (
    "1001",
    "Edie Made-Up",
    "edie@benchside.example",
    "01/02/1980",
    "Physics",
    "Technician",
    "1",
)
OLU = (
    "1002",
    "Olu Notreal",
    "olu@benchside.example",
    "03/04/1990",
    "Music",
    "Sound Technician",
    "1",
)

Rows = Sequence[Sequence[Any]]


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(sheets: Mapping[str, Rows], *, merged: Mapping[str, str] | None = None) -> bytes:
    """An .xlsx; `merged` is an area by sheet, such as {"Staff": "E2:E4"}."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if merged and name in merged:
            sheet.merge_cells(merged[name])
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of parts, for workbooks no program would write."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(data: bytes, as_of: date = DAY, **options: Any) -> staff_list.StaffList:
    """The staff of a file with the columns as they are recognised."""
    book = staff_list.open_book(data)
    layouts = staff_list.propose(book, {})
    return staff_list.read(book, layouts, as_of=as_of, secret=SECRET, **options)


def read_rows(*rows: Sequence[Any], header: Sequence[str] = HEADER) -> staff_list.StaffList:
    return read(text([header, *rows]))


def with_columns(**columns: Any) -> staff_list.StaffList:
    """One person, Edie, with some columns: `job_title="Technician"` is a column “job title”."""
    said = {"staff_no": "1001", "job_title": "Technician"} | columns
    return read(text([[name.replace("_", " ") for name in said], list(said.values())]))
