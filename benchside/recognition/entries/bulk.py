"""Reading a list of people to check, as employers have it: any columns, any order, pasted or a
file. No Django here.

A first row that names its columns is believed. Without one, a cell (or a word in it) with a digit
is the number, and all else is the name; the letters that numbers begin with may stand apart.
What was read once can be written down and read again, to the same.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from benchside.core.imports.base import BadFile
from benchside.core.imports.tables import DELIMITERS, decoded
from benchside.recognition.entries.folding import AROUND, fold, is_number

MOST = 5_000  # rows
LONGEST = 200  # letters of a cell that are read
# What people call the columns, folded.
NUMBERS = frozenset(
    {"number", "no", "registration", "registration number", "registration no", "reg no",
     "reg number", "register number", "registrant number", "id", "rt number"}
)  # fmt: skip
NAMES = frozenset(
    {"name", "full name", "first name", "first names", "forename", "forenames", "given name",
     "middle name", "middle names", "last name", "surname", "family name", "technician",
     "employee", "person"}
)  # fmt: skip
READ_BEFORE = ["row", "number", "name"]  # the titles of what was read once, and comes back
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Asked:
    """One person to check: the row as a spreadsheet counts it, and what was in it."""

    row: int
    number: str
    name: str


def read(text: str, prefixes: frozenset[str] = frozenset()) -> list[Asked]:
    """Every row that says something. Raises BadFile when there is none or there are too many."""
    rows = [(row, cells) for row, cells in enumerate(_rows(text), start=1) if any(cells)]
    if not rows:
        raise BadFile(
            "There is nobody in it.", "Put one person in a row: a number, a name, or both."
        )
    columns = _columns(rows[0][1])
    if columns is not None:
        rows = rows[1:]
    if len(rows) > MOST:
        raise BadFile(f"There are {len(rows):,} rows in it.", f"Check {MOST:,} at a time.")
    asked = [
        _by_columns(row, cells, columns) if columns else _guessed(row, cells, prefixes)
        for row, cells in rows
    ]
    found = [one for one in asked if one.number or one.name]
    if not found:
        raise BadFile(
            "There is nobody in it.", "Put one person in a row: a number, a name, or both."
        )
    return found


def read_file(data: bytes, prefixes: frozenset[str] = frozenset()) -> list[Asked]:
    """The same of a file. Raises BadFile."""
    return read(decoded(data), prefixes)


def written(asked: Iterable[Asked]) -> str:
    """What was read, as text that `read` understands the same: so that the rows of a file can be
    asked for again without the file."""
    text = io.StringIO(newline="")
    out = csv.writer(text, quoting=csv.QUOTE_ALL)
    out.writerow(READ_BEFORE)
    out.writerows((one.row, one.number, one.name) for one in asked)
    return text.getvalue()


def _rows(text: str) -> Iterable[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        for cells in csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True
        ):
            yield [_clean(cell) for cell in cells]
    except csv.Error as error:
        raise BadFile(
            f"This is no table: {error}.", "Save it as “CSV UTF-8”, or paste it."
        ) from error


def _clean(cell: str) -> str:
    """Without the apostrophe that guards a formula, and not longer than any name."""
    return " ".join(cell.replace("\0", " ").split())[:LONGEST].lstrip("' ").rstrip()


def _columns(cells: Sequence[str]) -> list[str] | None:
    """What each column holds: number, name or nothing; None when this is no row of titles."""
    titles = [fold(cell) for cell in cells]
    if titles == READ_BEFORE:
        return titles
    kinds = ["number" if one in NUMBERS else "name" if one in NAMES else "" for one in titles]
    return kinds if any(kinds) else None


def _by_columns(row: int, cells: Sequence[str], columns: Sequence[str]) -> Asked:
    pairs = [(kind, cell) for kind, cell in zip(columns, cells, strict=False) if cell]
    number = next((cell for kind, cell in pairs if kind == "number"), "")
    said = next((cell for kind, cell in pairs if kind == "row"), "")
    if said.isascii() and said.isdecimal():
        row = int(said)
    return Asked(row, number, _whole(cell for kind, cell in pairs if kind == "name"))


def _guessed(row: int, cells: Sequence[str], prefixes: frozenset[str]) -> Asked:
    """What has a digit and is no number (a day of birth, a sum) is the name only when there is
    nothing else: so that the row is answered."""
    number, name, other = "", [], []
    for part in (one for cell in cells for one in _parts(prefixes).findall(cell)):
        if not DIGIT.search(part):
            name.append(part)
        elif is_number(part):
            number = number or part.strip(AROUND)
        else:
            other.append(part)
    return Asked(row, number, _whole(name if name or number else other))


def _whole(parts: Iterable[str]) -> str:
    return _clean(" ".join(parts))


@lru_cache(maxsize=8)
def _parts(prefixes: frozenset[str]) -> re.Pattern[str]:
    """The words of a cell, but those that make up one number together: RT 000123, 000 123."""
    begun = "|".join(map(re.escape, sorted(prefixes))) or "(?!)"
    together = rf"[(\[#]*(?:(?:{begun})[\s-]+)?\d+(?:\s\d+)*[)\],;.]*"
    return re.compile(rf"(?<!\S)(?:{together})(?!\S)|\S+", re.IGNORECASE)
