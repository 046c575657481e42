"""A file as it stands now: how its tables are read, what its words mean, what is asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from benchside.accounts.models import User
from benchside.impact.bringing.columns import Layout, confirmed, propose, read_at
from benchside.impact.bringing.fields import AREAS, Field
from benchside.impact.bringing.plain import plain
from benchside.impact.bringing.records import Answers, Question, questions
from benchside.impact.bringing.rows import Line, Read, read_rows
from benchside.impact.bringing.tables import Source
from benchside.impact.bringing.words import Years
from benchside.impact.models import PlanFile, PlanReading
from benchside.organisations import queries as organisations
from benchside.organisations.models import Organisation

KINDS = ("rag", "day", "owner", "area")


@dataclass
class Reading:
    source: Source
    layouts: list[Layout]
    answers: Answers
    read: Read
    asked: list[Question]
    cycles: list[tuple[str, int, bool]]  # what the file calls its plans, how often, whether wanted

    @property
    def problems(self) -> list[tuple[int, str]]:
        return [(at, one.problem) for at, one in enumerate(self.layouts) if one.problem]


def remembered_of(organisation: Organisation) -> PlanReading:
    found = PlanReading.objects.filter(organisation=organisation).first()
    return found or PlanReading(organisation=organisation)


def reading_of(file: PlanFile) -> Reading:
    """The file read with all that was answered, here and for files before it."""
    organisation = file.plan.organisation
    memory = remembered_of(organisation)
    source = Source.from_json(file.tables)
    layouts = _layouts(file, source, memory)
    answers = _answers(file, memory, organisation)
    read = read_rows(source.tables, layouts, answers.areas, file.settled)
    cycles = _cycles(read.lines, file.answers.get("cycles"))
    if cycles:
        wanted = {name for name, _, is_wanted in cycles if is_wanted}
        read = replace(read, lines=[one for one in read.lines if cycle_of(one) in wanted])
    return Reading(source, layouts, answers, read, questions(read.lines, answers), cycles)


def cycle_of(line: Line) -> str:
    return plain(line.said(Field.CYCLE))


def members_by_name(people: list[User]) -> dict[str, list[str]]:
    """Ids by every name somebody goes by: in full, with an initial, turned round, by e-mail."""
    found: dict[str, list[str]] = {}
    for one in people:
        words = plain(one.get_full_name().partition("(")[0]).split()
        names = {" ".join(words), plain(one.email)}
        if len(words) > 1:
            names |= {
                f"{words[0][0]} {words[-1]}",
                f"{words[-1]} {words[0]}",
                f"{words[0]} {words[-1]}",
            }
        for name in names - {""}:
            found.setdefault(name, []).append(str(one.pk))
    return found


def _layouts(file: PlanFile, source: Source, memory: PlanReading) -> list[Layout]:
    layouts = propose(source.tables, memory.columns)
    said: Mapping[str, Any] = file.answers.get("tables", {})
    for at, layout in enumerate(layouts):
        answer = said.get(str(at))
        if answer is None:
            continue
        header = answer.get("header", layout.header)
        if header != layout.header:
            layout = read_at(source.tables[at], header, memory.columns)
        area = answer.get("area", layout.area)
        layouts[at] = confirmed(
            layout,
            answer.get("columns", {}),
            used=bool(answer.get("used", layout.used)),
            area=area if area in AREAS else "",
        )
    return layouts


def _answers(file: PlanFile, memory: PlanReading, organisation: Organisation) -> Answers:
    said = file.answers.get("words", {})
    known = {kind: {**memory.words.get(kind, {}), **said.get(kind, {})} for kind in KINDS}
    people = organisations.members_who_sign_in(organisation)
    ids = {str(one.pk) for one in people}
    owners = {**memory.owners, **said.get("owner", {})}
    years = Years(
        file.plan.starts_on,
        file.plan.ends_on,
        file.answers.get("years_begin") or memory.years_begin,
    )
    return Answers(
        years=years,
        rag=known["rag"],
        days=known["day"],
        areas={word: area for word, area in known["area"].items() if area in AREAS},
        owners={name: one for name, one in owners.items() if not one or one in ids},
        members=members_by_name(people),
    )


def _cycles(lines: list[Line], wanted: list[str] | None) -> list[tuple[str, int, bool]]:
    """What the column of cycles says; all are wanted until somebody says which."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[cycle_of(line)] = counts.get(cycle_of(line), 0) + 1
    if len(counts) < 2:
        return []
    return [
        (name, times, wanted is None or name in wanted) for name, times in sorted(counts.items())
    ]
