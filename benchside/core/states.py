"""States as tables a lawyer can read, and the one `move()` that walks them.

A room's `states.py` holds a `StateTable`: each row says from which state, by which verb, to
which state, who may, what it needs and what follows. A pair of state and verb that no row lists
cannot be done. Tables are registered at start-up; `manage.py states_diagram` draws them all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.utils import timezone

from benchside.core.actions import Act, Actor, Refused, acting
from benchside.core.permissions import Predicate
from benchside.core.registries import Registry


class NoSuchMove(Refused):
    """The table has no row for this verb from this state: mostly a page that was open too long.

    It speaks to whoever pressed the button; which table, verb and state, and which rows there are,
    stand in its notes, for whoever reads a traceback."""


class NeedsMore(Refused):
    """Something the row needs is not there."""


class Overtaken(Refused):
    """Somebody else moved it first."""


@dataclass(frozen=True, slots=True)
class Need:
    """A condition on the subject: what it is, and what to do when it is not met."""

    text: str
    met: Callable[[Any], bool]
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """What happens once the move is committed: how it is spoken of, and `effect(subject)`."""

    text: str
    effect: Callable[[Any], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row. `at` and `by` name the columns that take the time and the actor: the account
    where `by` is a foreign key, the person id where it is a UUID."""

    source: str
    verb: str
    target: str
    may: Predicate
    needs: tuple[Need, ...] = ()
    follows: tuple[Follow, ...] = ()
    at: str = ""
    by: str = ""


class StateTable:
    """All moves of one kind of record, whose state stands in the column `field`."""

    def __init__(
        self,
        key: str,
        *,
        title: str,
        states: type[models.TextChoices],
        start: str,
        rows: Iterable[Transition],
        field: str = "state",
    ) -> None:
        self.key, self.title, self.states, self.start, self.field = key, title, states, start, field
        self.rows = tuple(rows)
        self._by_pair = {(row.source, row.verb): row for row in self.rows}
        self._check()

    def _check(self) -> None:
        named = {self.start, *(state for row in self.rows for state in (row.source, row.target))}
        if unknown := named - set(self.states.values):
            raise ValueError(f"{self.key}: {sorted(unknown)} are not states of {self.states}.")
        if len(self._by_pair) < len(self.rows):
            raise ValueError(f"{self.key}: two rows have the same state and verb.")

    def row(self, state: str, verb: str) -> Transition:
        """The row for a verb from a state. Raises NoSuchMove."""
        if row := self._by_pair.get((state, verb)):
            return row
        refusal = NoSuchMove(
            f"This cannot be done now: it is {self._label(state)}.",
            "Somebody may have been here before you. Look at it again.",
        )
        verbs = ", ".join(row.verb for row in self.rows if row.source == state)
        refusal.add_note(f"{self.key}: no row for “{verb}” from “{state}”, only: {verbs or 'none'}")
        raise refusal

    def verbs(self, actor: Actor, subject: models.Model) -> list[str]:
        """What this actor may do to it now: which buttons to show."""
        state = getattr(subject, self.field)
        return [row.verb for row in self.rows if row.source == state and row.may(actor, subject)]

    def _label(self, state: str) -> str:
        return str(self.states(state).label).lower() if state in self.states.values else state


state_tables: Registry[StateTable] = Registry("state tables")


def move(
    *,
    table: StateTable,
    subject: models.Model,
    verb: str,
    actor: Actor,
    columns: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Do `verb` to `subject`, from the state it is believed to be in.

    One UPDATE changes the state, the row's `at` and `by`, and `columns`, and only while the
    database still holds that state: of many who try at once, one succeeds. The audit event is
    "<table>.<verb>", with both states and `detail`. Afterwards: what the row says follows.

    Raises NoSuchMove, Denied, NeedsMore, Overtaken; then nothing has changed.
    """
    source = getattr(subject, table.field)
    row = table.row(source, verb)
    with acting(f"{table.key}.{verb}", actor=actor, subject=subject, may=row.may) as act:
        _check_needs(row, subject)
        values = {**(columns or {}), **_who_and_when(row, actor, subject), table.field: row.target}
        _swap(table, subject, source, values)
        act.note(**(detail or {}), **{"from": source, "to": row.target})
        for name, value in values.items():
            setattr(subject, name, value)
        _let_follow(act, row, subject)


def _check_needs(row: Transition, subject: models.Model) -> None:
    for need in row.needs:
        if not need.met(subject):
            raise NeedsMore(f"“{row.verb}” needs {need.text}.", need.remedy)


def _who_and_when(row: Transition, actor: Actor, subject: models.Model) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if row.at:
        values[row.at] = timezone.now()
    if row.by:
        points_to_user = subject._meta.get_field(row.by).is_relation
        values[row.by] = actor.account if points_to_user else actor.person_id
    return values


def _swap(table: StateTable, subject: models.Model, source: str, values: Mapping[str, Any]) -> None:
    rows = type(subject)._base_manager.filter(pk=subject.pk)
    if rows.filter(**{table.field: source}).update(**values):
        return
    now = rows.values_list(table.field, flat=True).first()
    raise Overtaken(
        f"Somebody else was quicker: it is {table._label(now or 'gone')} now.",
        "Open it again to see what was done.",
    )


def _let_follow(act: Act, row: Transition, subject: models.Model) -> None:
    for follow in row.follows:
        act.afterwards(partial(follow.effect, subject))


# --- drawn for people -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """States that stand in a file and not in a table: rows are (from, verb, to, who, needs,
    follows)."""

    title: str
    start: str
    rows: tuple[tuple[str, str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramSource:
    """`draw()` gives one room's diagrams for the page of all states."""

    key: str
    draw: Callable[[], Iterable[Diagram]]
    order: int = 0


diagram_sources: Registry[DiagramSource] = Registry("sources of diagrams")

NOTE = "<!-- Written by `manage.py states_diagram`; change the tables, not this page. -->"


def page() -> str:
    """All tables as one Markdown page with Mermaid diagrams."""
    parts = ["# States", NOTE, "Who may do what to which record, and when."]
    parts += [part for table in state_tables for part in _drawn(_diagram(table))]
    drawn = (one for source in diagram_sources for one in source.draw())
    parts += [part for one in drawn for part in _drawn(one)]
    return "\n\n".join(parts) + "\n"


def _diagram(table: StateTable) -> Diagram:
    rows = tuple(
        (row.source, row.verb, row.target, str(row.may), *_conditions(row)) for row in table.rows
    )
    return Diagram(title=table.title, start=table.start, rows=rows)


def _conditions(row: Transition) -> tuple[str, str]:
    needs = "; ".join(need.text for need in row.needs)
    return needs, "; ".join(follow.text for follow in row.follows)


def _drawn(diagram: Diagram) -> list[str]:
    arrows = [f"    [*] --> {diagram.start}"]
    arrows += [f"    {source} --> {target}: {verb}" for source, verb, target, *_ in diagram.rows]
    lines = ["| from | verb | to | who | needs | follows |", "|---|---|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in diagram.rows]
    return [
        f"## {diagram.title}",
        "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"]),
        "\n".join(lines),
    ]
