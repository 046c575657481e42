"""What a cell says, as a plain value; or what is wrong with it.

A column is read as a whole: its distinct values are read once each, and what they have in common
decides what none can say alone (whether 03/04/2020 is in March or in April).
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

from benchside.organisations.staff_list import codes
from benchside.organisations.staff_list.bands import OLDEST, YOUNGEST, age_on, band_of, read_band
from benchside.organisations.staff_list.dates import DateReader
from benchside.organisations.staff_list.fields import Kind, plain_name

LONGEST_TEXT = 200
LONGEST_NUMBER = 40
BLANKS = frozenset(
    {"", "-", "--", "–", ".", "n/a", "na", "nil", "none", "null", "not applicable", "tbc", "#n/a"}
)
LONGEST_BLANK = max(map(len, BLANKS))
ERRORS = frozenset(
    {"#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", "#spill!", "#calc!", "#########"}
)
DATES = frozenset({Kind.DATE, Kind.BIRTH})
EMAIL = re.compile(r"[^@\s,;<>\"]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
SEVERAL = re.compile(r"[;,\s]+")
SCIENTIFIC = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)


class Wrong(NamedTuple):
    """A value that cannot be read, and what to do about it."""

    remedy: str


class Unknown(NamedTuple):
    """A word of a short list that we do not know. It is left out, and told."""

    word: str


class Context(NamedTuple):
    """What reading depends on besides the cell."""

    as_of: date
    full_time_hours: float | None = None
    starts_1904: bool = False  # spreadsheets made on old Macs count days from 1904
    longest: int = LONGEST_TEXT


def read_column(kind: Kind, distinct: Collection[Any], context: Context) -> dict[Any, Any]:
    """Each distinct cell of a column and its value: plain, None for empty, Wrong or Unknown."""
    if kind in DATES:
        dates = dates_of(kind, distinct, context)
        return {cell: _date(cell, dates, kind, context) for cell in distinct}
    read = READERS[kind]
    return {cell: read(cell, context) for cell in distinct}


def dates_of(kind: Kind, distinct: Collection[Any], context: Context) -> DateReader:
    """How the dates of a column are read."""
    return DateReader(distinct, context.as_of, kind == Kind.BIRTH, context.starts_1904)


def clean(cell: Any) -> str:
    """A cell as text on one line: no odd spaces, no marks that cannot be seen, 12.0 as 12."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if mark.isspace() else mark for mark in text)
    return " ".join("".join(mark for mark in text if mark.isprintable()).split())


def _filled(cell: Any) -> str:
    """The same, empty where the file says in words that there is nothing."""
    text = clean(cell)
    return "" if len(text) <= LONGEST_BLANK and text.casefold() in BLANKS else text


def _is_error(text: str) -> bool:
    return text.startswith("#") and (text.casefold() in ERRORS or text == "#N/A")


def _text(cell: Any, context: Context) -> str | Wrong | None:
    text = clean(cell)
    if _is_error(text):
        return Wrong("The spreadsheet shows an error here: mend the formula, or type the value.")
    if len(text) > context.longest:
        return Wrong(f"This is longer than {context.longest} letters: shorten it.")
    return text or None


def _number(cell: Any, context: Context) -> str | Wrong | None:
    if isinstance(cell, (date, timedelta)):
        return Wrong("The spreadsheet has made a date of this number: format the column as text.")
    if isinstance(cell, float) and not cell.is_integer():
        return Wrong("A number with a fraction cannot name anybody: check the column.")
    text = _filled(cell).replace(" ", "").upper()
    if _is_error(text):
        return Wrong("The spreadsheet shows an error here: mend the formula, or type the number.")
    if "E" in text and SCIENTIFIC.fullmatch(text) and not text.replace("E", "").isdigit():
        return Wrong("The spreadsheet has rounded this number: format the column as text.")
    if len(text) > LONGEST_NUMBER:
        return Wrong(f"This is longer than {LONGEST_NUMBER} letters: it looks like another column.")
    # Spreadsheets drop leading noughts, HR systems print them: they are one number.
    return (text.lstrip("0") or None) if text.isdigit() else text or None


