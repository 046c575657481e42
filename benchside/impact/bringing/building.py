"""What a file would change in its plan: each line new, changed, the same, or waiting for a word."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from benchside.core.imports.base import Change, Row
from benchside.core.imports.difference import compare
from benchside.core.models import ImportedValue
from benchside.impact.bringing.importer import PLAN_FILE, actions_of, key_of, values_of
from benchside.impact.bringing.matching import Candidate, Match, Matcher, assign
from benchside.impact.bringing.plain import plain
from benchside.impact.bringing.reading import Reading, reading_of
from benchside.impact.bringing.records import Record, record_of
from benchside.impact.bringing.rows import Line
from benchside.impact.models import Action, BroughtRow, PlanFile

NEW = "new"  # the answer "it is none of these"
NEVER_EMPTY = {"title", "areas", "state"}


@dataclass
class Told:
    """One line with what it comes to. `kind`: new, changed, same, kept, doubt, bad or left."""

    line: Line
    record: Record
    kind: str
    key: str = ""
    action: Action | None = None
    near: list[Action] = field(default_factory=list)
    change: Change | None = None
    score: float = 0.0

    @property
    def where(self) -> str:
        return ", ".join(str(row) for row in self.line.rows)


@dataclass
class Preview:
    reading: Reading
    told: list[Told]
    rows: list[Row]
    digest: str

    def of(self, kind: str) -> list[Told]:
        return [one for one in self.told if one.kind == kind]

    def count(self, kind: str) -> int:
        return len(self.of(kind))

    @property
    def writes(self) -> int:
        return self.count("new") + self.count("changed")


def preview_of(file: PlanFile) -> Preview:
    reading = reading_of(file)
    scope = str(file.plan.key)
    there = {key_of(one, getattr(one, "brought", None)): one for one in actions_of(scope)}
    last = dict(
        ImportedValue.objects.filter(importer=PLAN_FILE.key, scope=scope).values_list(
            "key", "values"
        )
    )
    told = _told(file, reading, there)
    _name_new(told, there, last)
    rows = [_row(one, last.get(one.key, {})) for one in told if one.kind == "ready"]
    current = {key: values_of(action) for key, action in there.items()}
    changes, _ = compare(rows, current, last, removes=False, keeps_edits=True)
    _sort(told, {change.key: change for change in changes})
    return Preview(reading, told, rows, _digest(rows, changes))


def data_of(rows: list[Row]) -> bytes:
    """Rows as the importer parses them."""
    plain_rows = [{"row": one.number, "key": one.key, "values": one.values} for one in rows]
    return json.dumps(plain_rows, sort_keys=True, ensure_ascii=False).encode()


def _digest(rows: list[Row], changes: list[Change]) -> str:
    text = json.dumps([one.as_json() for one in changes], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(data_of(rows) + text.encode()).hexdigest()[:32]


# --- each line ------------------------------------------------------------------------------------
def _told(file: PlanFile, reading: Reading, there: dict[str, Action]) -> list[Told]:
    found: list[Told] = []
    matches = _matches(file, reading, there)
    for line in reading.read.lines:
        said = file.settled.get(line.key, {})
        record = record_of(line, reading.answers, said)
        if said.get("is") == "leave":
            found.append(Told(line, record, "left"))
            continue
        if line.key in file.settled and said.get("is") == "action":
            record.doubts = [one for one in record.doubts if one[0] not in {"is", "twin"}]
        match = matches[line.key]
        if match.doubt:
            record.doubts.append(("same", match.doubt))
        kind = "bad" if record.bad else "doubt" if record.doubts else "ready"
        near = [there[key] for key in match.near if key in there]
        found.append(
            Told(line, record, kind, match.key, there.get(match.key), near, score=match.score)
        )
    return found


def _matches(file: PlanFile, reading: Reading, there: dict[str, Action]) -> dict[str, Match]:
    candidates = [_candidate(key, action) for key, action in there.items()]
    lines = reading.read.lines
    matcher = Matcher(candidates, [line.title for line in lines])
    found: dict[str, Match] = {}
    settled: set[str] = set()
    for line in lines:
        answer = file.settled.get(line.key, {}).get("same", "")
        if answer == NEW or answer in there:
            found[line.key] = Match("" if answer == NEW else answer, 2.0)
            settled.add(line.key)
        else:
            found[line.key] = matcher.match(line.title, line.code)
    return assign(found)


def _candidate(key: str, action: Action) -> Candidate:
    brought: BroughtRow | None = getattr(action, "brought", None)
    titles = {action.title, brought.title if brought else ""} - {""}
    return Candidate(key, tuple(sorted(titles)), (action.code, brought.ref if brought else ""))


def _name_new(told: list[Told], there: dict[str, Action], last: dict[str, Any]) -> None:
    """Keys of lines that are new: by their words, so that the same file gives the same ones."""
    taken = set(there) | set(last)
    for one in told:
        if one.key or one.kind != "ready":
            continue
        words = f"{plain(one.line.code)}\n{plain(one.line.title)}"
        number = 0
        while not one.key or one.key in taken:
            number += 1
            made = hashlib.sha256(f"{words}\n{number}".encode()).hexdigest()
            one.key = f"row:{made[:20]}"
        taken.add(one.key)


def _row(one: Told, base: dict[str, Any]) -> Row:
    """Its values for the difference: an empty cell says nothing, unless the last file said more."""
    values = {
        name: value
        for name, value in one.record.values.items()
        if value or (base.get(name) and name not in NEVER_EMPTY)
    }
    if "milestones" in values:
        values["milestones"] = sorted(values["milestones"])
    return Row(one.line.rows[0], one.key, values)


def _sort(told: list[Told], changes: dict[str, Change]) -> None:
    for one in told:
        if one.kind != "ready":
            continue
        one.change = changes.get(one.key)
        kind = one.change.kind if one.change else "same"
        one.kind = "new" if kind == "added" else kind
