"""What a file would change in its plan: each line new, changed, the same, or waiting for a word."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any

from benchside.core.imports.base import Change, Row
from benchside.core.imports.difference import chosen, compare
from benchside.core.models import ImportedValue
from benchside.impact.bringing.columns import Layout
from benchside.impact.bringing.fields import Field
from benchside.impact.bringing.importer import PLAN_FILE, actions_of, key_of, values_of
from benchside.impact.bringing.matching import Candidate, Match, Matcher, assign
from benchside.impact.bringing.plain import plain
from benchside.impact.bringing.reading import Reading, reading_of
from benchside.impact.bringing.records import Record, record_of
from benchside.impact.bringing.rows import Line
from benchside.impact.enums import ActionState
from benchside.impact.models import Action, BroughtRow, PlanFile

NEW = "new"  # the answer "it is none of these"


@dataclass
class Told:
    """One line with what it comes to.

    `kind`: new, changed, same, kept (written otherwise here since), gone (deleted here since),
    doubt, bad or left.
    """

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
    take: list[str]
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
    rows = [
        _row(one, reading.layouts[one.line.table], last.get(one.key, {}))
        for one in told
        if one.kind == "ready"
    ]
    current = {key: values_of(action) for key, action in there.items()}
    changes, _ = compare(rows, current, last, removes=False, keeps_edits=True)
    take = _sort(told, {change.key: change for change in changes}, last)
    return Preview(reading, told, rows, take, _digest(rows, changes))


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


# Which of an action's fields a column speaks of; the rest every row does.
SPEAKS = {
    Field.OBJECTIVE: {"objective"},
    Field.RATIONALE: {"rationale"},
    Field.OWNER: {"owner", "owner_post"},
    Field.START: {"starts_on"},
    Field.DUE: {"starts_on", "due_on"},
    Field.RAG: {"state", "state_why", "delivery", "delivery_why"},
    Field.MEASURE: {"successes"},
    Field.MILESTONE: {"milestones"},
    Field.COST: {"cost"},
    Field.CODE: {"file_code"},
}
ALWAYS = {"title", "text", "areas", "note", "file_title"}
STANDING = SPEAKS[Field.RAG]
EMPTY: tuple[Any, ...] = ("", None, [], ActionState.PROPOSED)  # what nobody has said yet


def _row(one: Told, layout: Layout, base: dict[str, Any]) -> Row:
    """Its values for the difference. A column the file lacks says what the last file said."""
    spoken = ALWAYS | {
        name for column in layout.columns for name in SPEAKS.get(column.field, set())
    }
    said = one.record.values
    if not said["state"]:
        spoken -= STANDING
    values = {name: value for name, value in said.items() if value or name in spoken}
    for name in base.keys() - values.keys():
        values[name] = base[name]
    values["milestones"] = sorted(values.get("milestones", []))
    return Row(one.line.rows[0], one.key, values)


def _settled(change: Change, base: dict[str, Any]) -> tuple[Change, list[str]]:
    """The change as it will be: what nobody wrote here the file may fill; of what somebody did,
    only what the file says anew is worth telling. Gives what must be taken for that."""
    if change.instead:
        return change, []
    fill = [
        name for name, one in change.kept.items() if one.before in EMPTY and one.after not in EMPTY
    ]
    if fill and {"delivery", "delivery_why"} & set(fill):
        fill = _with_reason(fill, change)
    take = [f"{change.key}/{name}" for name in fill]
    made = chosen(change, take)
    news = {
        name: one
        for name, one in made.kept.items()
        if one.after not in EMPTY and base.get(name) != one.after
    }
    made = replace(made, kept=news)
    if made.kind == "kept" and not news:
        made = replace(made, kind="same")
    return made, take


def _with_reason(fill: list[str], change: Change) -> list[str]:
    """A colour and its reason go together, or neither does."""
    both = {"delivery", "delivery_why"} & change.kept.keys()
    return fill if both <= set(fill) else [name for name in fill if name not in both]


def _sort(
    told: list[Told], changes: dict[str, Change], last: dict[str, dict[str, Any]]
) -> list[str]:
    """Give each line its kind; and what a person need not be asked about."""
    take: list[str] = []
    for one in told:
        if one.kind != "ready":
            continue
        found = changes.get(one.key)
        if found is None:
            one.kind = "same"
            continue
        one.change, more = _settled(found, last.get(one.key, {}))
        take += more
        one.kind = "new" if one.change.kind == "added" else one.change.kind
        if one.change.instead == "added":
            one.kind = "gone"
    return take
