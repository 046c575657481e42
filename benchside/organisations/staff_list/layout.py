"""Where the header of a sheet is, and which of its columns are which.

`propose` recognises what it can; a person confirms or corrects that once, and the answer is
remembered under the fingerprint of the header, so that next month's export asks nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from benchside.organisations.staff_list.fields import FIELDS, KNOWN_NAMES, NEVER, plain_name
from benchside.organisations.staff_list.problems import Unreadable
from benchside.organisations.staff_list.sheets import Book, Sheet

HEADER_WITHIN = 40  # rows
LEAST_NAMES = 2  # a row with fewer names we know is no header
SAMPLE = 200  # cells looked at to tell "Title: Dr" from "Title: Technician"
LEAVER_WORDS = frozenset({"leaver", "leavers", "left", "terminated", "terminations", "ended"})
SALUTATIONS = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "rev", "lady", "dame"}
)
IDENTITY = ("number", "email", "name", "last_name")

Remembered = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Column:
    """One column. `key` tells columns of one name apart ("start date", "start date #2")."""

    place: int  # counted from 0
    header: str
    key: str
    field: str = ""  # of FIELDS; empty when it is not used
    why: str = ""  # not used, or doubted, because
    hidden: bool = False


@dataclass(frozen=True)
class Layout:
    """How one sheet is read. `header_row` counts as a spreadsheet does; 0 where there is none."""

    sheet: str
    header_row: int
    columns: tuple[Column, ...] = ()
    leavers: bool = False
    used: bool = True
    known: bool = False  # a person has confirmed a header like this before
    doubts: tuple[str, ...] = ()
    hidden: bool = False
    fields: dict[str, Column] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        self.fields.update({one.field: one for one in self.columns if one.field})

    @property
    def fingerprint(self) -> str:
        """Of the header's names in their order, and of the kind of sheet. 32 hex digits."""
        text = "\n".join([*(one.key for one in self.columns), f"leavers={self.leavers}"])
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def mapping(self) -> dict[str, str]:
        """What is remembered: the field of each column, by the column's key."""
        return {one.key: one.field for one in self.columns}


def propose(book: Book, remembered: Remembered) -> list[Layout]:
    """How each sheet would be read. `remembered` is mappings by fingerprint."""
    return [_propose(sheet, remembered) for sheet in book.sheets]


def confirm(layout: Layout, mapping: Mapping[str, str], *, used: bool = True) -> Layout:
    """The layout as a person corrected it: fields by column key, "" for a column left out.

    Columns that `mapping` does not name stay as they are. Raises Unreadable for a mapping that
    cannot be meant, saying which column.
    """
    columns = []
    for one in layout.columns:
        chosen = mapping.get(one.key, one.field)
        if chosen and chosen not in FIELDS:
            raise Unreadable(f"There is no field called “{chosen}”.", "Choose one of the list.")
        if chosen and _base(one.key) in NEVER:
            raise Unreadable(f"“{one.header}” is never read.", NEVER[_base(one.key)])
        columns.append(replace(one, field=chosen, why="" if chosen else one.why))
    counted = Counter(one.field for one in columns if one.field)
    for name, times in counted.items():
        if times > 1:
            twice = " and ".join(f"“{one.header}”" for one in columns if one.field == name)
            raise Unreadable(f"{twice} are both {FIELDS[name].label}.", "Keep one, leave one out.")
    made = replace(layout, columns=tuple(columns), used=used, known=True, doubts=(), fields={})
    if used and (lacking := _lacking(made)):
        raise Unreadable(f"No column of the sheet says {lacking}.", "Say which column it is.")
    return made


def at_row(sheet: Sheet, header_row: int) -> Layout:
    """The layout with the header in a row that a person names."""
    if not 1 <= header_row <= len(sheet.rows):
        raise Unreadable(f"The sheet has no row {header_row}.", "Name a row that is there.")
    return _read_header(sheet, header_row, {})


def _propose(sheet: Sheet, remembered: Remembered) -> Layout:
    best, row = LEAST_NAMES - 1, 0
    for number, cells in enumerate(islice(sheet.rows, HEADER_WITHIN), start=1):
        names = {plain_name(cell) for cell in cells if isinstance(cell, str) and cell}
        found = len({KNOWN_NAMES[name][0][1] for name in names if name in KNOWN_NAMES})
        if found > best:
            best, row = found, number
    if not row:
        return Layout(sheet.name, 0, used=False, hidden=sheet.hidden)
    return _read_header(sheet, row, remembered)


