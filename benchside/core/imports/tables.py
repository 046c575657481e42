"""Reading tables as people save them: commas, semicolons or tabs, old Windows letters, BOMs."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchside.core.imports.base import BadFile, Problem

DELIMITERS = (",", ";", "\t", "|")
AGAIN = "Save it as “CSV UTF-8” and bring it in again."


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet shows it, its cells by column, what is wrong."""

    number: int
    cells: dict[str, str]
    problems: tuple[Problem, ...] = ()


def read_csv(
    data: bytes, *, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[Line]:
    """Yield the lines under the header; blank ones are skipped but counted.

    Column names match whatever their case and the spaces around them; columns nobody asked for
    are left out; optional ones that are missing are empty. Raises BadFile, before the first
    line for the file and its header, and at a line that is no CSV.
    """
    numbered, header = _opened(data)
    places = _places(header, required, optional)
    for number, cells in numbered:
        if any(cells):
            yield _line(number, cells, places, len(header))


def header_of(data: bytes) -> list[str]:
    """The names of the columns as they stand there. Raises BadFile as `read_csv` does."""
    return _opened(data)[1]


def _opened(data: bytes) -> tuple[Iterator[tuple[int, list[str]]], list[str]]:
    """The numbered rows under the header, and the header."""
    text = decoded(data)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=_delimiter(text),
        strict=True,
        skipinitialspace=True,
    )
    numbered = enumerate(_rows(reader), start=1)
    header = next((cells for _, cells in numbered if any(cells)), None)
    if header is None:
        raise BadFile("This file is empty.", "Choose a file with a header and at least one row.")
    return numbered, header


def decoded(data: bytes) -> str:
    """Text of a file as Excel, Numbers or a database wrote it. Raises BadFile."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadFile("This file is not a text table.", AGAIN)


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        for cells in reader:
            yield [cell.strip() for cell in cells]
    except csv.Error as error:
        line = getattr(reader, "line_num", "?")
        raise BadFile(f"Line {line} cannot be read: {error}.", AGAIN) from error


def _delimiter(text: str) -> str:
    """The mark that stands most often in the first line with anything in it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _places(
    header: Sequence[str], required: Sequence[str], optional: Sequence[str]
) -> dict[str, int | None]:
    """Where each column stands. Raises BadFile for one that is missing or there twice."""
    names = [cell.casefold() for cell in header]
    wanted = {name: name.casefold() for name in (*required, *optional)}
    missing = [name for name in required if wanted[name] not in names]
    if missing:
        raise lacking(missing, required)
    for name, folded in wanted.items():
        if names.count(folded) > 1:
            raise BadFile(f"The column {name} is there twice.", "Leave one of them out.")
    return {
        name: names.index(folded) if folded in names else None for name, folded in wanted.items()
    }


def lacking(missing: Sequence[str], required: Sequence[str]) -> BadFile:
    """What to say of a table in which columns are missing."""
    they = "column {} is" if len(missing) == 1 else "columns {} are"
    return BadFile(
        f"The {they.format(_listed(missing))} missing.",
        f"The first row must name the columns: {', '.join(required)}.",
    )


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _line(number: int, cells: list[str], places: dict[str, int | None], width: int) -> Line:
    problems: tuple[Problem, ...] = ()
    if any(cells[width:]):
        remedy = (
            f"The row has more cells than the header's {width}. Put text with commas in quotes."
        )
        problems = (Problem(number, "", cells[width], remedy),)
    by_name = {
        name: cells[place] if place is not None and place < len(cells) else ""
        for name, place in places.items()
    }
    return Line(number, by_name, problems)
