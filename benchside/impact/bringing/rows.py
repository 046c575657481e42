"""Rows of a table turned into lines: one line an action, each cell kept. No Django in here.

What stands in no field goes, word for word and under its heading, into `Line.kept`, and from there
into the internal note. A row that cannot be told for sure carries its doubts; a person settles it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchside.impact.bringing.columns import CODE, Column, Layout
from benchside.impact.bringing.fields import AREA_WORDS, Field
from benchside.impact.bringing.plain import one_line, plain
from benchside.impact.bringing.tables import Table
from benchside.impact.bringing.words import area_within, areas_of

HEADING_LENGTH = 60  # a single cell so short may be a heading
LONGEST_TITLE = 300
LONGEST_TEXT = {"objective": 2000, "rationale": 2000, "text": 4000, "source": 4000}
LETTERS = re.compile(r"^[A-Za-z]{1,3}")


@dataclass
class Line:
    """One row, or several that speak of one action.

    `cells` are all its cells with their headings, as they stood; `values` what each field says,
    still as words; `doubts` are (what, why) that a person should settle, `bad` why it cannot be
    brought in at all.
    """

    table: int
    rows: list[int]  # as the file shows them
    cells: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    section: str = ""
    areas: list[str] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    bad: list[tuple[str, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.table}-{self.rows[0]}"

    @property
    def title(self) -> str:
        return one_line(" ".join(self.values.get(Field.TITLE, [])))

    @property
    def code(self) -> str:
        return one_line(" ".join(self.values.get(Field.CODE, [])))

    def said(self, wanted: Field) -> str:
        return "\n".join(self.values.get(wanted, []))


@dataclass
class Skipped:
    table: int
    row: int
    text: str
    why: str

    @property
    def key(self) -> str:
        return f"{self.table}-{self.row}"


@dataclass
class Read:
    lines: list[Line]
    skipped: list[Skipped]


def read_rows(
    tables: Sequence[Table], layouts: Sequence[Layout], area_answers: Mapping[str, str],
    settled: Mapping[str, Mapping[str, Any]],
) -> Read:  # fmt: skip
    """All lines of the tables that are used. `settled` are a person's answers by `Line.key`."""
    read = Read([], [])
    for number, (table, layout) in enumerate(zip(tables, layouts, strict=True)):
        if layout.used:
            _Reader(number, table, layout, area_answers, settled).into(read)
    _doubt_twins(read.lines)
    return read


class _Reader:
    def __init__(
        self, number: int, table: Table, layout: Layout, area_answers: Mapping[str, str],
        settled: Mapping[str, Mapping[str, Any]],
    ) -> None:  # fmt: skip
        self.number, self.table, self.layout = number, table, layout
        self.area_answers, self.settled = area_answers, settled
        self.heads = {plain(one.heading) for one in layout.columns if one.heading}
        self.titles = {one.place for one in layout.with_field(Field.TITLE)}
        self.area, self.section = layout.area, ""
        self.current: Line | None = None

    def into(self, read: Read) -> None:
        for row, cells in self._numbered():
            filled = {place: cell for place, cell in enumerate(cells) if cell}
            if self._is_heading_again(filled):
                read.skipped.append(
                    Skipped(self.number, row, _joined(filled), "The headings once more.")
                )
                continue
            if self._is_section(row, filled):
                text = _joined(filled)
                self.section = text
                self.area = area_within(text) or self.area
                self.current = None
                read.skipped.append(
                    Skipped(self.number, row, text, "A heading for the rows below it.")
                )
                continue
            self._take(row, filled, read)

    def _numbered(self) -> Iterator[tuple[int, list[str]]]:
        for row, cells in enumerate(self.table.rows, start=1):
            if row > self.layout.header and any(cells):
                yield row, cells

    def _is_heading_again(self, filled: Mapping[int, str]) -> bool:
        said = [plain(cell) for cell in filled.values()]
        return len(said) > 1 and sum(one in self.heads for one in said) * 5 >= len(said) * 4

    def _is_section(self, row: int, filled: Mapping[int, str]) -> bool:
        if len(filled) != 1 or len(self.layout.columns) < 3:
            return False
        ((place, text),) = filled.items()
        answer = self.settled.get(f"{self.number}-{row}", {}).get("is")
        if answer:
            return answer == "heading"
        name = plain(text)
        names_area = name in AREA_WORDS or (area_within(text) and len(text) < HEADING_LENGTH)
        is_first = place == min(one.place for one in self.layout.columns)
        return bool(names_area) or (
            place not in self.titles
            and is_first
            and len(text) < 2 * HEADING_LENGTH
            and not CODE.match(text)
        )

    def _take(self, row: int, filled: Mapping[int, str], read: Read) -> None:
        line = self._line(row, filled)
        before = self.current
        if before is not None and self._goes_on(before, line):
            _join(before, line)
            return
        if not line.title:
            line.bad.append(("", "Nothing on this row says what is to be done."))
        elif len(filled) == 1 and len(self.layout.columns) > 2 and len(line.title) < HEADING_LENGTH:
            answer = self.settled.get(line.key, {}).get("is")
            if answer != "action":
                line.doubts.append(("is", "Only one cell is filled: an action, or a heading?"))
        self._place(line)
        self.current = line
        read.lines.append(line)

    def _line(self, row: int, filled: Mapping[int, str]) -> Line:
        line = Line(self.number, [row], section=self.section)
        named = {one.place: one for one in self.layout.columns}
        for place, cell in filled.items():
            column = named.get(place) or Column(place, f"Column {place + 1}", "")
            line.cells.append((column.heading, cell))
            if column.field != Field.NOTE:
                line.values.setdefault(column.field, []).append(cell)
        return line

    def _goes_on(self, before: Line, line: Line) -> bool:
        """A row that says no action, or the same as the row above (a cell merged over both)."""
        if not line.title:
            return not line.code or line.code == before.code
        same_code = not line.code or not before.code or line.code == before.code
        is_next = before.rows[-1] + 1 == line.rows[0]
        return line.title == before.title and same_code and is_next and line.cells != before.cells

    def _place(self, line: Line) -> None:
        """Its areas: by its own cell, its code, the heading above it, the table."""
        said = [*line.values.get(Field.AREA, []), *line.values.get(Field.THEME, [])]
        for text in said:
            for area in areas_of(text, self.area_answers)[0]:
                if area not in line.areas:
                    line.areas.append(area)
        letters = LETTERS.match(line.code)
        by_code = AREA_WORDS.get(letters.group().lower()) if letters else None
        if not line.areas and by_code:
            line.areas.append(by_code)
        if not line.areas and self.area:
            line.areas.append(self.area)


def _joined(filled: Mapping[int, str]) -> str:
    return one_line(" ".join(filled.values()))


def _join(line: Line, more: Line) -> None:
    """The second row of an action: what it says again is left out, all else is added."""
    line.rows += more.rows
    line.cells += [cell for cell in more.cells if cell not in line.cells]
    for wanted, said in more.values.items():
        kept = line.values.setdefault(wanted, [])
        kept += [one for one in said if one not in kept]


def _doubt_twins(lines: list[Line]) -> None:
    """Two rows of the same words: one action written twice, or two?"""
    first: dict[tuple[str, str], Line] = {}
    for line in lines:
        name = (plain(line.title), plain(line.code))
        if not name[0] or line.bad:
            continue
        if name in first:
            other = first[name]
            line.doubts.append(("twin", f"Row {other.rows[0]} has the same words. Are both meant?"))
        first.setdefault(name, line)