def _read_header(sheet: Sheet, row: int, remembered: Remembered) -> Layout:
    columns = _named(sheet, row)
    layout = Layout(
        sheet.name,
        row,
        tuple(columns),
        leavers=bool(LEAVER_WORDS & set(plain_name(sheet.name).split())),
        hidden=sheet.hidden,
    )
    if known := remembered.get(layout.fingerprint):
        fields = [replace(one, field=known.get(one.key, "")) for one in columns]
        layout = replace(layout, columns=tuple(fields), known=True, fields={})
    else:
        fields, doubts = _recognised(sheet, row, columns)
        layout = replace(layout, columns=tuple(fields), doubts=tuple(doubts), fields={})
    return replace(layout, used=not _lacking(layout), fields={})


def _named(sheet: Sheet, row: int) -> list[Column]:
    columns: list[Column] = []
    times: Counter[str] = Counter()
    for place, cell in enumerate(sheet.rows[row - 1]):
        name = plain_name(cell)
        if not name and not _has_cells(sheet, row, place):
            continue
        times[name] += 1
        key = name if times[name] == 1 else f"{name} #{times[name]}"
        hidden = place in sheet.hidden_columns
        columns.append(Column(place, " ".join(str(cell).split()), key, hidden=hidden))
    return columns


def _has_cells(sheet: Sheet, row: int, place: int) -> bool:
    body = islice(sheet.rows, row, row + SAMPLE)
    return any(place < len(cells) and cells[place] != "" for cells in body)


def _recognised(
    sheet: Sheet, row: int, columns: Sequence[Column]
) -> tuple[list[Column], list[str]]:
    """The columns with their fields, each column and each field taken by the best name first."""
    claims = sorted(
        (rank, column.place, name)
        for column in columns
        if _base(column.key) not in NEVER
        for rank, name in KNOWN_NAMES.get(_base(column.key), [])
        if not (name == "title" and _are_salutations(sheet, row, column.place))
    )
    by_place: dict[int, str] = {}
    taken: dict[str, int] = {}
    for _, place, name in claims:
        if place not in by_place and name not in taken:
            by_place[place], taken[name] = name, place
    _settle(by_place, taken, columns)
    headers = {column.place: column.header for column in columns}
    doubts, made = [], []
    for column in columns:
        why = NEVER.get(_base(column.key), "")
        known = KNOWN_NAMES.get(_base(column.key))
        if _base(column.key) == "title" and _are_salutations(sheet, row, column.place):
            why = "Mr, Ms and Dr are not needed, so they are not read."
        if column.place not in by_place and known and not why and known[0][1] in taken:
            name = known[0][1]
            other = headers[taken[name]]
            said = "Another column of this name" if other == column.header else f"“{other}”"
            why = f"{said} is taken for {FIELDS[name].label} instead."
            if not _same_cells(sheet, row, column.place, taken[name]):
                doubts.append(f"“{column.header}”: {why}")
        made.append(replace(column, field=by_place.get(column.place, ""), why=why))
    return made, doubts


def _settle(by_place: dict[int, str], taken: dict[str, int], columns: Sequence[Column]) -> None:
    """A name that serves two fields goes to the one a list cannot do without."""
    keys = {column.place: _base(column.key) for column in columns}
    for needed, spare in (("unit", "unit_above"), ("number", "contract")):
        if needed in taken or spare not in taken:
            continue
        place = taken[spare]
        if any(name == needed for _, name in KNOWN_NAMES[keys[place]]):
            del taken[spare]
            taken[needed], by_place[place] = place, needed


def _base(key: str) -> str:
    return key.partition(" #")[0]


def _are_salutations(sheet: Sheet, row: int, place: int) -> bool:
    body = islice(sheet.rows, row, row + SAMPLE)
    words = [plain_name(cells[place]) for cells in body if place < len(cells) and cells[place]]
    return bool(words) and 2 * sum(word in SALUTATIONS for word in words) > len(words)


def _same_cells(sheet: Sheet, row: int, first: int, second: int) -> bool:
    def cell(cells: Sequence[Any], place: int) -> Any:
        return cells[place] if place < len(cells) else ""

    return all(cell(cells, first) == cell(cells, second) for cells in sheet.rows[row:])


def _lacking(layout: Layout) -> str:
    """What a sheet must say and does not, in words."""
    if not any(name in layout.fields for name in IDENTITY):
        return "who people are (a staff number, an e-mail address or a name)"
    if layout.leavers:
        if "left" in layout.fields or "end" in layout.fields:
            return ""
        return "when people left"
    return "" if "title" in layout.fields else "what people's job titles are"
