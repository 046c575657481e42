"""What a file is made of: tables of cells as text, each word as it stood. No Django in here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

MAX_ROWS = 3_000
MAX_COLUMNS = 60
MAX_TEXT = 2_000_000  # letters of all cells together

Rows = list[list[str]]


class TooMuch(Exception):  # noqa: N818 - reads as what it is
    """More than any plan holds; `what` says of what."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@dataclass
class Table:
    """`rows[0]` is row 1 of the sheet or of the table in the document; `name` is the sheet's, or
    the line that stands above the table."""

    name: str
    rows: Rows

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "rows": self.rows}


@dataclass
class Source:
    tables: list[Table]
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"tables": [one.as_json() for one in self.tables], "notes": self.notes}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Source":
        return cls([Table(**one) for one in data.get("tables", [])], data.get("notes", []))


def as_text(value: Any) -> str:
    """A cell as a person reads it: days without their midnight, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.replace("\u00a0", " ").strip()


def trimmed(tables: Iterable[Table]) -> list[Table]:
    """Without empty tables, nor empty cells at the right and rows below. Raises TooMuch."""
    found, rows, letters = [], 0, 0
    for table in tables:
        kept = [_without_tail(row) for row in table.rows]
        while kept and not kept[-1]:
            kept.pop()
        if not kept:
            continue
        rows += len(kept)
        letters += sum(len(cell) for row in kept for cell in row)
        if rows > MAX_ROWS:
            raise TooMuch(f"more than {MAX_ROWS:,} rows")
        if max(map(len, kept)) > MAX_COLUMNS:
            raise TooMuch(f"more than {MAX_COLUMNS} columns")
        if letters > MAX_TEXT:
            raise TooMuch(f"more than {MAX_TEXT:,} letters")
        found.append(Table(table.name, kept))
    return found


def _without_tail(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]
