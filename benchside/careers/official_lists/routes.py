"""A line of an official list of routes as plain values, whoever published the list.

The names of columns differ from list to list and year to year; `NAMES` says which mean the same.
What a list does not give is left out, never guessed at, so that it erases nothing. No Django here.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Cells = Mapping[str, Any]

# What we call a fact: the columns, in lower case and without spaces, that hold it.
NAMES: dict[str, tuple[str, ...]] = {
    "reference": ("reference", "referencenumber"),
    "title": ("title", "name"),
    "level": ("level",),
    "months": (
        *("months", "typicalduration", "proposedtypicalduration", "typical_duration_months"),
        "typical_duration_months_2018",
    ),
    "topic": ("topic", "route", "route_2018"),
    "status": ("status", "approved_for_delivery_2021"),
    "valid_from": ("valid_from", "versionearlieststartdate", "earlieststartdate"),
    "valid_to": ("valid_to", "versionlateststartdate", "lateststartdate"),
    "url": ("url", "standardpageurl", "link"),
    "job_titles": ("job_titles", "typicaljobtitles", "example_careers"),
    "type": ("apprenticeshiptype", "type"),
    "version": ("version",),
}
STATUSES = {
    "approved for delivery": "open",
    "open": "open",
    "yes": "open",
    "in development": "coming",
    "proposal in development": "coming",
    "coming": "coming",
    "no": "coming",
    "retired": "retired",
    "withdrawn": "retired",
    "closed": "retired",
}
REFERENCE = re.compile(r"[A-Z]{2,4}\d{3,5}([-_/]\d{1,2})?")
DECOMMISSIONED = re.compile(r"\((decommissioned|retired|withdrawn)\)", re.IGNORECASE)
HTTPS = re.compile(r"https://\S{4,290}")
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y")
LONGEST_TITLE, LONGEST_JOB, MOST_JOBS, LONGEST_TOPIC = 160, 120, 60, 80
MOST_MONTHS = 120


@dataclass(frozen=True)
class Fault:
    column: str
    value: str
    remedy: str


@dataclass(frozen=True)
class Found:
    """One line: its number in the file, what it says, and what is wrong with it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    version: tuple[int, ...] = ()


class NotAList(ValueError):  # noqa: N818
    """This JSON is no list of records."""


def from_json(text: str) -> list[Cells]:
    """The records of a JSON list, or of the one list inside an object. Raises NotAList."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise NotAList(str(error)) from error
    if isinstance(data, dict):
        lists = [value for value in data.values() if isinstance(value, list)]
        data = lists[0] if len(lists) == 1 else None
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise NotAList("it holds no list of records")
    return data


def _squeezed(column: str) -> str:
    return re.sub(r"\s", "", str(column)).casefold()


def is_known(column: str) -> bool:
    return any(_squeezed(column) in names for names in NAMES.values())


def named(cells: Cells) -> dict[str, tuple[str, Any]]:
    """By what we call it: the column's own name, and its cell."""
    columns = {_squeezed(column): column for column in cells}
    found = {}
    for name, known in NAMES.items():
        column = next((columns[one] for one in known if one in columns), None)
        if column is not None:
            found[name] = (str(column), cells[column])
    return found


def read_line(number: int, cells: Cells, *, needs: Iterable[str]) -> Found:
    """What one line says. `needs` are facts it must have: a reference, say."""
    given = named(cells)
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for name in needs:
        if name not in given or _text(given[name][1]) == "":
            faults.append(Fault(given.get(name, (name, ""))[0], "", "is missing: fill it in"))
    for name, read in READERS.items():
        if name not in given or _text(given[name][1]) == "":
            continue
        column, cell = given[name]
        try:
            value = read(cell)
        except ValueError as wrong:
            faults.append(Fault(column, _text(cell)[:200], str(wrong)))
        else:
            if value is not None:
                values[name] = value
    starts, ends = values.get("valid_from"), values.get("valid_to")
    if starts and ends and ends < starts:
        column, cell = given["valid_to"]
        faults.append(Fault(column, _text(cell), "is before the first start: check both dates"))
    if DECOMMISSIONED.search(values.get("title", "")) and values.get("status") != "open":
        values["status"] = "retired"  # some lists say it in the title alone
    version = _version(given["version"][1]) if "version" in given else ()
    return Found(number, values, tuple(faults), version)


