"""A CSV file as people save them: commas, semicolons or tabs, old Windows letters, BOMs."""

import csv
import io
from itertools import islice

from benchside.organisations.staff_list.problems import Unreadable

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 25  # lines
MAX_ROWS = 1_000_000
MAX_CELLS = 5_000_000
AGAIN = "Save it as “CSV UTF-8” or as .xlsx and bring it in again."


def read_text_table(data: bytes) -> list[list[str]]:
    """All lines, cells as they stand; the first is row 1. Raises Unreadable."""
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"').casefold()
    if said.startswith("sep=") and len(said) == 5:  # Excel's own mark: kept as a row, so rows count
        delimiter, text = said[4], "\n" + rest
    else:
        delimiter = _delimiter(text)
    rows: list[list[str]] = []
    cells = 0
    # Strict: a quotation mark that is never closed would swallow the rest of the list in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)
            cells += len(row)
            if len(rows) > MAX_ROWS or cells > MAX_CELLS:
                raise Unreadable(
                    f"This file has more than {MAX_CELLS:,} cells.", "Leave out the empty ones."
                )
    except csv.Error as error:
        where = f"Row {len(rows) + 1} (line {reader.line_num}) cannot be read: {error}."
        raise Unreadable(where, f"Check the quotation marks in that row. {AGAIN}") from error
    return rows


def _decoded(data: bytes) -> str:
    """Text of a file as Excel, Numbers or a database wrote it."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("This file is not a table we can read.", AGAIN)


def _delimiter(text: str) -> str:
    """The mark that cuts the first lines into the most cells, most evenly.

    Title lines above the header have few; so lines are weighed by the middle one of the upper half.
    """
    sample = list(islice(io.StringIO(text[: 256 * 1024], newline=""), SAMPLE))

    def cells(delimiter: str) -> int:
        try:
            counts = sorted(len(row) for row in csv.reader(sample, delimiter=delimiter))
        except csv.Error:
            return 0
        return counts[len(counts) * 3 // 4] if counts else 0

    return max(DELIMITERS, key=cells)
