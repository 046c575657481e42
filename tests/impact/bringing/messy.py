"""Made-up plans as people write them, in the shapes that published ones have."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import docx
from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


MADE: dict[str, bytes] = {}


def workbook(**sheets: Rows) -> bytes:
    """The same bytes for the same cells: a file says when it was saved, to the second."""
    said = repr(sheets)
    if said not in MADE:
        MADE[said] = _workbook(sheets)
    return MADE[said]


def _workbook(sheets: Mapping[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document(*blocks: str | Rows) -> bytes:
    """Lines and tables of a Word document, in this order."""
    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        table = made.add_table(rows=len(block), cols=max(map(len, block)))
        for at, row in enumerate(block):
            for place, cell in enumerate(row):
                table.cell(at, place).text = str(cell)
    return saved(made)


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def csv_file(rows: Iterable[Sequence[str]]) -> bytes:
    return "\n".join(
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows
    ).encode()


# Objective / support actions / themes / date / responsible; one action may serve two themes.
FIVE_COLUMNS: Rows = [
    ["Technician action plan 2020-23", "", "", "", ""],
    [],
    ["Objective", "Support actions", "Theme(s)", "Date", "Responsible"],
    ["Be seen", "Put every technician on the staff pages", "Visibility", "31/12/2026", "Lena Lead"],
    ["Be seen", "Hold a technicians’ day", "Visibility, Recognition", "Spring 2027", "Events team"],
    ["Get credit", "Pay the fees of RSciTech applicants", "Recognition", "2027-07-31", "HR"],
    ["Objective", "Support actions", "Theme(s)", "Date", "Responsible"],
    ["Grow", "Write role profiles for every grade", "Career Development", "Q3 26/27", "HR/OD"],
    ["Last", "List skills held by one person only", "Sustainability", "when funds allow", "Deans"],
]
# Codes V, R, CD, S; leads and measures to be defined later; RAG as letters.
CODES: Rows = [
    ["Ref", "What will be done", "Lead", "Measure", "RAG"],
    ["V1", "Publish a newsletter each term", "TBC", "TBC", "G"],
    [
        "V2",
        "Invite technicians to every committee",
        "Registrar",
        "- one seat each\n- minutes sent",
        "A",
    ],
    ["R1", "Write a fair attribution policy", "TBC", "Policy adopted", "R"],
    ["CD1", "Start a mentoring scheme", "TBC", "12 pairs", "A"],
    ["S1", "Take on four apprentices", "Estates", "4 in post", "G"],
]
# Area as a row of its own, years of the plan, status in prose.
YEARS: Rows = [
    ["Action", "By when", "By whom", "Status", "Comments"],
    ["VISIBILITY"],
    ["Film ten technicians at work", "Y1", "Comms", "Completed", "Ten films online"],
    ["Open the workshops to visitors", "Y2", "Estates", "Delayed", "No lift yet"],
    ["RECOGNITION"],
    ["Mentor three people to registration", "Y2", "Lead", "On track", ""],
    ["EVALUATING IMPACT"],
    ["Survey all technicians", "Y3", "Lead", "Not started", ""],
]
