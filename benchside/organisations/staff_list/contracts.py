"""The rows of a sheet as contracts: one row, one contract, read column by column."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

from benchside.organisations.staff_list.bands import age_on, band_of
from benchside.organisations.staff_list.fields import FIELDS, Kind, plain_name
from benchside.organisations.staff_list.layout import Column, Layout
from benchside.organisations.staff_list.problems import Notice, Problem, shown
from benchside.organisations.staff_list.sheets import Sheet
from benchside.organisations.staff_list.values import (
    DATES,
    Context,
    Unknown,
    Wrong,
    dates_of,
    read_column,
)

TOTAL = re.compile(
    r"(grand |sub |sub)?totals?( .*)?|head ?count( .*)?|count|sum|average|end of (report|list).*"
    r"|report (run|date|generated|produced|by).*|\d+ (records?|rows?|staff)"
)
WHO = ("number", "email", "name", "first_name", "last_name")
FAULTY = frozenset({Wrong, Unknown})
EXAMPLES = 5
MONTH_FIRST = (
    "“{}” is read with the month first, month/day/year: some of its dates can be read in no other "
    "way. Where the others have the day first, mend the column and bring the file in again."
)
USUAL_HOURS = range(30, 45)  # a full week, where the file does not say how long one is


class Contract(NamedTuple):
    """One row. `birth` stays inside the reader: what leaves it has `age_band` only."""

    sheet: str
    row: int
    birth: date | None = None
    # As in `Person`, in this order.
    number: str | None = None
    email: str | None = None
    name: str | None = None
    age_band: str | None = None
    sex: str | None = None
    ethnicity: str | None = None
    disability: str | None = None
    # As in `Post`, in this order.
    contract: str | None = None
    title: str | None = None
    unit: str | None = None
    unit_above: str | None = None
    family: str | None = None
    grade: str | None = None
    soc: str | None = None
    fte: float | None = None
    mode: str | None = None
    terms: str | None = None
    start: date | None = None
    end: date | None = None
    manager: str | None = None
    left: date | None = None
    reason: str | None = None
    destination: str | None = None
    leavers: bool = False  # it stood in a sheet of leavers


class SheetRows(NamedTuple):
    """What one sheet says. Rows with problems are in `problems` only."""

    contracts: list[Contract]
    problems: list[Problem]
    notices: list[Notice]
    counted: int  # rows that hold somebody, sound or not


def read_contracts(sheet: Sheet, layout: Layout, context: Context) -> SheetRows:
    """Read a sheet by its layout."""
    return _Reader(sheet, layout, context).read()


class _Reader:
    def __init__(self, sheet: Sheet, layout: Layout, context: Context) -> None:
        self.layout, self.context = layout, context
        self.body = sheet.rows[layout.header_row :]
        self.problems: dict[int, list[Problem]] = defaultdict(list)
        self.notices: list[Notice] = []
        self.raw: dict[str, list[Any]] = {}
        self.values: dict[str, list[Any]] = {}
        self.skipped: set[int] = set()

    def read(self) -> SheetRows:
        for name, column in self.layout.fields.items():
            self.raw[name] = self._raw(column.place)
        self.skipped = self._skipped()
        for name, column in self.layout.fields.items():
            self._read_field(name, column)
        self._count_hours()
        self._choose_units()
        contracts = []
        for place, one in enumerate(self._contracts()):
            if place in self.skipped:
                continue
            if not (one.title and one.number) or one.end or one.left or one.leavers:
                self._check(place, one)
            if place not in self.problems:
                contracts.append(one)
        counted = len(self.body) - len(self.skipped)
        return SheetRows(contracts, self._problems(), self.notices, counted)

    # --- columns ------------------------------------------------------------------------------
    def _raw(self, place: int) -> list[Any]:
        raw = [cells[place] if place < len(cells) else "" for cells in self.body]
        if bool in set(map(type, raw)):  # True and 1 are one key
            raw = [str(cell) if isinstance(cell, bool) else cell for cell in raw]
        return raw

    def _read_field(self, name: str, column: Column) -> None:
        raw, kind = self.raw[name], FIELDS[name].kind
        context = self.context._replace(longest=FIELDS[name].longest)
        distinct = set(raw)
        table = read_column(kind, distinct, context)
        if kind in DATES and dates_of(kind, distinct, context).month_first:
            self.notices.append(Notice(MONTH_FIRST.format(column.header), self.layout.sheet))
        values = list(map(table.__getitem__, raw))
        if not FAULTY.isdisjoint(map(type, table.values())):
            faulty = {cell for cell, value in table.items() if type(value) in FAULTY}
            self._tell(column, kind, raw, values, faulty)
        self.values[name] = values

    def _tell(
        self, column: Column, kind: Kind, raw: list[Any], values: list[Any], faulty: set[Any]
    ) -> None:
        """Turn what cannot be read into problems and notices, and leave None in its place."""
        unknown: dict[str, list[int]] = defaultdict(list)
        for place, cell in enumerate(raw):
            if cell not in faulty:
                continue
            value, values[place] = values[place], None
            if place in self.skipped:
                continue
            if isinstance(value, Unknown):
                unknown[value.word].append(self._row(place))
            else:
                said = _masked(cell) if kind == Kind.BIRTH else shown(cell)
                self._fault(place, column.header, said, value.remedy)
        for word, rows in unknown.items():
            self._notice(f"“{word}” in “{column.header}” is not a word we know: left empty.", rows)

    def _count_hours(self) -> None:
        """Full-time equivalents from hours, where the file has no better."""
        hours = self.values.get("hours")
        if not hours or "fte" in self.values:
            return
        week = self.context.full_time_hours
        if week is None:
            usual = Counter(value for value in hours if value and int(value) in USUAL_HOURS)
            week = max(usual, key=lambda value: (usual[value], value), default=None)
            if week is None:
                self._notice("Nothing says how many hours a full week has: FTE is left empty.", [])
                return
            self._notice(f"A full week is taken to have {week:g} hours: most rows do.", [])
        self.values["fte"] = [
            None if value is None else round(min(value / week, 1), 4) for value in hours
        ]

    def _choose_units(self) -> None:
        """Somebody split over cost centres belongs to the one with the largest share."""
        for name, share in (("unit_2", "share_2"), ("unit_3", "share_3")):
            if not {"unit", "share", name, share} <= self.values.keys():
                continue
            of = zip(*(self.values[key] for key in ("unit", "share", name, share)), strict=True)
            chosen = [
                (unit, part or 0)
                if not other or (part or 0) >= (share_of or 0)
                else (other, share_of)
                for unit, part, other, share_of in of
            ]
            self.values["unit"] = [unit for unit, _ in chosen]
            self.values["share"] = [part for _, part in chosen]

    # --- rows ---------------------------------------------------------------------------------
    def _skipped(self) -> set[int]:
        """Rows that are about nobody: blank, headings, totals, the header once more."""
        skipped: dict[int, str] = {}
        headers = {one.header for one in self.layout.columns if one.header}
        for field in WHO:
            raw = self.raw.get(field, [])
            if headers.isdisjoint(raw):
                continue
            skipped |= {place: "header" for place, cell in enumerate(raw) if cell in headers}
        for place in self._jobless():
            if place not in skipped and (what := self._about_nobody(place)):
                skipped[place] = what
        for what, message in (
            ("header", "The header stands again further down: left out."),
            ("total", "Totals and remarks of the report: left out."),
            ("heading", "Rows that hold a heading and nobody: left out."),
        ):
            if rows := [self._row(place) for place, kind in skipped.items() if kind == what]:
                self._notice(message, sorted(rows))
        return set(skipped)

    def _jobless(self) -> Iterator[int]:
        """Rows without a job title or a leaving date: nobody's row has neither."""
        titles, left = self.raw.get("title"), self.raw.get("left")
        for place in range(len(self.body)):
            if not (titles and titles[place]) and not (left and left[place]):
                yield place

    def _about_nobody(self, place: int) -> str:
        filled = [cell for cell in self.body[place] if cell != "" and not str(cell).isspace()]
        if not filled:
            return "blank"
        if any(TOTAL.fullmatch(plain_name(cell)) for cell in filled):
            return "total"
        number = str(self.raw["number"][place]) if "number" in self.raw else ""
        is_wordy = bool(number) and not any(mark.isdigit() for mark in number)
        # A faculty merged down beside the heading fills a second cell.
        if len(filled) == 1 or (len(filled) == 2 and is_wordy):
            return "heading"
        # Sums under the columns: numbers alone, and no job.
        is_somebody = any(self._has(place, field) for field in WHO)
        if not is_somebody and all(_is_number(cell) for cell in filled):
            return "total"
        return ""

    def _has(self, place: int, field: str) -> bool:
        return field in self.raw and self.raw[field][place] not in ("", None)

    def _contracts(self) -> Iterable[Contract]:
        height = len(self.body)
        columns: dict[str, Iterable[Any]] = {
            **{name: self.values[name] for name in Contract._fields if name in self.values},
            "sheet": repeat(self.layout.sheet, height),
            "row": range(self._row(0), self._row(height)),
            "name": self._names(),
            "age_band": self._bands(),
            "leavers": repeat(self.layout.leavers, height),
        }
        ordered = [columns.get(name, repeat(None, height)) for name in Contract._fields]
        return map(Contract._make, zip(*ordered, strict=True))

    def _names(self) -> list[str | None]:
        whole = self.values.get("name") or [None] * len(self.body)
        first = self.values.get("first_name") or [None] * len(self.body)
        last = self.values.get("last_name") or [None] * len(self.body)
        return [
            _turned(name) if name else " ".join(filter(None, (given, family))) or None
            for name, given, family in zip(whole, first, last, strict=True)
        ]

    def _bands(self) -> list[str | None]:
        """From the date of birth, else the age, else the band as the file words it."""
        empty = [None] * len(self.body)
        births = self.values.get("birth") or empty
        as_of = self.context.as_of
        table = {birth: band_of(age_on(as_of, birth)) for birth in set(births) if birth}
        ages, bands = self.values.get("age") or empty, self.values.get("age_band") or empty
        return [
            table[birth] if birth else age or band
            for birth, age, band in zip(births, ages, bands, strict=True)
        ]

    def _check(self, place: int, one: Contract) -> None:
        """What no cell can say alone."""
        if not (one.number or one.email or one.name):
            if place not in self.problems:
                remedy = "Nothing says who this is: give a staff number, an e-mail or a name."
                self._fault(place, "", "", remedy)
        elif not one.title and not (one.left or one.leavers) and not self._faulty(place, "title"):
            self._fault(place, self._header("title"), "", "The job title is missing: fill it in.")
        if one.start and one.left and one.left < one.start:
            self._fault(place, self._header("left"), f"{one.left:%d/%m/%Y}", self._before(one))
        elif one.start and one.end and one.end < one.start:
            self._fault(place, self._header("end"), f"{one.end:%d/%m/%Y}", self._before(one))
        if one.leavers and not (one.left or one.end) and not self._faulty(place, "left"):
            remedy = "This sheet is of leavers, and the date is missing: fill it in."
            self._fault(place, self._header("left"), "", remedy)

    def _before(self, one: Contract) -> str:
        return f"This is before the start ({one.start:%d/%m/%Y}): correct one of the two."

    # --- what is told -------------------------------------------------------------------------
    def _row(self, place: int) -> int:
        return self.layout.header_row + 1 + place

    def _header(self, field: str) -> str:
        return self.layout.fields[field].header if field in self.layout.fields else ""

    def _faulty(self, place: int, field: str) -> bool:
        header = self._header(field)
        return any(one.column == header for one in self.problems.get(place, ()))

    def _fault(self, place: int, column: str, value: str, remedy: str) -> None:
        fault = Problem(self.layout.sheet, self._row(place), column, value, remedy)
        self.problems[place].append(fault)

    def _notice(self, message: str, rows: Sequence[int]) -> None:
        notice = Notice(message, self.layout.sheet, len(rows), tuple(rows[:EXAMPLES]))
        self.notices.append(notice)

    def _problems(self) -> list[Problem]:
        told = []
        for place in sorted(self.problems):
            who = self.values["number"][place] if "number" in self.values else None
            mail = self.values["email"][place] if "email" in self.values else None
            key = f"number:{who}" if who else f"email:{mail}" if mail else ""
            told += [one._replace(who=key) for one in self.problems[place]]
        return told


def _turned(name: str) -> str:
    """ "Made-Up, Edie" is "Edie Made-Up"."""
    last, comma, first = name.partition(",")
    return (
        f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name
    )


def _masked(cell: Any) -> str:
    """The shape of a date of birth that cannot be read, without the date."""
    return re.sub(r"[0-9]", "•", shown(cell))


def _is_number(cell: Any) -> bool:
    return bool(re.fullmatch(r"[£\d.,% ]+", str(cell)))
