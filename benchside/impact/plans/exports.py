"""A plan for spreadsheets and for paper: its rows with their measures and milestones."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from benchside.core.exports import safe_cell
from benchside.impact.models import Action, ActionEvidence, Milestone, Plan, Success
from benchside.impact.plans.annex import told
from benchside.impact.plans.listing import AREAS, Row

HEADER = (
    "Code", "Areas", "Themes", "Action", "Objective", "Why", "Public text", "Internal text",
    "Who answers for it", "Their post", "From", "By", "Cost", "State", "Reason for the state",
    "How it goes", "Reason", "Measures", "Milestones", "Pieces of evidence", "Where it came from",
    "Other charters",
)  # fmt: skip
WIDTHS = {"A": 9, "D": 60, "E": 40, "F": 40, "G": 40, "H": 40, "R": 50, "S": 50}


def lines(plan: Plan, rows: Sequence[Row]) -> Iterator[tuple[Any, ...]]:
    """All of each action, in the order of the rows."""
    measures, milestones = _measures(plan), _milestones(plan)
    shown = Counter(
        ActionEvidence.objects.filter(action__plan=plan).values_list("action", flat=True)
    )
    found = Action.objects.filter(plan=plan).in_bulk([row.pk for row in rows])
    for row in rows:
        one = found[row.pk]
        yield (
            row.code, row.area_label, row.theme_label, row.title, one.objective, one.rationale,
            row.text, one.internal, row.owner, one.owner_post, row.starts_on or "",
            row.due_on or "", one.cost if one.cost is not None else "", row.state_label,
            row.state_why, row.delivery_label, row.delivery_why,
            "; ".join(told(each) for each in measures[row.pk]),
            "; ".join(_step(each) for each in milestones[row.pk]), shown[row.pk],
            one.get_origin_display(), ", ".join(one.other_charters),
        )  # fmt: skip


def _measures(plan: Plan) -> dict[int, list[Success]]:
    found: dict[int, list[Success]] = defaultdict(list)
    for one in Success.objects.filter(action__plan=plan):
        found[one.action_id].append(one)
    return found


def _milestones(plan: Plan) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = defaultdict(list)
    for one in Milestone.objects.filter(action__plan=plan):
        found[one.action_id].append(one)
    return found


def _step(milestone: Milestone) -> str:
    due = f" by {milestone.due_on:%d/%m/%Y}" if milestone.due_on else ""
    return f"{milestone.title}{due}{' (reached)' if milestone.done_on else ''}"


def workbook(plan: Plan, rows: Sequence[Row]) -> bytes:
    """As an Excel workbook; no cell of it can run."""
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Action plan")
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "B2"
    sheet.append(HEADER)
    for line in lines(plan, rows):
        sheet.append([value if not isinstance(value, str) else _text(value) for value in line])
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def _text(value: str) -> str:
    """What a spreadsheet would run gets an apostrophe; what XML cannot hold is left out."""
    kept = "".join(one for one in value if one >= " " or one in "\n\t")
    return safe_cell(kept)[:32_000]


@dataclass(frozen=True, slots=True)
class Printed:
    """An action on paper."""

    row: Row
    measures: list[str]
    milestones: list[Milestone]


def by_area(plan: Plan, rows: Sequence[Row]) -> list[tuple[str, str, list[Printed]]]:
    """Title and colour of each area that has something, with its actions under their first."""
    measures, milestones = _measures(plan), _milestones(plan)
    found: dict[str, list[Printed]] = defaultdict(list)
    for row in rows:
        first = row.areas[0] if row.areas else ""
        found[first].append(
            Printed(row, [told(one) for one in measures[row.pk]], milestones[row.pk])
        )
    return [
        (AREAS.get(area, area), found[area][0].row.area_code, found[area])
        for area in (*AREAS, "")
        if found.get(area)
    ]
