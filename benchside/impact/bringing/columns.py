"""Where the headings of a table are, and which column says what. No Django in here.

By its heading first, in any of the words we know; then by what stands under it. A person looks it
over and changes it; the answer is remembered under the fingerprint of the headings.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import mean

from benchside.impact.bringing.fields import AREA_WORDS, FIELDS, MANY, Field
from benchside.impact.bringing.plain import one_line, plain
from benchside.impact.bringing.tables import Table
from benchside.impact.bringing.words import area_within, is_dayish, is_rag

HEADER_WITHIN = 40
LONGEST_HEADING = 90
NEAR = 0.88
CODE = re.compile(r"^[A-Z]{0,3}[-. ]?\d{1,3}([.-]\d{1,2})?[a-z]?$", re.IGNORECASE)
NAMES: dict[str, tuple[int, Field]] = {}
for _one, _known in FIELDS.items():
    for _rank, _name in enumerate(_known.names):
        if _name:
            NAMES.setdefault(_name, (_rank, _one))


@dataclass(frozen=True)
class Column:
    """`key` tells columns of one heading apart; `why` says how it was recognised, or why not."""

    place: int
    heading: str
    key: str
    field: Field = Field.NOTE
    why: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How one table is read. `header` counts rows from 1; 0 where there are no headings."""

    name: str
    header: int
    columns: tuple[Column, ...] = ()
    used: bool = True
    known: bool = False
    area: str = ""  # of every row that says none itself
    rows: int = 0
    problem: str = ""
    goes_on: bool = False  # a table like the one before, without its own headings

    @property
    def fingerprint(self) -> str:
        text = "\n".join(column.key for column in self.columns)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def mapping(self) -> dict[str, str]:
        return {column.key: str(column.field) for column in self.columns}

    def with_field(self, wanted: Field) -> list[Column]:
        return [column for column in self.columns if column.field == wanted]


def propose(tables: Sequence[Table], remembered: Mapping[str, Mapping[str, str]]) -> list[Layout]:
    """How each table would be read. `remembered` is mappings by fingerprint."""
    found: list[Layout] = []
    for table in tables:
        layout = read_at(table, header_of(table), remembered)
        before = next((one for one in reversed(found) if one.used and not one.goes_on), None)
        if not layout.header and before and _width(table) == len(before.columns):
            kept = [replace(one, examples=_examples(table, 0, one.place)) for one in before.columns]
            layout = replace(
                before, name=table.name, header=0, columns=tuple(kept), goes_on=True,
                rows=len(table.rows), area=area_within(table.name) or before.area,
            )  # fmt: skip
        found.append(layout)
    return found


def header_of(table: Table) -> int:
    """The row with the most headings that we know, counted from 1; 0 for none."""
    best, row = 1, 0
    for number, cells in enumerate(table.rows[:HEADER_WITHIN], start=1):
        known = {
            found[1]
            for cell in cells
            if cell and len(cell) <= LONGEST_HEADING and (found := by_name(cell)) is not None
        }
        if len(known) > best and known & {Field.TITLE, Field.OBJECTIVE, Field.MEASURE}:
            best, row = len(known), number
    return row


def read_at(table: Table, header: int, remembered: Mapping[str, Mapping[str, str]]) -> Layout:
    """The layout with the headings in that row."""
    columns = _named(table, header)
    layout = Layout(
        table.name,
        header,
        tuple(columns),
        area=area_within(table.name) or _area_above(table, header),
        rows=len(table.rows) - header,
    )
    if known := remembered.get(layout.fingerprint):
        kept = [replace(one, field=_field(known.get(one.key, ""))) for one in columns]
        layout = replace(layout, columns=tuple(kept), known=True)
    else:
        layout = replace(layout, columns=tuple(_recognised(table, header, columns)))
    usable = bool(layout.with_field(Field.TITLE)) and layout.rows > 0
    return replace(layout, used=usable and (layout.known or bool(header) or len(columns) > 1))


def confirmed(layout: Layout, mapping: Mapping[str, str], *, used: bool, area: str) -> Layout:
    """The layout as a person has it; `problem` says what cannot be meant."""
    columns = tuple(
        replace(one, field=_field(mapping.get(one.key, one.field))) for one in layout.columns
    )
    made = replace(layout, columns=columns, used=used, area=area, known=True, problem="")
    return replace(made, problem=_problem_of(made)) if used else made


def _problem_of(layout: Layout) -> str:
    for wanted in FIELDS:
        named = layout.with_field(wanted)
        if len(named) > 1 and wanted not in MANY:
            both = " and ".join(f"“{one.heading}”" for one in named)
            return f"{both} are both “{FIELDS[wanted].label}”. Keep one, let the other be a note."
    if not layout.with_field(Field.TITLE):
        return "Say which column tells what is to be done, or leave this table out."
    return ""


def _field(said: str) -> Field:
    return Field(said) if said in Field._value2member_map_ else Field.NOTE


