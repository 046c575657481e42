"""A made-up plan, as untidy as real ones are, for trying the import out. No Django in here.

Made-Up University's own plan as its last lead kept it: headings in their own words, an area as a
row of its own, several measures in a cell, days of every kind, letters nobody explained.
"""

import io
from typing import Any

import docx
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

TITLE = "Made-Up University: technician action plan (working copy, do not tidy)"
HEADS = ("Ref", "What is to be done", "By whom", "When", "RAG", "How will we know?", "Comments")
VISIBILITY = (
    ("V1", "Put a page for every technician on the staff site", "Lena Made-Up", "Spring 2027", "A",
     "- 80% of technicians have a page\n- pages are looked at each month", "Half are written."),
    ("V2", "Print a technicians’ newsletter each term", "Comms team", "Ongoing", "G",
     "Three issues a year", "Third issue is out."),
    ("V3", "Hold a technicians’ day with a show of work", "Events", "30/06/2027", "R",
     "100 come", "No room found yet."),
)  # fmt: skip
RECOGNITION = (
    ("R1", "Pay the fees of everybody who applies for RSciTech", "HR", "Q3 26/27", "A",
     "12 registered", ""),
    ("R2", "Write down when technicians are named in papers", "Research office / library",
     "by end of 2027", "G", "Policy adopted", "Adopted in the autumn."),
    ("", "Add a prize for technicians to the staff awards", "HR", "Y2", "", "Prize given", ""),
)  # fmt: skip
CAREERS = (
    ("CD1", "Write role profiles for every technical grade", "HR and unions", "Autumn 2027", "A",
     "Profiles for six grades", ""),
    ("CD2", "Start a mentoring scheme across faculties", "tbc", "when funds allow", "R", "", ""),
)  # fmt: skip
SUSTAINABILITY = (
    ("S1", "List the skills that one person alone holds", "Technical managers", "March 2027", "G",
     "List kept; no skill with one holder", ""),
    ("S2", "Take on four apprentices a year", "HR", "2026/27", "A", "4 a year; 3 stay on",
     "2 so far"),
)  # fmt: skip
PARTS = (
    ("VISIBILITY", VISIBILITY),
    ("RECOGNITION", RECOGNITION),
    ("CAREER DEVELOPMENT", CAREERS),
    ("SUSTAINABILITY", SUSTAINABILITY),
)


def workbook() -> bytes:
    """One sheet with areas as rows of their own and the headings twice."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Plan v7 FINAL"
    sheet.append([TITLE])
    sheet.append([])
    sheet.append(list(HEADS))
    for name, rows in PARTS:
        sheet.append([name])
        sheet.merge_cells(
            start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=7
        )
        for row in rows:
            sheet.append(list(row))
        if name == "RECOGNITION":
            sheet.append(list(HEADS))
    sheet["A1"].font = Font(bold=True, size=14)
    for letter, width in zip("ABCDEFG", (6, 50, 24, 18, 6, 40, 30), strict=True):
        sheet.column_dimensions[letter].width = width
        for cell in sheet[letter][2:]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document() -> bytes:
    """A table for each area under its title; the later ones without headings."""
    made = docx.Document()
    made.core_properties.title, made.core_properties.language = TITLE, "en-GB"
    made.add_heading(TITLE, 1)
    made.add_paragraph("G is done, A goes on, R is late. Ask Lena before you change a thing.")
    for number, (name, rows) in enumerate(PARTS, start=1):
        made.add_heading(f"Theme {number}: {name.capitalize()}", 2)
        body = [HEADS, *rows] if number == 1 else list(rows)
        table = made.add_table(rows=len(body), cols=len(HEADS))
        table.style = "Table Grid"
        for at, row in enumerate(body):
            for place, text in enumerate(row):
                table.cell(at, place).text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
