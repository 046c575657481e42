"""What a spreadsheet would unpack to, found out before anything that trusts it opens it.

A workbook is a zip of XML. A few kilobytes can claim a cell in the last column of the last row, or
a text of ten megabytes in every cell, and a reader that makes room for all of it brings the
process down. So the sheets are unpacked here up to a limit, whatever the zip says of their size,
and the furthest cell and the longest text are looked up in the XML itself.
"""

import io
import re
import struct
import zipfile
import zlib

from benchside.organisations.staff_list.problems import Unreadable

MAX_PARTS = 2_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_CELLS = 5_000_000
MAX_COLUMNS = 1_000
MAX_TEXT = 600 * 1024 * 1024  # bytes of text in all cells together
MAX_MERGED = 20_000

# How Excel and all others write where a cell is: quick to look for. Whoever writes it otherwise, as
# XML allows, is met with the slow pattern.
PLAIN, ODD = rb' r="', rb"[\s:]r\s*=\s*[\"']"
ODD_MARKS = (b"\n", b"\t", b"\r", b"='", b" =", b"= ", b":r=")
TEXT_END = re.compile(rb"</(?:\w+:)?si\s*>")
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>\s*\+?(\d+)")
HIDDEN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
ANSWER = "Copy the staff list into a new workbook by itself, and bring that in."


class Sheets:
    """What is known of a workbook from its XML. Raises Unreadable when it is too much."""

    def __init__(self, data: bytes) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable(
                "This workbook is damaged.", "Open it, save it again as .xlsx, and try once more."
            ) from error
        self.data = data
        self.left = MAX_UNPACKED
        self.hidden_columns: dict[str, frozenset[int]] = {}  # by the part's name in the zip
        parts = self.archive.infolist()
        if len(parts) > MAX_PARTS:
            raise Unreadable("This workbook has too many parts.", ANSWER)
        names = {part.filename for part in parts}
        if len(names) < len(parts):
            raise Unreadable("This workbook is damaged.", ANSWER)
        if not any(name.endswith("workbook.xml") for name in names):
            raise Unreadable(
                "This is not an Excel workbook (.xlsx).", "Save the list as .xlsx or as CSV UTF-8."
            )
        self._check(parts)

    def _check(self, parts: list[zipfile.ZipInfo]) -> None:
        lengths: list[int] = []
        cells = 0
        self.starts_1904 = False
        ordered = sorted(parts, key=lambda part: "sharedstrings" not in part.filename.lower())
        for part in ordered:
            content = self._unpacked(part)
            name = part.filename.lower()
            if "sharedstrings" in name:
                lengths = [len(one) for one in TEXT_END.split(content)]
            elif name.endswith("workbook.xml"):
                self.starts_1904 = bool(re.search(rb"date1904\s*=\s*[\"'](1|true)", content))
            elif name.endswith(".xml"):
                cells += self._area(content)
                if cells > MAX_CELLS:
                    raise Unreadable(
                        f"This workbook has room for more than {MAX_CELLS:,} cells.",
                        "Delete the empty rows and columns around the list, or save it as CSV.",
                    )
                self._check_text(content, lengths)
                self.hidden_columns[part.filename] = _hidden(content)

    def _unpacked(self, part: zipfile.ZipInfo) -> bytes:
        """The bytes of a part, never more than are left, whatever its header claims."""
        content = _inflated(self.data, part, self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise Unreadable(
                f"This workbook unpacks to more than {MAX_UNPACKED // 1024**2} MB.", ANSWER
            )
        return content

    def _area(self, content: bytes) -> int:
        """Rows times columns up to the furthest cell that is named."""
        head = max(content.find(b"<sheetData"), 0)
        is_odd = any(content.find(mark, head) >= 0 for mark in ODD_MARKS)
        begins = ODD if is_odd else PLAIN
        rows = content.count(b"<row") + content.count(b":row")
        for digits in range(7, 0, -1):
            named = re.compile(begins + rb"[A-Za-z]*(\d{%d,})[\"']" % digits)
            if named.search(content):
                rows = max(rows, *(int(found[:9]) for found in named.findall(content)))
                break
        columns = 26
        wide = re.compile(begins + rb"([A-Za-z]{2,})\d")
        if wide.search(content):
            columns = max(_column(name) for name in set(wide.findall(content)))
        if columns > MAX_COLUMNS:
            raise Unreadable(
                f"This workbook has more than {MAX_COLUMNS:,} columns.",
                "Delete the empty columns beside the list.",
            )
        if content.count(b"mergeCell ") > MAX_MERGED:
            raise Unreadable(f"More than {MAX_MERGED:,} cells are merged.", "Unmerge them.")
        return rows * max(columns, 1)

    def _check_text(self, content: bytes, lengths: list[int]) -> None:
        """Shared texts are written once and meant many times."""
        if not lengths or max(lengths) * content.count(b"<") < MAX_TEXT:
            return
        places = (int(found) for found in VALUE.findall(content))
        if sum(lengths[place] for place in places if place < len(lengths)) > MAX_TEXT:
            raise Unreadable("The texts of this workbook are too long.", ANSWER)


def _inflated(data: bytes, part: zipfile.ZipInfo, most: int) -> bytes:
    header = data[part.header_offset : part.header_offset + 30]
    damaged = Unreadable(
        "This workbook is damaged.", "Open it, save it again as .xlsx, and try once more."
    )
    if len(header) < 30 or part.flag_bits & 1:
        raise damaged
    name, extra = struct.unpack("<HH", header[26:30])
    begins = part.header_offset + 30 + name + extra
    packed = memoryview(data)[begins : begins + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        return bytes(packed[:most])
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except zlib.error as error:
        raise damaged from error


def _column(name: bytes) -> int:
    """The number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in name.upper()[:5]:
        number = number * 26 + letter - 64
    return number


def _hidden(content: bytes) -> frozenset[int]:
    """Columns of a sheet that are hidden, counted from 0."""
    found: set[int] = set()
    for column in HIDDEN.findall(content[: 64 * 1024]):
        values = dict(ATTRIBUTE.findall(column))
        low, high = values.get(b"min", b""), values.get(b"max", b"")
        if values.get(b"hidden") in (b"1", b"true") and low.isdigit() and high.isdigit():
            found.update(range(int(low) - 1, min(int(high), MAX_COLUMNS)))
    return frozenset(found)