def newest(lines: Iterable[Found]) -> Iterator[Found]:
    """Of a list that has a line for each version, the newest open one of each reference, or the
    newest. A list without versions is given back as it is: there, a reference twice is a fault."""
    kept: dict[str, Found] = {}
    for line in lines:
        key = line.values.get("reference", "")
        if line.faults or not line.version or not key:
            yield line
        elif key not in kept or _rank(line) > _rank(kept[key]):
            kept[key] = line
    yield from kept.values()


def _rank(line: Found) -> tuple[bool, tuple[int, ...]]:
    return line.values.get("status") == "open", line.version


# --- one cell -----------------------------------------------------------------------------------
def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return " ".join(str(cell).split()) if not isinstance(cell, list) else "|".join(map(str, cell))


def _title(cell: Any) -> str:
    text = _text(cell)
    if len(text) > LONGEST_TITLE:
        raise ValueError(f"has {len(text)} letters: shorten it to {LONGEST_TITLE}")
    return text


def _reference(cell: Any) -> str:
    text = _text(cell).upper()
    if not REFERENCE.fullmatch(text):
        raise ValueError("is no reference: write it as in ST0343")
    return text


def _level(cell: Any) -> int | None:
    """The lists write 0 where no level is set yet."""
    text = _text(cell).casefold().removeprefix("level").strip().removesuffix(".0")
    if not (text.isascii() and text.isdigit() and int(text) <= 8):
        raise ValueError("is no level: give a whole number from 1 to 8, or leave it empty")
    return int(text) or None


def _months(cell: Any) -> int | None:
    """The lists write 0 where no length is set."""
    text = _text(cell).removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) < 5 and int(text) <= MOST_MONTHS):
        raise ValueError(f"is no length: give months, at most {MOST_MONTHS}, or leave it empty")
    return int(text) or None


def _status(cell: Any) -> str:
    text = _text(cell).casefold()
    if text not in STATUSES:
        known = ", ".join(f"“{one}”" for one in STATUSES)
        raise ValueError(f"is no status we know: use one of {known}")
    return STATUSES[text]


def _day(cell: Any) -> str | None:
    """A calendar date as 2026-09-01; a time after it is left off. A year of 1 means none."""
    text = _text(cell).split("T")[0].split(" 00:00")[0]
    for form in DAYS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar date has no zone
        except ValueError:
            continue
        return day.isoformat() if day.year > 1900 else None
    raise ValueError("is no date: write it as 2026-09-01, or leave it empty")


def _url(cell: Any) -> str:
    text = _text(cell).replace("http://", "https://", 1)
    if not HTTPS.fullmatch(text):
        raise ValueError("is no address: it must begin with https://")
    return text


def _jobs(cell: Any) -> list[str]:
    parts = cell if isinstance(cell, list) else re.split(r"[|\n;]", str(cell))
    jobs = list(dict.fromkeys(_text(one)[:LONGEST_JOB] for one in parts if _text(one)))
    return jobs[:MOST_JOBS]


def _topic(cell: Any) -> str:
    return _text(cell)[:LONGEST_TOPIC]


def _type(cell: Any) -> str:
    return "foundation" if "foundation" in _text(cell).casefold() else ""


def _version(cell: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d{1,6}", _text(cell)))


READERS = {
    "reference": _reference,
    "title": _title,
    "level": _level,
    "months": _months,
    "topic": _topic,
    "status": _status,
    "valid_from": _day,
    "valid_to": _day,
    "url": _url,
    "job_titles": _jobs,
    "type": _type,
}


def is_newer(fact: str | None, day: date) -> bool:
    """Whether a fact (as 2026-09-01) was checked after a list of that day was made."""
    return fact is not None and fact > day.isoformat()
