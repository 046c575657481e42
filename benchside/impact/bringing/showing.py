"""What the pages show of a file: its tables to look over, its words, and what would change."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from benchside.impact.bringing.building import Preview, Told
from benchside.impact.bringing.fields import AREA_TITLES, CHOICES, Field
from benchside.impact.bringing.plain import one_line
from benchside.impact.bringing.reading import Reading
from benchside.impact.bringing.records import Question
from benchside.impact.bringing.words import (
    DONE_HOUSE,
    MEANINGS,
    TRACK_HOUSE,
    colour_of,
)
from benchside.impact.enums import ActionState, Delivery

HOUSES = {"track": TRACK_HOUSE, "done": DONE_HOUSE}
MONTHS = {8: "August", 9: "September", 4: "April", 1: "January"}
LABELS = {
    "title": "Action", "text": "Full text", "objective": "Objective", "rationale": "Why",
    "areas": "Areas", "owner": "Owner", "owner_post": "Owner, in words", "starts_on": "Starts",
    "due_on": "Due", "cost": "Cost", "state": "State", "state_why": "Reason for its state",
    "delivery": "Delivery", "delivery_why": "Reason for its delivery", "successes": "Measures",
    "milestones": "Milestones", "note": "Words of the file", "file_code": "Code in the file",
    "file_title": "Words in the file",
}  # fmt: skip
QUIET = {"file_code", "file_title"}  # kept for finding the row again, nothing to look at
PARTS = (
    ("new", "New"), ("changed", "Changed"), ("kept", "Differ from here"), ("doubt", "Wait for you"),
    ("bad", "Cannot be read"), ("same", "The same"), ("gone", "Deleted here"), ("left", "Left out"),
    ("skipped", "Headings"),
)  # fmt: skip


# --- looking it over --------------------------------------------------------------------------
@dataclass
class ShownColumn:
    name: str  # of its control
    heading: str
    field: str
    why: str
    examples: tuple[str, ...]


@dataclass
class ShownTable:
    place: int
    name: str
    rows: int
    header: str
    used: bool
    area: str
    is_known: bool
    problem: str
    columns: list[ShownColumn] = field(default_factory=list)


@dataclass
class ShownWord:
    name: str
    word: str
    times: int
    value: str
    is_open: bool


def control(question: Question) -> str:
    return f"{question.kind}-{hashlib.sha256(question.name.encode()).hexdigest()[:12]}"


def tables_of(reading: Reading) -> list[ShownTable]:
    both = zip(reading.source.tables, reading.layouts, strict=True)
    return [
        ShownTable(
            place=place,
            name=table.name or f"Table {place + 1}",
            rows=len(table.rows),
            header=str(layout.header or ""),
            used=layout.used,
            area=layout.area,
            is_known=layout.known,
            problem=layout.problem,
            columns=[
                ShownColumn(
                    f"col-{place}-{one.place}", one.heading, str(one.field), one.why, one.examples
                )
                for one in layout.columns
            ],
        )
        for place, (table, layout) in enumerate(both)
    ]


def words_of(reading: Reading, typed: Mapping[str, str]) -> dict[str, list[ShownWord]]:
    """By kind; what somebody typed stays, whether it could be read or not."""
    found: dict[str, list[ShownWord]] = {"rag": [], "area": [], "day": [], "owner": []}
    for one in reading.asked:
        value = typed.get(control(one), one.answer)
        found[one.kind].append(ShownWord(control(one), one.word, one.times, value, one.is_open))
    return found


@dataclass
class Said:
    answers: dict[str, Any]
    wrong: list[tuple[str, str]]  # control and what to do
    has_moved: bool = False  # a header was read anew


def answers_from(post: Any, old: Mapping[str, Any], reading: Reading) -> Said:
    """What a person said on the page, over what was said before."""
    said = Said(dict(old), [])
    said.answers["tables"] = _tables_from(post, reading, said)
    said.answers["words"] = _words_from(post, dict(old.get("words", {})), reading, said)
    if (month := post.get("years", "")).isdigit() and int(month) in MONTHS:
        said.answers["years_begin"] = int(month)
    if reading.cycles:
        known = {name for name, _, _ in reading.cycles}
        said.answers["cycles"] = [name for name in post.getlist("cycle") if name in known]
        if not said.answers["cycles"]:
            said.wrong.append(("cycles", "Choose at least one part of the file for this plan."))
    return said


def _tables_from(post: Any, reading: Reading, said: Said) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for place, layout in enumerate(reading.layouts):
        header = _row_number(
            post.get(f"header-{place}", ""), len(reading.source.tables[place].rows)
        )
        if header is None:
            said.wrong.append((f"header-{place}", "The headings stand in a row of this table."))
            header = layout.header
        has_moved = header != layout.header
        said.has_moved |= has_moved
        tables[str(place)] = {
            "used": bool(post.get(f"use-{place}")),
            "header": header,
            "area": post.get(f"area-{place}", ""),
            "columns": {}
            if has_moved
            else {
                one.key: post.get(f"col-{place}-{one.place}", str(one.field))
                for one in layout.columns
            },
        }
    if not any(one["used"] for one in tables.values()):
        said.wrong.append(("use-0", "Every table is left out. Say which holds the plan."))
    return tables


def _row_number(text: str, rows: int) -> int | None:
    text = text.strip()
    if not text:
        return 0
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
    return number if 0 <= number <= rows else None


def _words_from(
    post: Any, words: dict[str, dict[str, str]], reading: Reading, said: Said
) -> dict[str, dict[str, str]]:
    house = HOUSES.get(post.get("house", ""), {})
    words = {kind: dict(words.get(kind, {})) for kind in ("rag", "area", "day", "owner")}
    members = {one for ids in reading.answers.members.values() for one in ids}
    for one in reading.asked:
        typed = post.get(control(one))
        if typed is None:
            continue
        if one.kind == "rag":
            typed = typed or str(house.get(colour_of(one.word), ""))
            if typed in MEANINGS:
                words["rag"][one.name] = typed
        elif one.kind == "area":
            if typed in AREA_TITLES:
                words["area"][one.name] = typed
        elif one.kind == "day":
            _day_into(words["day"], one, typed.strip(), said)
        elif (typed != one.answer or one.is_open) and (not typed or typed in members):
            words["owner"][one.name] = typed
    return words


def _day_into(days: dict[str, str], one: Question, typed: str, said: Said) -> None:
    if typed:
        try:
            typed = date.fromisoformat(typed).isoformat()
        except ValueError:
            said.wrong.append((control(one), f"“{one.word}”: give a day such as 2028-07-31."))
            return
    if typed != one.answer or one.is_open:
        days[one.name] = typed


# --- what would change ------------------------------------------------------------------------
@dataclass
class ShownLine:
    told: Told
    table: str
    changes: list[tuple[str, str, str]]
    kept: list[tuple[str, str, str, str]]  # what to tick, label, here, in the file
    why: list[str]


def lines_of(preview: Preview, told: Iterable[Told], names: Mapping[str, str]) -> list[ShownLine]:
    found = []
    for one in told:
        changes: list[tuple[str, str, str]] = []
        kept: list[tuple[str, str, str, str]] = []
        if one.change is not None:
            changes = [
                (LABELS[name], shown(name, each.before, names), shown(name, each.after, names))
                for name, each in one.change.fields.items()
                if name not in QUIET and (one.kind != "new" or each.after)
            ]
            kept = [
                (f"{one.key}/{name}", LABELS[name], shown(name, each.before, names),
                 shown(name, each.after, names))
                for name, each in one.change.kept.items()
                if name not in QUIET
            ]  # fmt: skip
        table = preview.reading.source.tables[one.line.table].name
        why = [said for _, said in (*one.record.bad, *one.record.doubts)]
        found.append(ShownLine(one, table, changes, kept, why))
    return found


def shown(name: str, value: Any, names: Mapping[str, str]) -> str:
    if not value:
        return ""
    if name == "areas":
        return ", ".join(AREA_TITLES.get(one, one) for one in value)
    if name == "owner":
        return names.get(str(value), "a former member")
    if name == "state":
        return str(ActionState(value).label)
    if name == "delivery":
        return str(Delivery(value).label)
    if name in {"starts_on", "due_on"}:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return one_line(str(value), 300)


COLUMN_CHOICES = CHOICES
TITLE_FIELD = str(Field.TITLE)
