"""Spreadsheets we hand out: the rows that could not be used, with the reasons; and a template.

Dates of birth are left out of the first, as of everything that leaves the reader. Cells are written
as text or numbers and never as formulas, whatever they begin with.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill

from benchside.organisations.staff_list.fields import FIELDS, Kind
from benchside.organisations.staff_list.layout import Layout
from benchside.organisations.staff_list.problems import Problem
from benchside.organisations.staff_list.sheets import Book

FAULTY = PatternFill("solid", fgColor="FFE600")
BOLD = Font(bold=True)
WIDTHS = {"A": 8, "B": 70}
LONGEST_CELL = 32_000

# What the template offers, and what it says of each column.
TEMPLATE: dict[str, str] = {
    "number": "Needed, or the e-mail address. As your HR system has it.",
    "name": "First name and last name.",
    "email": "The work address.",
    "birth": "Day/month/year. Becomes an age band at once; the date is not kept.",
    "sex": "Female, male, other, or empty.",
    "ethnicity": "In your own categories, or empty.",
    "disability": "Yes, no, or empty.",
    "unit": "The school, department or workshop.",
    "unit_above": "The faculty or college it belongs to.",
    "title": "Needed. As it stands in the contract.",
    "family": "Technical, professional services and the like.",
    "grade": "In your own words.",
    "soc": "Four digits, where you have them. Else we match the title.",
    "fte": "1, 0.6 or 60%.",
    "terms": "Permanent or fixed term.",
    "start": "Day/month/year.",
    "end": "Of a fixed term.",
    "left": "Only for leavers: the last day.",
    "reason": "Only for leavers. “New contract” is no leaving.",
    "manager": "Name or staff number.",
}


def returned_workbook(book: Book, layouts: Sequence[Layout], problems: Iterable[Problem]) -> bytes:
    """The bad rows of a file as .xlsx: row number, what to correct, then the row as it stood."""
    made = Workbook(write_only=True)
    by_sheet: dict[str, dict[int, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for one in problems:
        by_sheet[one.sheet][one.row].append(one)
    for number, (sheet, layout) in enumerate(zip(book.sheets, layouts, strict=True), start=1):
        if sheet.name not in by_sheet or not layout.used:
            continue
        out = made.create_sheet(_sheet_name(sheet.name or "Rows to correct", number))
        _set_widths(out)
        columns = [
            column
            for column in layout.columns
            if column.field and FIELDS[column.field].kind != Kind.BIRTH
        ]
        out.append(_heads(out, ["Row", "What to correct", *(column.header for column in columns)]))
        for row, told in sorted(by_sheet[sheet.name].items()):
            cells = sheet.rows[row - 1]
            faulty = {one.column for one in told}
            line = [_cell(out, row), _cell(out, "; ".join(_sentence(one) for one in told))]
            for column in columns:
                value = cells[column.place] if column.place < len(cells) else ""
                line.append(_cell(out, value, is_faulty=column.header in faulty))
            out.append(line)
    if not made.sheetnames:
        made.create_sheet("Rows to correct").append(["Every row could be read."])
    return _bytes(made)


def template_workbook() -> bytes:
    """An empty staff list whose columns need no recognising, and a sheet that explains them."""
    made = Workbook(write_only=True)
    staff = made.create_sheet("Staff")
    staff.append(_heads(staff, [FIELDS[name].label for name in TEMPLATE]))
    about = made.create_sheet("How to fill it in")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 28, 70
    about.append(_heads(about, ["Heading", "What to write"]))
    about.append(["", "One row for each contract. Leavers may stand below, with a leaving date."])
    for name, text in TEMPLATE.items():
        about.append([FIELDS[name].label, text])
    return _bytes(made)


def _sentence(one: Problem) -> str:
    where = f"{one.column}: " if one.column else ""
    value = f"“{one.value}”. " if one.value else ""
    return f"{where}{value}{one.remedy}"


def _sheet_name(name: str, number: int) -> str:
    kept = "".join(mark for mark in name if mark not in "[]:*?/\\" and mark.isprintable())
    return f"{number} {kept}".strip("' ")[:31]


def _heads(sheet: Any, names: Iterable[str]) -> list[WriteOnlyCell]:
    cells = [_cell(sheet, name) for name in names]
    for one in cells:
        one.font = BOLD
    return cells


def _cell(sheet: Any, value: Any, *, is_faulty: bool = False) -> WriteOnlyCell:
    if not isinstance(value, (int, float, date)):
        value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # "=HYPERLINK(…)" is a text, whoever typed it
    if is_faulty:
        cell.fill = FAULTY
    return cell


def _set_widths(sheet: Any) -> None:
    sheet.freeze_panes = "C2"
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
