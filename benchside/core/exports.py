"""Tables for spreadsheets: no cell can be taken for a formula, and every program reads them."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

# Excel and others run a cell that begins so (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Excel reads a CSV as UTF-8 only with this in front; Python, R and LibreOffice skip it.
MARK = "\ufeff"


def safe_cell(value: object) -> str:
    """The value as text. What a spreadsheet would run gets an apostrophe in front; numbers,
    also negative ones, stay as they are."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float) or not text.lstrip(" ").startswith(FORMULA):
        return text
    return f"'{text}"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as RFC 4180 has it: comma, double quotes, CR LF, with MARK in front."""
    written = StringIO(newline="")
    table = csv.writer(written)
    table.writerow(header)
    table.writerows([safe_cell(value) for value in row] for row in rows)
    return MARK + written.getvalue()


def csv_response(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """`filename` is ours, never a visitor's."""
    response = HttpResponse(csv_text(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
