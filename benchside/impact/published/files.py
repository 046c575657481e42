"""A public plan as a file: CSV and XLSX for a spreadsheet, Atom for a reader of feeds."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from benchside.core.xml_text import xml_text
from benchside.impact.enums import Delivery
from benchside.impact.published.shown import ShownAction, ShownPlan

LONGEST_CELL = 32_000
MOST_NOTES = 50
WORDS = dict(Delivery.choices)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _titles(pairs: Sequence[tuple[str, str]]) -> str:
    return "; ".join(title for _, title in pairs)


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _milestone(title: str, due_on: date | None, done_on: date | None) -> str:
    when = f" (done {_day(done_on)})" if done_on else f" (by {_day(due_on)})" if due_on else ""
    return f"{title}{when}"


COLUMNS: dict[str, Callable[[ShownAction], object]] = {
    "Number": lambda one: one.code,
    "Action": lambda one: one.title,
    "Areas": lambda one: _titles(one.areas),
    "Objective": lambda one: one.objective,
    "Why": lambda one: one.rationale,
    "More": lambda one: one.text,
    "Themes": lambda one: _titles(one.themes),
    "Also counts for": lambda one: _titles(one.other_charters),
    "Who answers for it": lambda one: one.owner_post,
    "Starts": lambda one: _day(one.starts_on),
    "Due": lambda one: _day(one.due_on),
    "State": lambda one: one.state_word,
    "How it goes": lambda one: one.status_word,
    "Where it came from": lambda one: one.origin,
    "Earlier plan": lambda one: one.came_from,
    "Milestones": lambda one: "; ".join(
        _milestone(each.title, each.due_on, each.done_on) for each in one.milestones
    ),
    "Measures": lambda one: "; ".join(
        each.title
        + (f", from {each.baseline}" if each.baseline else "")
        + (f" to {each.target}" if each.target else "")
        + (f" of {each.denominator}" if each.denominator else "")
        for each in one.measures
    ),
    "Latest note": lambda one: one.notes[0].text if one.notes else "",
    "Evidence": lambda one: "; ".join(
        f"{each.title}: {each.url}" if each.url else each.title for each in one.evidence
    ),
    "Address": lambda one: f"{settings.BASE_URL}{one.url}",
}


def rows(actions: Sequence[ShownAction]) -> list[list[object]]:
    return [[get(one) for get in COLUMNS.values()] for one in actions]


def workbook(plan: ShownPlan, actions: Sequence[ShownAction]) -> bytes:
    """The actions, and a sheet that says whose plan it is. No cell is ever a formula."""
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Actions")
    sheet.freeze_panes = "C2"
    for letter, width in zip("ABCDEF", (10, 60, 24, 40, 40, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, name, bold=True) for name in COLUMNS])
    for row in rows(actions):
        sheet.append([_cell(sheet, value) for value in row])
    about = made.create_sheet("About")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 20, 70
    for name, value in _about(plan):
        about.append([_cell(about, name, bold=True), _cell(about, value)])
    made.properties.title = ILLEGAL_CHARACTERS_RE.sub("", f"{plan.organisation}: {plan.title}")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _about(plan: ShownPlan) -> list[tuple[str, object]]:
    return [
        ("Plan", plan.title),
        ("Organisation", plan.organisation),
        ("Charter", plan.charter),
        ("Stage", plan.stage or ""),
        ("From", _day(plan.starts_on)),
        ("Until", _day(plan.ends_on)),
        ("Agreed", _day(plan.agreed_on)),
        ("Read it at", f"{settings.BASE_URL}{plan.url}"),
    ]


def _cell(sheet: Any, value: object, *, bold: bool = False) -> WriteOnlyCell:
    text = ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value))[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # "=HYPERLINK(…)" is a text, whoever typed it
    if bold:
        cell.font = Font(bold=True)
    return cell


def atom(plan: ShownPlan, actions: Sequence[ShownAction], feed_path: str) -> str:
    """The newest public notes on how it goes, as RFC 4287 has it."""
    feed = Atom1Feed(
        title=xml_text(f"{plan.organisation}: {plan.title}"),
        subtitle="What is said about how the actions of this plan go.",
        link=f"{settings.BASE_URL}{plan.url}",
        feed_url=f"{settings.BASE_URL}{feed_path}",
        description="",
        language="en-GB",
        author_name=xml_text(plan.organisation),
    )
    said = [(note, one) for one in actions for note in one.notes]
    said.sort(key=lambda pair: pair[0].written_at, reverse=True)
    for note, one in said[:MOST_NOTES]:
        link = f"{settings.BASE_URL}{one.url}"
        word = f" ({WORDS[note.delivery]})" if note.delivery in WORDS and note.delivery else ""
        feed.add_item(
            title=xml_text(f"{one.code} {one.title}{word}"),
            link=link,
            unique_id=f"{link}#{note.written_at.isoformat()}",
            description=xml_text(linebreaks(note.text, autoescape=True)),
            pubdate=note.written_at,
            updateddate=note.written_at,
            categories=[title for _, title in one.areas],
        )
    return str(feed.writeString("utf-8"))