def by_name(heading: str) -> tuple[int, Field] | None:
    """How well a heading is known (lower is better) and what it says."""
    name = plain(heading.replace("#", " hash "))
    if found := NAMES.get(name):
        return found
    words = f" {name} "
    inside = [
        (len(known), rank, field)
        for known, (rank, field) in NAMES.items()
        if len(known) > 3 and f" {known} " in words
    ]
    if inside:
        length, rank, field = max(inside, key=lambda one: (one[0], -one[1]))
        return 100 - min(length, 60) + rank, field
    near = [
        (SequenceMatcher(None, name, known).ratio(), found)
        for known, found in NAMES.items()
        if len(known) > 4 and abs(len(known) - len(name)) < 4
    ]
    ratio, nearest = max(near, default=(0.0, (0, Field.NOTE)))
    return (200, nearest[1]) if ratio >= NEAR else None


# --- inside -------------------------------------------------------------------------------------
def _area_above(table: Table, header: int) -> str:
    for cells in table.rows[: max(header - 1, 0)]:
        for cell in cells:
            if area := area_within(cell):
                return area
    return ""


def _width(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


def _examples(table: Table, header: int, place: int) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for cells in table.rows[header : header + 60]:
        if place < len(cells) and cells[place]:
            seen.setdefault(one_line(cells[place], 60))
        if len(seen) == 3:
            break
    return tuple(seen)


def _named(table: Table, header: int) -> list[Column]:
    heads = table.rows[header - 1] if header else []
    columns: list[Column] = []
    times: dict[str, int] = {}
    for place in range(_width(table)):
        heading = one_line(heads[place]) if place < len(heads) else ""
        examples = _examples(table, header, place)
        if not heading and not examples:
            continue
        name = plain(heading)[:80] or f"column {place + 1}"
        times[name] = times.get(name, 0) + 1
        key = name if times[name] == 1 else f"{name} {times[name]} times"
        columns.append(Column(place, heading or f"Column {place + 1}", key, examples=examples))
    return columns


def _recognised(table: Table, header: int, columns: list[Column]) -> list[Column]:
    cells = {column.place: _under(table, header, column.place) for column in columns}
    claims = []
    for column in columns:
        found = by_name(column.heading) if header else None
        if found:
            rank, field = _by_content_too(found, cells[column.place])
            claims.append((rank, column.place, field))
    taken: dict[int, Field] = {}
    for _, place, field in sorted(claims):
        if field in MANY or field not in taken.values():
            taken[place] = field
    _fill_from_content(taken, cells)
    return [
        replace(
            column,
            field=taken.get(column.place, Field.NOTE),
            why=_why(column, taken.get(column.place), bool(header)),
        )
        for column in columns
    ]


def _why(column: Column, field: Field | None, has_headings: bool) -> str:
    if field is None:
        return "Not recognised: kept word for word."
    if has_headings and by_name(column.heading):
        return ""
    return "Taken for this by what stands in it. Please check."


def _by_content_too(found: tuple[int, Field], cells: list[str]) -> tuple[int, Field]:
    """A heading that serves two things is told by what stands under it."""
    rank, field = found
    if field in {Field.THEME, Field.AREA} and cells:
        share = mean(bool(_areas_in(cell)) for cell in cells)
        return (
            (rank, Field.AREA)
            if share > 0.6
            else (rank, Field.THEME if field == Field.THEME else field)
        )
    if field == Field.RAG and cells and mean(len(cell) for cell in cells) > 40:
        return rank, Field.PROGRESS
    if field == Field.COST and cells and not any(re.search(r"\d", cell) for cell in cells):
        return rank, Field.NOTE
    if field == Field.CODE and cells and mean(len(cell) for cell in cells) > 15:
        return rank + 50, Field.TITLE
    return rank, field


def _areas_in(cell: str) -> bool:
    parts = [one for one in re.split(r"[,;/&\n+]| and ", cell) if one.strip()]
    return bool(parts) and all(plain(one) in AREA_WORDS or area_within(one) for one in parts)


def _under(table: Table, header: int, place: int) -> list[str]:
    rows = table.rows[header : header + 200]
    return [cells[place] for cells in rows if place < len(cells) and cells[place]]


def _fill_from_content(taken: dict[int, Field], cells: dict[int, list[str]]) -> None:
    """What no heading told: letters of a RAG, codes, days; else the column with the longest words
    is what is to be done."""
    free = [place for place in cells if place not in taken and cells[place]]
    if Field.TITLE not in taken.values() and (spare := _spare_title(taken, cells)) is not None:
        taken[spare] = Field.TITLE
        free = [place for place in free if place != spare]
    looks = (
        (Field.RAG, lambda text: is_rag(text)),
        (Field.CODE, lambda text: bool(CODE.match(text))),
        (Field.AREA, _areas_in),
        (Field.DUE, is_dayish),
    )
    for field, fits in looks:
        for place in free:
            if field in taken.values() or place in taken:
                continue
            if mean(fits(text) for text in cells[place]) > 0.6:
                taken[place] = field


def _spare_title(taken: dict[int, Field], cells: dict[int, list[str]]) -> int | None:
    """An objective does for an action where nothing else is; then the longest free column."""
    if place := next((one for one, field in taken.items() if field == Field.OBJECTIVE), None):
        return place
    if 0 in taken and taken[0] == Field.OBJECTIVE:
        return 0
    free = {
        place: mean(map(len, texts))
        for place, texts in cells.items()
        if place not in taken and texts
    }
    longest = max(free, key=lambda place: free[place], default=None)
    return longest if longest is not None and free[longest] > 12 else None
