"""A log as a table: the columns it is taken out in are those it is brought back in with.

Plain values in and out. What a spreadsheet would run as a formula goes out with an apostrophe in
front (`core.exports`) and loses it on the way back.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import python_calamine as calamine

from benchside.core.exports import FORMULA
from benchside.core.imports import BadFile, Problem, Row, read_csv
from benchside.core.imports.tables import Line
from benchside.core.safe_files import FileRefused, accept
from benchside.people.cpd import days

MAX_BYTES = 5 * 1024 * 1024
MAX_CELLS = 200_000
TITLE, CATEGORY, BEGINS, ENDS = "Title", "Category", "From", "Until"
HOURS, POINTS, DONE = "Hours", "Points", "Done"
TEXTS = {
    "What I did": "did",
    "What I learned": "learned",
    "How it helped my work": "helped_me",
    "How it helped others": "helped_users",
}
REQUIRED = (TITLE, CATEGORY, BEGINS)
OPTIONAL = (ENDS, *TEXTS, HOURS, POINTS, DONE)
COLUMNS = (TITLE, CATEGORY, BEGINS, ENDS, *TEXTS, HOURS, POINTS, DONE)
NAMED = {
    "work": ("work-based", "work based", "work", "work-based learning"),
    "professional": ("professional activity", "professional"),
    "formal": ("formal or educational", "formal", "formal/educational", "educational", "course"),
    "self": ("self-directed", "self directed", "self", "self-directed learning"),
    "other": ("other",),
}
CATEGORIES = {name: key for key, names in NAMED.items() for name in names}
SHOWN = {key: names[0].capitalize() for key, names in NAMED.items()}
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")
YES, NO = {"yes", "y", "true", "1", "done", ""}, {"no", "n", "false", "0", "planned"}
LONGEST = {TITLE: 150} | dict.fromkeys(TEXTS, 4000)
LONGEST_KEY = 200
# A day that Excel left as a number, counted from here: 46023 is 1 January 2026.
EXCEL, EXCEL_BEGAN = re.compile(r"\d{5}(\.\d+)?"), date(1899, 12, 30)
MOST = Decimal(9999)
TOO_MUCH, TOO_LITTLE = (
    f"Write {MOST} at most, or leave it empty.",
    "Write 0 or more, or leave it empty.",
)


def rows_out(activities: Iterable[Any]) -> Iterator[list[object]]:
    """One line an activity, as COLUMNS has them. Reads the fields of a CpdActivity."""
    for one in activities:
        yield [
            one.title,
            SHOWN[one.category],
            one.begins.isoformat(),
            one.ends.isoformat(),
            *(getattr(one, name) for name in TEXTS.values()),
            one.hours,
            one.points,
            "yes" if one.is_done else "no",
        ]


def key_of(begins: date, title: str) -> str:
    """By what an activity is known in a file: the day, and the title whatever its case."""
    return f"{begins.isoformat()} {' '.join(title.casefold().split())}"[:LONGEST_KEY]


def apart(names: Iterable[str]) -> Iterator[str]:
    """The names in their order, with a number for each that was there before: two activities of
    one day may have the same title, in a log as in a file."""
    taken, times = set[str](), Counter[str]()
    for name in names:
        free = name
        while free in taken:
            times[name] += 1
            free = f"{name[: LONGEST_KEY - 10]} ({times[name] + 1})"
        taken.add(free)
        yield free


def read_table(data: bytes) -> list[Row]:
    """The rows of a CSV or the first sheet of an .xlsx. Raises BadFile.

    Values are those of a CpdActivity as plain JSON: days as ISO, numbers as text.
    """
    if len(data) > MAX_BYTES:
        raise BadFile("This file is larger than 5 MB.", "Split it by year, and bring in each.")
    text = _csv_of_sheet(data) if data.startswith(b"PK") else data
    rows = [_row(line) for line in read_csv(text, required=REQUIRED, optional=OPTIONAL)]
    keys = apart(row.key for row in rows)
    return [replace(row, key=key) for row, key in zip(rows, keys, strict=True)]


def _csv_of_sheet(data: bytes) -> bytes:
    """The first sheet of a workbook as CSV, rows where they were."""
    try:
        accept("table.xlsx", data)
        with calamine.load_workbook(io.BytesIO(data)) as book:
            sheet = book.get_sheet_by_index(0)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                raise BadFile(
                    "The first sheet has far too many cells.",
                    "Delete what is not your log, save it as .xlsx, and bring it in again.",
                )
            rows = sheet.to_python(skip_empty_area=False)
    except FileRefused as refusal:
        raise BadFile(refusal.message, refusal.remedy) from refusal
    except (calamine.CalamineError, IndexError, OSError) as error:
        raise BadFile(
            "This workbook cannot be read.", "Open it, save it as .xlsx or CSV, and try again."
        ) from error
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_cell(one) for one in row] for row in rows)
    return written.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@dataclass
class _Reading:
    """One line as it is read: what is wrong is gathered, all of it."""

    line: Line

    def __post_init__(self) -> None:
        self.problems = list(self.line.problems)

    def wrong(self, column: str, remedy: str) -> None:
        found = self.line.cells[column]
        self.problems.append(Problem(self.line.number, column, found, remedy))

    def text(self, column: str) -> str:
        said = self.line.cells[column]
        if said.startswith("'") and said[1:].lstrip(" ").startswith(FORMULA):
            said = said[1:]
        if len(said) > LONGEST[column]:
            self.wrong(column, f"Make it {LONGEST[column]} signs at most.")
        return said

    def title(self) -> str:
        said = " ".join(self.text(TITLE).split())
        if not said:
            self.wrong(TITLE, "Say in a few words what you did.")
        return said

    def category(self) -> str:
        found = CATEGORIES.get(self.line.cells[CATEGORY].casefold(), "")
        if not found:
            self.wrong(CATEGORY, f"Write one of: {', '.join(SHOWN.values())}.")
        return found

    def day(self, column: str) -> date | None:
        found = day_of(self.line.cells[column])
        if found is None:
            self.wrong(column, "Write a day such as 2027-03-31 or 31/03/2027.")
        elif not days.is_within(found):
            self.wrong(column, days.limits())
        return found

    def number(self, column: str) -> str | None:
        said = self.line.cells[column].replace(",", ".")
        if not said:
            return None
        with suppress(InvalidOperation):
            found = Decimal(said)
            if found.is_finite():
                if 0 <= found <= MOST:
                    return exact(found)
                self.wrong(column, TOO_MUCH if found > 0 else TOO_LITTLE)
                return None
        self.wrong(column, "Write a number such as 1.5, or leave it empty.")
        return None

    def is_done(self) -> bool:
        said = self.line.cells[DONE].casefold()
        if said not in YES | NO:
            self.wrong(DONE, "Write yes or no.")
        return said in YES


def exact(number: Decimal) -> str:
    """As the database gives it back: two places."""
    return str(number.quantize(Decimal("0.01")))


def day_of(said: str) -> date | None:
    """A day as people write it in Britain, or as programs do; None for what is no day."""
    bare = re.sub(r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$", "", said.strip())
    if EXCEL.fullmatch(bare):
        return EXCEL_BEGAN + timedelta(days=int(bare[:5]))
    for form in DAYS:
        with suppress(ValueError):
            return datetime.strptime(bare, form).date()  # noqa: DTZ007 - a day has no zone
    return None


def _row(line: Line) -> Row:
    reading = _Reading(line)
    title, category, begins = reading.title(), reading.category(), reading.day(BEGINS)
    ends = reading.day(ENDS) if line.cells[ENDS] else begins
    if begins and ends and begins > ends:
        reading.wrong(ENDS, "Give a day that is not before the first.")
    values: Mapping[str, Any] = {
        "title": title,
        "category": category,
        "begins": begins.isoformat() if begins else "",
        "ends": ends.isoformat() if ends else "",
        **{name: reading.text(column) for column, name in TEXTS.items()},
        "hours": reading.number(HOURS),
        "points": reading.number(POINTS),
        # A day to come is a plan, as it is where it is typed.
        "is_done": reading.is_done() and (ends is None or days.is_over(ends)),
    }
    key = key_of(begins, title) if begins else str(line.number)
    return Row(line.number, key, dict(values), tuple(reading.problems))
