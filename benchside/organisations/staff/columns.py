"""Which column is which, as a person sees and answers it: one part a sheet of the file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from benchside.organisations.models import ColumnMapping, StaffFile
from benchside.organisations.staff.staging import Answer, answered
from benchside.organisations.staff_list import (
    Book,
    Column,
    Layout,
    Sheet,
    Unreadable,
    at_row,
    open_book,
    propose,
)
from benchside.organisations.staff_list.fields import FIELDS, NEVER, Kind, plain_name

STAFF, LEAVERS, UNUSED = "staff", "leavers", "unused"
USES = [(STAFF, "Staff"), (LEAVERS, "People who have left"), (UNUSED, "Leave it out")]
CHOICES = [("", "Leave it out"), *((key, one.label) for key, one in FIELDS.items())]
LOOKED_AT, SHOWN, LONGEST = 400, 3, 40  # rows, examples, letters of one
Answers = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class ColumnPart:
    """One column: what it is taken for, and what stands in it."""

    name: str  # of the control
    header: str
    field: str
    examples: tuple[str, ...]
    why: str
    is_hidden: bool


@dataclass
class SheetPart:
    """One sheet: what it is used for, where its header is, its columns, what is wrong with it."""

    place: int
    name: str
    rows: int
    use: str
    header_row: int
    columns: list[ColumnPart] = field(default_factory=list)
    doubts: Sequence[str] = ()
    problem: str = ""
    is_hidden: bool = False
    is_known: bool = False

    @property
    def recognised(self) -> int:
        return sum(bool(one.field) for one in self.columns)


def parts_of(file: StaffFile, book: Book) -> list[SheetPart]:
    """The file as it stands, with what was answered so far; an answer that cannot be meant is
    kept, and its sheet says why."""
    rows = ColumnMapping.objects.filter(organisation=file.organisation_id)
    remembered = dict(rows.values_list("fingerprint", "columns"))
    proposed = propose(book, remembered)
    return [
        _part(place, sheet, layout, file.answers.get(sheet.name))
        for place, (sheet, layout) in enumerate(zip(book.sheets, proposed, strict=True))
    ]


def _part(place: int, sheet: Sheet, layout: Layout, answer: Mapping[str, Any] | None) -> SheetPart:
    problem = ""
    chosen: Mapping[str, str] = {}
    if answer is not None:
        chosen = answer["columns"]
        try:
            if answer["row"] != layout.header_row:
                layout = at_row(sheet, answer["row"])
            answered(sheet, layout, as_answer(answer))
        except Unreadable as refusal:
            problem = f"{refusal.message} {refusal.remedy}"
    use = answer["use"] if answer else _use(layout)
    return SheetPart(
        place=place,
        name=sheet.name or "The table",
        rows=len(sheet.rows),
        use=use,
        header_row=answer["row"] if answer else layout.header_row,
        columns=list(_columns(place, sheet, layout, chosen)),
        doubts=() if answer else layout.doubts,
        problem=problem,
        is_hidden=layout.hidden,
        is_known=layout.known,
    )


def _use(layout: Layout) -> str:
    if not layout.used:
        return UNUSED
    return LEAVERS if layout.leavers else STAFF


def _columns(
    place: int, sheet: Sheet, layout: Layout, chosen: Mapping[str, str]
) -> Iterator[ColumnPart]:
    for one in layout.columns:
        yield ColumnPart(
            name=control(place, one),
            header=one.header or "(no heading)",
            field=chosen.get(one.key, one.field),
            examples=_examples(sheet, layout.header_row, one),
            why=one.why,
            is_hidden=one.hidden,
        )


def _examples(sheet: Sheet, header_row: int, column: Column) -> tuple[str, ...]:
    """The first different values, without headings that stand there again. None of dates of
    birth and of what is never read, such as pay: nobody needs to see them here."""
    if column.field and FIELDS[column.field].kind == Kind.BIRTH:
        return ()
    if plain_name(column.header) in NEVER:
        return ()
    found: dict[str, None] = {}
    for cells in islice(sheet.rows, header_row, header_row + LOOKED_AT):
        text = _text(cells[column.place]) if column.place < len(cells) else ""
        if text and text != column.header:
            found[text if len(text) <= LONGEST else f"{text[:LONGEST]}…"] = None
        if len(found) == SHOWN:
            break
    return tuple(found)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def control(place: int, column: Column) -> str:
    return f"column-{place}-{column.place}"


# --- answers ------------------------------------------------------------------------------------
def answers_from(posted: Mapping[str, str], file: StaffFile, book: Book) -> tuple[Answers, bool]:
    """What a person posted, by sheet; and whether a header row has moved, so that its columns are
    to be shown before they can be confirmed."""
    answers: Answers = {}
    has_moved = False
    rows = ColumnMapping.objects.filter(organisation=file.organisation_id)
    proposed = propose(book, dict(rows.values_list("fingerprint", "columns")))
    for place, (sheet, layout) in enumerate(zip(book.sheets, proposed, strict=True)):
        before = file.answers.get(sheet.name, {}).get("row", layout.header_row)
        use = posted.get(f"use-{place}", UNUSED)
        answer = {
            "use": use if use in dict(USES) else UNUSED,
            "row": _row(posted.get(f"row-{place}", ""), before),
            "columns": {},
        }
        if answer["row"] != before:
            has_moved = has_moved or answer["use"] != UNUSED
        else:
            answer["columns"] = _chosen(posted, place, sheet, layout, before)
        answers[sheet.name] = answer
    return answers, has_moved


def _row(typed: str, before: int) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else before


def _chosen(
    posted: Mapping[str, str], place: int, sheet: Sheet, layout: Layout, row: int
) -> dict[str, str]:
    if row != layout.header_row:
        try:
            layout = at_row(sheet, row)
        except Unreadable:
            return {}
    known = dict(CHOICES)
    return {
        one.key: posted[name]
        for one in layout.columns
        if (name := control(place, one)) in posted and posted[name] in known
    }


def as_answer(answer: Mapping[str, Any]) -> Answer:
    return Answer(
        columns=answer["columns"],
        used=answer["use"] != UNUSED,
        leavers=answer["use"] == LEAVERS if answer["use"] != UNUSED else None,
        header_row=answer["row"],
    )


def answers_of(file: StaffFile) -> dict[str, Answer]:
    return {sheet: as_answer(one) for sheet, one in file.answers.items()}


def book_of(file: StaffFile) -> Book:
    """Raises Unreadable."""
    return open_book(data_of(file))


def data_of(file: StaffFile) -> bytes:
    with file.file.open("rb") as opened:
        return bytes(opened.read())
