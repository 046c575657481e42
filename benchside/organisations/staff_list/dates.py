"""Dates as spreadsheets and HR systems write them.

Days come first here (dd/mm/yyyy). Nobody may be asked: then a column in which some dates can only
be read with the month first, and none only with the day first, was exported with American
settings. All of it is read that way, and the reader is told. A column with both is a mistake nobody
can see through, so its rows are read day first and those that fail are sent back. Where somebody
says which comes first, it is so, and those that do not fit are sent back.
"""

import calendar
import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

FIRST_YEAR, LAST_YEAR = 1900, 2099
FIRST_SERIAL, LAST_SERIAL = 5_000, 73_050  # 8 September 1913 to 2099; 2020 is a year
LONGEST = 60  # letters
NO_DATE = frozenset({"00/00/0000", "0000-00-00"})
EARLIEST = date(1901, 1, 2)  # systems write 1 January 1900 where they know nothing

NUMERIC = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/]*([a-z]{3,9})\.?[\s\-/,]*(\d{4}|\d{2})")
WORD_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
TIME = re.compile(r"[t\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:am|pm|z|[+-]\d{2}:?\d{2})?$")
MONTHS = {name.casefold(): month for month, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: month for name, month in MONTHS.items()} | {"sept": 9}
DAY_FIRST, MONTH_FIRST = "day/month/year, such as 31/07/2026", "month/day/year, such as 07/31/2026"


class DateReader:
    """Reads the dates of one column. `month_first` says how it is written: as it is given, else as
    it is found in the cells."""

    def __init__(
        self,
        cells: Collection[Any],
        as_of: date,
        births: bool,
        starts_1904: bool = False,
        *,
        month_first: bool | None = None,
    ) -> None:
        self.as_of, self.births = as_of, births
        self.zero = date(1904, 1, 1) if starts_1904 else date(1899, 12, 30)
        self.month_first = _is_month_first(cells) if month_first is None else month_first
        order = MONTH_FIRST if self.month_first else DAY_FIRST
        self.unreadable = f"This is not a date we can read: write {order}."
        self.no_such_day = f"There is no such day: write {order}."

    def read(self, cell: Any) -> date | str | None:
        """The date; None where the file writes one to say there is none; or the remedy."""
        if isinstance(cell, datetime):
            return self._sound(cell.date())
        if isinstance(cell, date):
            return self._sound(cell)
        if isinstance(cell, (int, float)):
            return self._serial(cell)
        if isinstance(cell, str):
            return self._written(cell)
        return self.unreadable

    def _serial(self, number: float) -> date | str | None:
        if COMPACT.fullmatch(f"{number:.0f}"):
            return self._written(f"{number:.0f}")
        if not FIRST_SERIAL <= number <= LAST_SERIAL:
            return self.unreadable
        return self._sound(self.zero + timedelta(days=int(number)))

    def _written(self, cell: str) -> date | str | None:
        if len(cell) > LONGEST:  # no date, and patterns take long over long texts
            return self.unreadable
        text = TIME.sub("", " ".join(cell.casefold().split()))
        if text in NO_DATE:
            return None
        if text.isdigit() and len(text) == 5:
            return self._serial(int(text))
        parts = self._parts(text)
        if parts is None:
            return self.unreadable
        try:
            return self._sound(date(*parts))
        except ValueError:
            return self.no_such_day

    def _parts(self, text: str) -> tuple[int, int, int] | None:
        """Year, month and day, unchecked."""
        if found := ISO.fullmatch(text) or COMPACT.fullmatch(text):
            return int(found[1]), int(found[2]), int(found[3])
        if found := NUMERIC.fullmatch(text):
            first, second = int(found[1]), int(found[2])
            day, month = (second, first) if self.month_first else (first, second)
            return self._year(found[3]), month, day
        if (found := DAY_WORD.fullmatch(text)) and found[2] in MONTHS:
            return self._year(found[3]), MONTHS[found[2]], int(found[1])
        if (found := WORD_DAY.fullmatch(text)) and found[1] in MONTHS:
            return int(found[3]), MONTHS[found[1]], int(found[2])
        return None

    def _year(self, digits: str) -> int:
        """Two digits are the latest such year that makes sense."""
        if len(digits) == 4:
            return int(digits)
        latest = self.as_of.year - 14 if self.births else self.as_of.year + 20
        year = latest - latest % 100 + int(digits)
        return year if year <= latest else year - 100

    def _sound(self, found: date) -> date | str | None:
        if found < EARLIEST or found.year >= 2100:
            return None if not self.births else self.unreadable
        return found


def _is_month_first(cells: Collection[Any]) -> bool:
    pairs = list(filter(None, map(parts_of, cells)))
    day_first = any(first > 12 for first, _ in pairs)
    return not day_first and any(second > 12 for _, second in pairs)


def parts_of(cell: Any) -> tuple[int, int] | None:
    """The first two numbers of a date written in numbers: which is the day, the order says."""
    found = NUMERIC.match(cell[:LONGEST].strip()) if isinstance(cell, str) else None
    return (int(found[1]), int(found[2])) if found else None
