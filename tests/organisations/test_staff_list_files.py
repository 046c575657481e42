"""Files as people save them, and files nobody should open."""

import io
import struct
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from benchside.organisations.staff_list import Unreadable, open_book, zip_guard
from tests.factories.staff_lists import (
    EDIE,
    HEADER,
    OLU,
    packed,
    read,
    saved,
    text,
    workbook,
)

SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NAMES = ["Edie Made-Up", "Olu Notreal"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_tables_of_every_kind(delimiter: str, encoding: str) -> None:
    odd = ("1003", "Zoë Example", "zoe@benchside.example", "", "Café, upper; floor", "Cook", "0,5")
    staff = read(text([HEADER, EDIE, OLU, odd], delimiter, encoding))
    assert [one.name for one in staff.people] == [*NAMES, "Zoë Example"]
    assert staff.people[2].posts[0].unit == "Café, upper; floor"
    assert staff.people[2].posts[0].fte == 0.5
    assert not staff.problems


def test_excel_says_its_separator_in_the_first_line() -> None:
    data = b"sep=;\r\n" + text([HEADER, EDIE, (*OLU[:6], "many")], ";")
    staff = read(data)
    assert [one.name for one in staff.people] == NAMES[:1]
    assert staff.problems[0].row == 4  # as a spreadsheet counts: the mark is row 1


def test_titles_above_and_totals_below() -> None:
    rows = [["Staff list"], [], ["as at 31/10/2026"], HEADER, EDIE, [], OLU, [], ["Total", 2]]
    staff = read(text(rows))
    assert [one.name for one in staff.people] == NAMES
    assert not staff.problems
    assert staff.rows == 2


def test_the_header_again_and_headings_between() -> None:
    rows = [HEADER, ["School of Physics"], EDIE, HEADER, ["School of Music"], OLU]
    staff = read(text(rows))
    assert [one.name for one in staff.people] == NAMES
    assert not staff.problems
    assert {(one.rows) for one in staff.notices} == {(2, 5), (4,)}


def test_a_quotation_mark_left_open_is_named_by_row() -> None:
    data = text([HEADER, EDIE]) + b'1002,"Olu Notreal,x\r\n1003,Nobody\r\n'
    with pytest.raises(Unreadable, match="Row 3"):
        open_book(data)


def test_merged_cells_stand_in_every_row_they_cover() -> None:
    blank = (*OLU[:4], "", *OLU[5:])
    data = workbook({"Staff": [HEADER, EDIE, blank]}, merged={"Staff": "E2:E3"})
    assert [one.posts[0].unit for one in read(data).people] == ["Physics", "Physics"]


def test_sheets_that_are_no_lists_are_left_out_and_told() -> None:
    data = workbook({"Cover": [["Confidential"]], "Staff": [HEADER, EDIE], "Codes": [["a", 1]]})
    staff = read(data)
    assert [one.name for one in staff.people] == NAMES[:1]


def test_hidden_sheets_and_columns_are_read_and_told() -> None:
    book = Workbook()
    book.active.title = "Staff"
    for row in (HEADER, EDIE):
        book.active.append(row)
    book.active.column_dimensions["E"].hidden = True
    book.create_sheet("More").append(HEADER)
    book["More"].append(OLU)
    book["More"].sheet_state = "hidden"
    staff = read(saved(book))
    assert [one.name for one in staff.people] == NAMES
    told = " ".join(one.message for one in staff.notices)
    assert "Department" in told
    assert "hidden in the workbook" in told


def test_dates_of_a_workbook_that_counts_from_1904() -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.active.append(("Staff No", "Job title", "Start date"))
    # 1 January 2000 is 36,526 days after 30 December 1899 and 35,064 after 1 January 1904.
    book.active.append(("1", "Technician", 35_064))
    staff = read(saved(book))
    assert staff.people[0].posts[0].start == date(2000, 1, 1)


# --- what is refused -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "password"),
        (b"PK\x03\x04 and no zip", "damaged"),
        (packed({"word/document.xml": b"<x/>"}), "not an Excel workbook"),
        (b"\x00\x01\x02" * 50, "not a table"),
        (b"x" * (25 * 1024 * 1024 + 1), "larger than 25 MB"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as refusal:
        open_book(data)
    assert refusal.value.remedy


def bomb(sheet: bytes, shared: bytes = b"") -> bytes:
    """A workbook with this XML for its only sheet."""
    made = io.BytesIO(workbook({"Staff": [HEADER, EDIE]}))
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    parts["xl/worksheets/sheet1.xml"] = head + sheet + b"</sheetData></worksheet>"
    if shared:
        space = b'<sst xmlns="%s">' % SPACE
        parts["xl/sharedStrings.xml"] = space + shared + b"</sst>"
    return packed(parts)


@pytest.mark.parametrize(
    "sheet",
    [
        b'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="ZZ1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="AZ900000"><v>1</v></c></row>',
        b"<row r='1'><c r='A1'><v>1</v></c><c\tr = 'az900000'><v>1</v></c></row>",
        b'<row r="1"><c\nr="A1"><v>1</v></c><c\nr="AZ900000"><v>1</v></c></row>',
        b'<x:row r="1" xmlns:x="a"><x:c x:r="AZ900000"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_a_far_away_cell_is_refused_before_room_is_made_for_it(sheet: bytes) -> None:
    with pytest.raises(Unreadable, match=r"room for more than|columns"):
        open_book(bomb(sheet))


def test_a_cell_in_the_last_column_is_refused() -> None:
    with pytest.raises(Unreadable, match="columns"):
        open_book(bomb(b'<row r="1"><c r="XFD1"><v>1</v></c></row>'))


def test_a_long_text_meant_many_times_is_refused() -> None:
    cells = b'<row r="1">' + b'<c t="s"><v>0</v></c>' * 700 + b"</row>"
    with pytest.raises(Unreadable, match="texts"):
        open_book(bomb(cells, b"<si><t>" + b"x" * 1024 * 1024 + b"</t></si>"))


def test_what_unpacks_to_too_much_is_refused_whatever_it_claims(monkeypatch) -> None:
    monkeypatch.setattr(zip_guard, "MAX_UNPACKED", 1024 * 1024)
    data = bytearray(bomb(b"<row>" + b" " * 3 * 1024 * 1024 + b"</row>"))
    directory = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02"))
    while directory >= 0:  # the directory claims a size of ten bytes for every part
        struct.pack_into("<I", data, directory + 24, 10)
        directory = data.find(b"PK\x01\x02", directory + 4)
    with pytest.raises(Unreadable, match="unpacks to more"):
        open_book(bytes(data))


def test_too_many_sheets_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 40 sheets"):
        open_book(workbook({f"Sheet {place}": [["a"]] for place in range(41)}))
