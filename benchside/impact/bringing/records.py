"""A line turned into an action's fields by what a person answered. No Django in here.

Every cell ends in a field as it stands, or word for word in the note (`NOTE_BEGINS`); what would
not fit is refused, never cut.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from benchside.impact.bringing.fields import Field
from benchside.impact.bringing.plain import one_line, plain
from benchside.impact.bringing.rows import LONGEST_TEXT, LONGEST_TITLE, Line
from benchside.impact.bringing.words import (
    MEANINGS,
    STANDS,
    Day,
    Meaning,
    Years,
    areas_of,
    colour_of,
    day_of,
    meaning_of,
    plain_day,
)

NOTE_BEGINS, NOTE_ENDS = "As it stood in the file:", "(So far the file.)"
MOST_NOTE = 3_800  # of the note's 4,000; the rest is for what people write beside it
LONGEST_WHY, LONGEST_POST, LONGEST_STEP = 500, 120, 200
BULLET = re.compile(r"^\s*(?:[-–•*·▪o]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
MONEY = re.compile(r"^£?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?\s*(k)?$", re.IGNORECASE)
MANY_OWNERS = re.compile(r"\s*(?:[,;/&\n+]|\band\b|\bwith\b)\s*")
LATE = {"amber", "red"}


@dataclass(frozen=True)
class Answers:
    """What words of the files mean here. Keys are as `plain` writes them; an empty answer is one:
    "no day", "nobody of us"."""

    years: Years
    rag: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Sequence[str]] = field(default_factory=dict)  # ids by a name they go by


@dataclass(frozen=True)
class Question:
    """A word of the file that a person should look at once. `answer` is what it is taken for."""

    kind: str  # rag, day, owner, area
    word: str
    name: str  # as it is remembered
    times: int
    answer: str
    is_open: bool


@dataclass
class Record:
    """`values` are the fields of an action as plain JSON; empty ones are there too."""

    values: dict[str, Any]
    doubts: list[tuple[str, str]]
    bad: list[tuple[str, str]]


def record_of(line: Line, answers: Answers, said: Mapping[str, Any]) -> Record:
    """`said` is what a person settled of this very line."""
    record = Record({}, list(line.doubts), list(line.bad))
    _words_into(record, line)
    _areas_into(record, line, said)
    _days_into(record, line, answers, said)
    _standing_into(record, line, answers, said)
    _owner_into(record, line, answers, said)
    record.values["cost"] = cost_of(line.said(Field.COST))
    record.values["successes"] = _steps(line.values.get(Field.MEASURE, []))
    record.values["milestones"] = _steps(line.values.get(Field.MILESTONE, []))
    record.values["note"] = note_of(line, record.values)
    record.values["file_code"] = line.code[:40]
    record.values["file_title"] = line.title[:LONGEST_TITLE]
    if len(record.values["note"]) > MOST_NOTE:
        long = len(record.values["note"]) - MOST_NOTE
        record.bad.append(("", f"The row is {long:,} letters too long to be kept whole."))
    return record


def note_of(line: Line, values: Mapping[str, Any]) -> str:
    """All cells that stand in no field as they are, each under its heading."""
    whole = {values.get(name, "") for name in ("title", "text", "objective", "rationale")}
    lines = [f"Under the heading: {line.section}"] if line.section else []
    lines += [f"{heading}: {cell}" for heading, cell in line.cells if cell not in whole]
    return "\n".join([NOTE_BEGINS, *lines, NOTE_ENDS]) if lines else ""


def cost_of(text: str) -> str:
    """ "£5,000" and "5k" as 5000.00; nothing where words stand beside it."""
    if not (found := MONEY.match(text.strip())):
        return ""
    whole, pence, thousand = found.groups()
    try:
        value = Decimal(whole.replace(",", "") + (pence or "")) * (1000 if thousand else 1)
    except InvalidOperation:
        return ""
    return f"{value:.2f}" if value < 10**9 else ""


# --- parts --------------------------------------------------------------------------------------
def _words_into(record: Record, line: Line) -> None:
    values = record.values
    said = line.said(Field.TITLE)
    values["title"] = one_line(said, LONGEST_TITLE)
    values["text"] = said if values["title"] != said else ""
    values["objective"] = line.said(Field.OBJECTIVE)
    values["rationale"] = line.said(Field.RATIONALE)
    for name in ("objective", "rationale", "text"):
        if len(values[name]) > LONGEST_TEXT[name]:
            values[name] = ""  # it stands in the note, if that has room for it


def _areas_into(record: Record, line: Line, said: Mapping[str, Any]) -> None:
    record.values["areas"] = list(said.get("areas") or line.areas)
    if not record.values["areas"] and line.title:
        record.doubts.append(("areas", "No area of the Commitment is named."))


def _days_into(record: Record, line: Line, answers: Answers, said: Mapping[str, Any]) -> None:
    starts = _first_day(line.values.get(Field.START, []), answers)
    days = [
        (text, _answered_day(text, answers))
        for cell in line.values.get(Field.DUE, [])
        for text in _day_words(cell, answers)
    ]
    known = [day for _, day in days if day is not None]
    due = max((day.on for day in known if day.on), default=None)
    starts = starts or min((day.starts for day in known if day.starts), default=None)
    if "due" in said:
        due = _iso(said["due"])
    elif unread := [text for text, day in days if day is None]:
        record.doubts.append(("due", f"“{one_line(unread[0], 60)}” names no day that we know."))
    if starts and due and starts > due:
        starts = None
    record.values["starts_on"] = starts.isoformat() if starts else None
    record.values["due_on"] = due.isoformat() if due else None


def _day_words(cell: str, answers: Answers) -> list[str]:
    """A cell with several days, one a line; else the cell as it is."""
    lines = [line for line in cell.split("\n") if line.strip()]
    if len(lines) > 1 and all(_answered_day(line, answers) for line in lines):
        return lines
    return [cell]


def _answered_day(text: str, answers: Answers) -> Day | None:
    name = plain_day(text)
    if name in answers.days:
        found = day_of(text, answers.years)
        return Day(_iso(answers.days[name]), found.starts if found else None)
    return day_of(text, answers.years)


def _first_day(cells: Sequence[str], answers: Answers) -> date | None:
    for cell in cells:
        if (day := _answered_day(cell, answers)) and (day.starts or day.on):
            if day.is_exact or day.starts is None:
                return day.on
            return day.starts
    return None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):
        return None


def _standing_into(record: Record, line: Line, answers: Answers, said: Mapping[str, Any]) -> None:
    words = [cell for cell in line.values.get(Field.RAG, []) if plain(cell) or colour_of(cell)]
    word = words[-1] if words else ""
    meaning = _meaning(word, answers)
    if said.get("meaning") in MEANINGS:
        meaning = Meaning(said["meaning"])
    elif word and meaning is None:
        record.doubts.append(("meaning", f"What “{one_line(word, 40)}” means is not said yet."))
    if meaning is None or meaning == Meaning.NOTHING:
        record.values |= {"state": "", "state_why": "", "delivery": "", "delivery_why": ""}
        return
    state, delivery = STANDS[meaning]
    why = one_line(line.said(Field.PROGRESS) or f"The file says “{word}”.", LONGEST_WHY)
    record.values |= {
        "state": state,
        "state_why": why if state == "stopped" else "",
        "delivery": delivery,
        "delivery_why": why if delivery in LATE else "",
    }


def rag_name(word: str) -> str:
    return plain(word) or colour_of(word)


def _meaning(word: str, answers: Answers) -> Meaning | None:
    if not word:
        return None
    said = answers.rag.get(rag_name(word))
    if said in MEANINGS:
        return Meaning(said)
    return meaning_of(word)


def _owner_into(record: Record, line: Line, answers: Answers, said: Mapping[str, Any]) -> None:
    text = line.said(Field.OWNER)
    found, is_doubtful = owner_of(text, answers)
    if "owner" in said:
        found, is_doubtful = str(said["owner"] or ""), False
    if is_doubtful:
        record.doubts.append(("owner", f"More than one of you is called “{one_line(text, 60)}”."))
    post = one_line(text)
    record.values["owner"] = found
    record.values["owner_post"] = post if not found and len(post) <= LONGEST_POST else ""


def owner_of(text: str, answers: Answers) -> tuple[str, bool]:
    """The member a cell names first, and whether it may be one of several. Nobody is made up."""
    if not text:
        return "", False
    for part in (text, *MANY_OWNERS.split(text)):
        name = plain(part)
        if name in answers.owners:
            if answers.owners[name]:
                return answers.owners[name], False
            continue
        known = answers.members.get(name, ())
        if len(known) == 1:
            return known[0], False
        if len(known) > 1:
            return "", True
    return "", False


def _steps(cells: Iterable[str]) -> list[str]:
    """Several measures or milestones in one cell, one a line or a bullet each."""
    found: dict[str, None] = {}
    for cell in cells:
        for line in re.split(r"\n|;\s", cell):
            text = one_line(BULLET.sub("", line), LONGEST_STEP)
            if text:
                found.setdefault(text)
    return list(found)


# --- what a person is asked once ------------------------------------------------------------------
def questions(lines: Sequence[Line], answers: Answers) -> list[Question]:
    """Words of the file to look over, those that nobody can tell first."""
    found = [
        *_rag_questions(lines, answers),
        *_area_questions(lines, answers),
        *_day_questions(lines, answers),
        *_owner_questions(lines, answers),
    ]
    order = {"rag": 0, "area": 1, "day": 2, "owner": 3}
    return sorted(found, key=lambda one: (order[one.kind], not one.is_open, -one.times, one.name))


def _counted(lines: Sequence[Line], *fields: Field) -> Counter[str]:
    return Counter(cell for line in lines for name in fields for cell in line.values.get(name, []))


def _asked(kind: str, words: Counter[str], name_of: Any, answer_of: Any) -> list[Question]:
    by_name: dict[str, list[tuple[str, int]]] = {}
    for word, times in words.items():
        if name := name_of(word):
            by_name.setdefault(name, []).append((word, times))
    made = []
    for name, said in by_name.items():
        answer, is_open = answer_of(said[0][0])
        if answer is not None:
            times = sum(times for _, times in said)
            made.append(Question(kind, one_line(said[0][0], 120), name, times, answer, is_open))
    return made


def _rag_questions(lines: Sequence[Line], answers: Answers) -> list[Question]:
    def answer(word: str) -> tuple[str, bool]:
        meaning = _meaning(word, answers)
        return str(meaning or ""), meaning is None

    return _asked("rag", _counted(lines, Field.RAG), rag_name, answer)


def _area_questions(lines: Sequence[Line], answers: Answers) -> list[Question]:
    def answer(word: str) -> tuple[str | None, bool]:
        known, unknown = areas_of(word, answers.areas)
        if plain(word) in answers.areas:
            return answers.areas[plain(word)], False
        return ("", True) if unknown and not known else (None, False)

    return _asked("area", _counted(lines, Field.AREA), plain, answer)


def _day_questions(lines: Sequence[Line], answers: Answers) -> list[Question]:
    def answer(word: str) -> tuple[str | None, bool]:
        if plain_day(word) in answers.days:
            return answers.days[plain_day(word)], False
        day = day_of(word, answers.years)
        if day is None:
            return "", True
        return (None, False) if day.is_exact else (day.on.isoformat() if day.on else "", False)

    words = Counter(
        text
        for line in lines
        for name in (Field.DUE, Field.START)
        for cell in line.values.get(name, [])
        for text in _day_words(cell, answers)
    )
    return _asked("day", words, plain_day, answer)


def _owner_questions(lines: Sequence[Line], answers: Answers) -> list[Question]:
    def answer(word: str) -> tuple[str, bool]:
        found, is_doubtful = owner_of(word, answers)
        return found, is_doubtful

    return _asked("owner", _counted(lines, Field.OWNER), plain, answer)