def _email(cell: Any, context: Context) -> str | Wrong | None:
    text = _filled(cell).casefold().removeprefix("mailto:")
    first = SEVERAL.split(text, maxsplit=1)[0]
    if not first:
        return None
    if len(first) > LONGEST_TEXT or not EMAIL.fullmatch(first):
        return Wrong("This is not an e-mail address: correct it, or leave the cell empty.")
    return first


def _date(cell: Any, dates: DateReader, kind: Kind, context: Context) -> Any:
    if cell == "" or (isinstance(cell, str) and not _filled(cell)):
        return None
    found = dates.read(cell)
    if isinstance(found, str):
        return Wrong(found)
    if found is None or kind == Kind.DATE:
        return found
    age = age_on(context.as_of, found)
    if not YOUNGEST <= age <= OLDEST:
        return Wrong("Somebody born that day is too young or too old to be employed: check it.")
    return found


def _age(cell: Any, context: Context) -> str | Wrong | None:
    text = _filled(cell)
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,3})(?:\.\d+)?", text)
    if not found or not YOUNGEST <= int(found[1]) <= OLDEST:
        return Wrong(f"An age is a number of years from {YOUNGEST} to {OLDEST}.")
    return band_of(int(found[1]))


def _band(cell: Any, context: Context) -> str | Wrong | None:
    text = _filled(cell)
    remedy = "Write an age band such as 35-39, “under 20” or “70 and over”."
    return (read_band(text) or Wrong(remedy)) if text else None


def _fte(cell: Any, context: Context) -> float | Wrong | None:
    """1, 1.0, 100, "0.6", "60%", "0,6". Nobody works one hundredth of a post, so 1 is whole."""
    text = _filled(cell).casefold().replace("fte", "").replace(",", ".").strip()
    if not text:
        return None
    percent = text.endswith("%")
    try:
        value = float(text.rstrip("% "))
    except ValueError:
        return Wrong("Write a part of a whole post: 1, 0.6 or 60%.")
    if percent or 10 <= value <= 120:
        value /= 100
    if not 0 <= value <= 1.2:  # overtime is no second post
        return Wrong("A post is between 0 and 1 (or 0 and 100 %) of full time.")
    return round(min(value, 1.0), 4)


def _hours(cell: Any, context: Context) -> float | Wrong | None:
    text = _filled(cell).casefold().removesuffix("hours").removesuffix("hrs").replace(",", ".")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1
    return value if 0 <= value <= 60 else Wrong("Write hours a week, such as 36.5.")


def _share(cell: Any, context: Context) -> float | Wrong | None:
    text = _filled(cell).rstrip("% ")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1
    return value if 0 <= value <= 100 else Wrong("Write a share in percent, from 0 to 100.")


def _soc(cell: Any, context: Context) -> str | Wrong | None:
    text = _filled(cell)
    if not text or not text.strip("0"):
        return None
    found = re.match(r"([1-9]\d{2,3})(?!\d)", text)
    return found[1] if found else Wrong("A SOC 2020 code has four digits, such as 3111.")


def _word(table: dict[str, str]) -> Callable[[Any, Context], str | Unknown | None]:
    def read(cell: Any, context: Context) -> str | Unknown | None:
        text = _filled(cell)
        if not text:
            return None
        name = plain_name(text)
        # "3 Part-time", "Part time (1)", "01": the code or the words, whichever is known.
        code = re.match(r"0*(\d+)(?![^ ])", name)
        for tried in (name, code[1] if code else "", re.sub(r"^\d+ | \d+$", "", name)):
            if tried in table:
                return table[tried]
        return Unknown(text[:LONGEST_NUMBER])

    return read


READERS: dict[Kind, Callable[[Any, Context], Any]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.EMAIL: _email,
    Kind.AGE: _age,
    Kind.BAND: _band,
    Kind.FTE: _fte,
    Kind.HOURS: _hours,
    Kind.SHARE: _share,
    Kind.SOC: _soc,
    Kind.SEX: _word(codes.SEX),
    Kind.DISABILITY: _word(codes.DISABILITY),
    Kind.MODE: _word(codes.MODE),
    Kind.TERMS: _word(codes.TERMS),
    Kind.REASON: _word(codes.REASON),
}
