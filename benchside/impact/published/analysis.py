"""What all public plans of a charter come to, as plain values: for page, table and report.

Counts are of actions and plans, none of people. Rows are read once, in two queries and a third
for measures; the adding up is done here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from benchside.impact.enums import ActionState, Area, Delivery
from benchside.impact.models import Action, Charter, Success
from benchside.impact.published import queries
from benchside.impact.published.words import THEMES, theme_title
from benchside.organisations.enums import Kind

DONE = {ActionState.COMPLETE, ActionState.EMBEDDED}
LEFT = {ActionState.REVISED, ActionState.STOPPED}
NOT_SAID = "Not said"
FEW = 5  # themes named as gaps


@dataclass(slots=True)
class Tally:
    """What some actions come to. `meant` are those not stopped or revised."""

    plans: set[int] = field(default_factory=set)
    actions: int = 0
    meant: int = 0
    done: int = 0
    sustained: int = 0
    due: int = 0
    on_time: int = 0
    measured: int = 0

    def row(self, label: str) -> dict[str, Any]:
        return {
            "label": label,
            "plans": len(self.plans),
            "actions": self.actions,
            "done": share(self.done, self.meant),
            "sustained": share(self.sustained, self.done),
            "on_time": share(self.on_time, self.due),
            "measured": share(self.measured, self.meant),
        }


def share(part: int, whole: int) -> int | None:
    """In whole per cent, halves up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


@dataclass(frozen=True, slots=True)
class Line:
    """One action, as far as it is counted."""

    plan: int
    areas: list[str]
    themes: list[str]
    state: str
    delivery: str
    due_on: date | None
    completed_on: date | None
    is_measured: bool


def of_charter(charter: Charter, today: date | None = None) -> dict[str, Any]:
    """The figures as of today: plain JSON values, in the order a report has them."""
    today = today or timezone.localdate()
    places = {
        pk: (kind, stage, cohort)
        for pk, kind, stage, cohort in queries.public_of(charter).values_list(
            "pk", "organisation__kind", "cycle__stage", "cycle__signatory__cohort__title"
        )
    }
    lines = list(_lines(charter))
    return {
        "as_of": today.isoformat(),
        "organisations": queries.public_of(charter).values("organisation").distinct().count(),
        **add_up(lines, places, today),
    }


def _lines(charter: Charter) -> Iterable[Line]:
    plans = queries.public_of(charter).values("pk")
    measured = set(
        Success.objects.filter(
            action__plan__in=plans, baseline__isnull=False, target__isnull=False
        ).values_list("action", flat=True)
    )
    rows = (
        Action.objects.filter(plan__in=plans)
        .exclude(state=ActionState.PROPOSED)
        .order_by()
        .values_list("pk", "plan", "areas", "themes", "state", "delivery", "due_on", "completed_at")
    )
    for pk, plan, areas, themes, state, delivery, due_on, done_at in rows:
        done_on = timezone.localdate(done_at) if done_at else None
        yield Line(plan, areas, themes, state, delivery, due_on, done_on, pk in measured)


def add_up(
    lines: list[Line], places: Mapping[int, tuple[str, int | None, str | None]], today: date
) -> dict[str, Any]:
    """Counts of actions by what they are, shares by whose they are."""
    whole, areas, themes = Tally(plans=set(places)), Counter[str](), Counter[str]()
    states, goings = Counter[str](), Counter[str]()
    by: dict[str, dict[Any, Tally]] = {
        name: defaultdict(Tally) for name in ("area", "cohort", "kind", "stage")
    }
    for plan, (kind, stage, cohort) in places.items():
        for name, value in (("kind", kind), ("stage", stage), ("cohort", cohort)):
            by[name][value].plans.add(plan)
    for line in lines:
        kind, stage, cohort = places[line.plan]
        areas.update(set(line.areas))
        themes.update(set(line.themes))
        states[line.state] += 1
        goings[_going(line)] += 1
        tallies = [by["kind"][kind], by["stage"][stage], by["cohort"][cohort]]
        for tally in (whole, *tallies, *(by["area"][area] for area in set(line.areas))):
            _count(tally, line, today)
    return {
        "total": whole.row("All plans"),
        "a_plan": round(whole.actions / len(places)) if places else 0,
        "areas": [[str(Area(key).label), areas[key]] for key in Area.values],
        "themes": _themes(themes),
        "gaps": [title for title, _ in _themes(themes)[::-1][:FEW]] if lines else [],
        "states": [[str(t), states[k]] for k, t in ActionState.choices if states[k]],
        "going": [[t, goings[t]] for t in (*_goings(), NOT_SAID) if goings[t]],
        "by_area": _rows(by["area"], dict(Area.choices)),
        "by_kind": _rows(by["kind"], dict(Kind.choices)),
        "by_stage": _rows(by["stage"], {n: f"Stage {n}" for n in range(1, 100)}),
        "by_cohort": _rows(by["cohort"], {}),
    }


def _count(tally: Tally, line: Line, today: date) -> None:
    tally.plans.add(line.plan)
    tally.actions += 1
    if line.state in LEFT:
        return
    tally.meant += 1
    tally.measured += line.is_measured
    if line.state in DONE:
        tally.done += 1
        tally.sustained += line.state == ActionState.EMBEDDED
    if line.due_on is None or (line.state in DONE and line.completed_on is None):
        return  # nobody can say whether it is in time
    if line.due_on < today or line.completed_on is not None:
        tally.due += 1
        tally.on_time += line.completed_on is not None and line.completed_on <= line.due_on


def _goings() -> list[str]:
    return [str(one.label) for one in Delivery if one]


def _going(line: Line) -> str:
    if line.delivery:
        return str(Delivery(line.delivery).label)
    return str(Delivery.BLUE.label) if line.state in DONE else NOT_SAID


def _themes(counts: Mapping[str, int]) -> list[list[Any]]:
    """Every theme there is, the most frequent first: what nobody works on is named too."""
    keys = {*THEMES, *counts}
    rows = [[theme_title(key), counts.get(key, 0)] for key in keys]
    return sorted(rows, key=lambda row: (-row[1], row[0].casefold()))


def _rows(tallies: Mapping[Any, Tally], titles: Mapping[Any, str]) -> list[dict[str, Any]]:
    order = {key: place for place, key in enumerate(titles)}
    keys = sorted(tallies, key=lambda key: (key is None, order.get(key, 0), str(key)))
    return [tallies[key].row(str(titles.get(key, key) if key else NOT_SAID)) for key in keys]


# --- as one table ---------------------------------------------------------------------------------
HEADER = ("What", "Which", "Plans", "Actions", "Done, %", "Sustained, %", "In time, %",
          "Measured, %")  # fmt: skip
GROUPS = (
    ("by_area", "Area"),
    ("by_kind", "Kind of organisation"),
    ("by_stage", "Stage"),
    ("by_cohort", "Signed with"),
)
COUNTS = (("themes", "Theme"), ("states", "State"), ("going", "How it goes"))


def table(figures: Mapping[str, Any]) -> list[list[object]]:
    """All figures under HEADER."""

    def line(what: str, row: Mapping[str, Any]) -> list[object]:
        names = ("plans", "actions", "done", "sustained", "on_time", "measured")
        said = ("" if row[name] is None else row[name] for name in names)
        return [what, row["label"], *said]

    rows = [line("All", figures["total"])]
    for key, what in GROUPS:
        rows += [line(what, row) for row in figures[key]]
    for key, what in COUNTS:
        rows += [[what, title, "", count, "", "", "", ""] for title, count in figures[key]]
    return rows
