"""A list of entries read into plain values, with everything that is wrong in it. No Django here.

A row with a name is an entry; a row with what changed is a part of the history of its number. One
row may be both; a history may stand on a sheet of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from benchside.assessment.periods import months_after
from benchside.assessment.standards import AwardRules
from benchside.core.search.tokenise import words
from benchside.organisations.staff_list import Book
from benchside.organisations.staff_list.dates import EARLIEST, LAST_YEAR, DateReader
from benchside.organisations.staff_list.values import EMAIL
from benchside.recognition.bringing import naming
from benchside.recognition.bringing.columns import FIELDS, Layout, Manner

LONGEST = {"email": 200, "number": 20, "name": 120, "membership": 40, "former": 120, "reason": 200}
DATES = ("admitted", "starts", "ends", "date")
NAMES = ("name", "former")
MONTH_COMES_FIRST = (
    "This can only be month/day/year. Write day/month/year here; or go back to the columns and say "
    "that all days in this file are month/day/year."
)
DAY_COMES_FIRST = (
    "This can only be day/month/year, and you said that the days in this file are month/day/year. "
    "Mend it, or go back to the columns and say which it is."
)
# A number is a part of addresses, in letters too, where nothing quotes it. Without a digit it could
# be the name of another page beside it, such as "statuses".
NUMBER = re.compile(r"(?=.*[0-9])(?!.*\.\.)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
NO_NUMBER = re.compile(r"[^A-Za-z0-9._-]+|\.\.+")


class Wrong(NamedTuple):
    """What is wrong in a file, where, and what to do. `row` counts as a spreadsheet does."""

    row: int
    column: str
    value: str
    remedy: str
    sheet: str = ""


@dataclass(frozen=True)
class Rules:
    """What a register allows: its award's rules, its bodies by folded name, and whose a number is
    already, folded."""

    award: AwardRules
    bodies: Mapping[str, str]
    taken: Mapping[str, str]
    today: date

    @property
    def states(self) -> dict[str, str]:
        """The key of a state by its key or title, folded; where two have one title, the first."""
        found: dict[str, str] = {}
        for one in self.award.states:
            found.setdefault(folded(one.title), one.key)
        return found | {folded(one.key): one.key for one in self.award.states}

    def stands(self, state: str) -> bool:
        return any(one.stands for one in self.award.states if one.key == state)

    def title(self, state: str) -> str:
        return next((one.title for one in self.award.states if one.key == state), state)


@dataclass
class Row:
    """One row: its cells by field, and where each stands."""

    sheet: str
    number: int
    cells: dict[str, Any]
    headers: Mapping[str, str]

    def text(self, name: str) -> str:
        cell = self.cells.get(name, "")
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return " ".join(str(cell).replace("\0", " ").split())

    def problem(self, name: str, remedy: str, value: str | None = None) -> Wrong:
        header = self.headers.get(name) or (FIELDS[name].title if name else "")
        where = f"{self.sheet}: {header}" if self.sheet else header
        return Wrong(
            self.number, where, self.text(name) if value is None else value, remedy, self.sheet
        )


@dataclass
class Found:
    """What a list says: values by number, in its order, the row of each, and what is wrong."""

    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)  # where one is given
    # Rows that are wrong, as far as they are read: they may stand there twice all the same.
    unfit: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Wrong] = field(default_factory=list)
    already: list[str] = field(default_factory=list)  # on the register, and left as they are
    overdue: int = 0  # that stand, and whose period is over


def folded(text: str) -> str:
    """As names and numbers are compared: no accents, no marks, one space between words."""
    return " ".join(words(text))


def number_key(text: str) -> str:
    """As two numbers are compared: "rt-12" is "RT 12"."""
    return "".join(mark for mark in text.casefold() if mark.isalnum())


def read(book: Book, layouts: Sequence[Layout], rules: Rules, manner: Manner) -> Found:
    """Everything of the file, or what is wrong with it, row by row. Touches nothing."""
    found = Found()
    entries: dict[str, Row] = {}
    history: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(book, layouts, rules.today, manner):
        key = number_key(row.text("number"))
        if not key:
            found.problems.append(row.problem("number", "Give the number of the entry."))
            continue
        if row.text("name"):
            if key in entries:
                where = f"Row {entries[key].number} has this number too. Leave one of them out."
                found.problems.append(row.problem("number", where))
            else:
                entries[key] = row
        elif not row.text("what"):
            found.problems.append(row.problem("name", "Give the name as it is registered."))
        if row.text("what") or row.text("date"):
            history[key].append(row)
    for key, row in entries.items():
        _entry(found, rules, row, history.pop(key, []))
    for left in history.values():
        remedy = "No row gives this number a name. Add the entry, or leave the row out."
        found.problems += [one.problem("number", remedy) for one in left if not one.text("name")]
    return found


def _rows(book: Book, layouts: Sequence[Layout], today: date, manner: Manner) -> Iterator[Row]:
    days = Days(today, book.starts_1904, month_first=manner.month_first)
    used = [(sheet, one) for sheet, one in zip(book.sheets, layouts, strict=True) if one.is_used]
    for sheet, layout in used:
        columns = layout.fields
        headers = {name: one.header for name, one in columns.items()}
        body = sheet.rows[layout.header_row :]
        for number, cells in enumerate(body, start=layout.header_row + 1):
            said = {name: _cell(cells, one.place) for name, one in columns.items()}
            if any(str(cell).strip() for cell in said.values()):
                for name in DATES:
                    if str(said.get(name, "")).strip():
                        said[f"{name}:read"] = days.read(said[name])
                if manner.surname_first:
                    said |= {name: _mended(said[name]) for name in NAMES if name in said}
                yield Row(sheet.name if len(used) > 1 else "", number, said, headers)


class Days:
    """Reads the days of a file: all in one order, and none turned without a word."""

    def __init__(self, today: date, starts_1904: bool, *, month_first: bool) -> None:
        self.reader, self.turned = (
            DateReader((), today, births=False, starts_1904=starts_1904, month_first=one)
            for one in (month_first, not month_first)
        )

    def read(self, cell: Any) -> date | str | None:
        found = self.reader.read(cell)
        if isinstance(found, str) and isinstance(self.turned.read(cell), date):
            return DAY_COMES_FIRST if self.turned.month_first is False else MONTH_COMES_FIRST
        return found


def _mended(cell: Any) -> Any:
    """Names of a cell, with ; between them."""
    return ";".join(map(naming.mended, str(cell).split(";")))


def _cell(cells: Sequence[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else ""


# --- one entry ------------------------------------------------------------------------------------
def _entry(found: Found, rules: Rules, row: Row, history: Sequence[Row]) -> None:
    number, name = row.text("number"), row.text("name")
    holder = rules.taken.get(number_key(number))
    if holder is not None and holder and folded(holder) == folded(name):
        found.already.append(number)
        return
    problems: list[Wrong] = []
    if holder is not None:
        whose = f"is {holder}’s here" if holder else "is in use elsewhere"
        problems.append(row.problem("number", f"This number {whose}. Numbers are never shared."))
    problems += _no_number(row)
    problems += _too_long(row)
    email = _email(row, problems)
    admitted = _day(row, "admitted", rules, problems, needed="Give the day they were admitted.")
    starts = _day(row, "starts", rules, problems) or admitted
    ends = _day(row, "ends", rules, problems, past=False)
    state = _state(row, "state", rules, problems) or rules.award.start
    body = _body(row, rules, problems)
    changes = _changes(row, history, rules, admitted, state, ends, problems)
    unread = isinstance(row.cells.get("ends:read"), str)  # and told so
    if rules.stands(state) and rules.award.months is not None and ends is None and not unread:
        problems.append(_needed(row, "ends", "Say until when they are registered."))
    if ends is None and starts is not None:
        ends = months_after(starts, rules.award.months)
    if starts and ends and ends < starts:
        problems.append(row.problem("ends", "This is before the day their period began."))
    values = {
        "name": name,
        "former": _former(row),
        "body": body,
        "membership": row.text("membership"),
        "state": state,
        "admitted": _iso(admitted),
        "starts": _iso(starts),
        "ends": _iso(ends),
        "history": [[_iso(on), each, why] for on, each, why in changes],
        "with": "",
    }
    found.rows[number] = row.number
    if email:
        found.emails[number] = email
    if problems:
        found.problems += problems
        if holder is None:
            found.unfit[number] = values
        return
    found.overdue += bool(rules.stands(state) and ends and ends < rules.today)
    found.entries[number] = values


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _former(row: Row) -> list[str]:
    parts = (" ".join(part.split()) for part in row.text("former").split(";"))
    return list(dict.fromkeys(part for part in parts if part))


def _no_number(row: Row) -> Iterator[Wrong]:
    """A number that no address can hold: its pages, and every list of them, could not be shown."""
    number = row.text("number")
    if NUMBER.fullmatch(number):
        return
    remedy = (
        "It stands in the address of their page. Use only letters from A to Z, digits, and - . _ "
        "between them, with a digit among them"
    )
    instead = NO_NUMBER.sub("-", number).strip("-._")
    if NUMBER.fullmatch(instead) and number_key(instead) == number_key(number):
        remedy += f": write {instead}, which is found by the old number too"
    yield row.problem("number", f"{remedy}.")


def _too_long(row: Row) -> Iterator[Wrong]:
    for name, most in LONGEST.items():
        texts = _former(row) if name == "former" else [row.text(name)]
        if any(len(text) > most for text in texts):
            yield row.problem(name, f"Use {most} letters at most.")


def _email(row: Row, problems: list[Wrong]) -> str:
    said = row.text("email").removeprefix("mailto:").lower()
    if said and not EMAIL.fullmatch(said):
        remedy = "Write one address, such as name@work.example, or leave it empty."
        problems.append(row.problem("email", remedy))
    return said


def _day(
    row: Row, name: str, rules: Rules, problems: list[Wrong], *, needed: str = "",
    past: bool = True,
) -> date | None:  # fmt: skip
    """The date of a field; `past` ones may not be still to come."""
    read = row.cells.get(f"{name}:read")
    if isinstance(read, str):
        problems.append(row.problem(name, read))
    elif isinstance(read, date):
        if not past or read <= rules.today:
            return read
        problems.append(row.problem(name, "This day is still to come."))
    elif needed:
        problems.append(_needed(row, name, needed))
    return None


def _needed(row: Row, name: str, remedy: str) -> Wrong:
    """A day that is not there. One too early or too late is read as none: systems write such days
    where they know nothing; whoever wrote one is told which can be read."""
    if row.text(name):
        remedy += f" A day may be from {EARLIEST:%d/%m/%Y} to 31/12/{LAST_YEAR}."
    return row.problem(name, remedy)


def _state(row: Row, name: str, rules: Rules, problems: list[Wrong]) -> str:
    said = row.text(name)
    key = rules.states.get(folded(said), "") if said else ""
    if said and not key:
        known = ", ".join(one.title for one in rules.award.states)
        problems.append(row.problem(name, f"This register has no such state. It has: {known}."))
    return key


def _body(row: Row, rules: Rules, problems: list[Wrong]) -> str:
    said = row.text("body")
    only = set(rules.bodies.values())
    if not said and len(only) == 1:
        return next(iter(only))
    found = rules.bodies.get(folded(said), "")
    if not found:
        remedy = "Write a body that is licensed for this register, by its name here."
        problems.append(row.problem("body", remedy))
    return found


def _changes(
    row: Row, history: Iterable[Row], rules: Rules, admitted: date | None, state: str,
    ends: date | None, problems: list[Wrong],
) -> list[tuple[date, str, str]]:  # fmt: skip
    """From admission to now: what the history says, and how it ends in the state of now."""
    if admitted is None:
        return []
    told: list[tuple[date, str, str]] = []
    for one in history:
        on = _day(one, "date", rules, problems, needed="Give the day from which it held.")
        then = _state(one, "what", rules, problems)
        if not one.text("what"):
            problems.append(one.problem("what", "Say what they were from that day on."))
        if on and on < admitted:
            problems.append(one.problem("date", f"They were admitted on {admitted:%d/%m/%Y}."))
        if len(one.text("reason")) > LONGEST["reason"]:
            problems.append(one.problem("reason", f"Use {LONGEST['reason']} letters at most."))
        if on and then:
            told.append((on, then, one.text("reason")))
    told.sort(key=lambda one: one[0])
    changes = [(admitted, rules.award.start, "")]
    changes += [one for one in told if one != changes[0]]
    if changes[-1][1] == state:
        return changes
    if len(changes) == 1 and ends and (on := _by_clock(rules, admitted, ends, state)):
        return [*changes, (on, state, "")]
    last = rules.title(changes[-1][1])
    remedy = f"By their history they are: {last}. Add a row that says from which day this holds."
    problems.append(row.problem("state", remedy))
    return changes


def _by_clock(rules: Rules, admitted: date, ends: date, state: str) -> date | None:
    """Since when it is in a state into which the end of a period leads, where nobody said; for one
    that does not stand, the end itself will do."""
    days = [
        one.after_days
        for one in rules.award.moves
        if one.target == state and one.after_days is not None
    ]
    if not days and rules.stands(state):
        return None
    on = ends + timedelta(days=days[0] if days else 0)
    return on if admitted <= on <= rules.today else None
