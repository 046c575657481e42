"""From the bytes of a staff list to the people on it, in two steps with a person between them.

    book = open_book(data)
    layouts = propose(book, remembered)          # shown, confirmed or corrected: `confirm`
    staff = read(book, layouts, as_of=..., secret=...)

Nothing that `read` returns holds a date of birth.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from benchside.organisations.staff_list.collecting import not_collecting
from benchside.organisations.staff_list.contracts import Contract, read_contracts
from benchside.organisations.staff_list.layout import Layout
from benchside.organisations.staff_list.people import Person, fold
from benchside.organisations.staff_list.problems import Notice, Problem, Unreadable
from benchside.organisations.staff_list.sheets import Book, Sheet
from benchside.organisations.staff_list.values import Context

# Fields that are made of other columns than their own.
MADE_OF = {
    "name": {"first_name", "last_name"},
    "age_band": {"birth", "age"},
    "fte": {"hours"},
}


@dataclass(frozen=True)
class StaffList:
    """What a file says on a day. `people` are there, `leavers` are not any more.

    `rows` is how many rows hold somebody; each of them is in a person or in a problem, or a
    notice says why it is not.
    """

    as_of: date
    people: list[Person]
    leavers: list[Person]
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    rows: int = 0
    says: frozenset[str] = frozenset()  # the fields of person and post that it has columns for


@not_collecting()
def read(
    book: Book,
    layouts: Sequence[Layout],
    *,
    as_of: date,
    secret: bytes,
    full_time_hours: float | None = None,
) -> StaffList:
    """The people of a file on a day. Raises Unreadable when no sheet is used."""
    used = [(sheet, one) for sheet, one in zip(book.sheets, layouts, strict=True) if one.used]
    if not used:
        raise Unreadable(
            "No sheet of this file looks like a staff list.",
            "A header must name the columns, such as Staff number, Job title, Department.",
        )
    context = Context(as_of, full_time_hours, book.starts_1904)
    contracts: list[Contract] = []
    problems: list[Problem] = []
    notices = [_about(one) for one in layouts if not one.used and one.columns]
    rows = 0
    for sheet, layout in used:
        found = read_contracts(sheet, layout, context)
        contracts += found.contracts
        problems += found.problems
        notices += [*_hidden(layout), *found.notices]
        rows += found.counted
    folded = fold(contracts, as_of, secret)
    problems = sorted(problems + folded.problems, key=lambda one: (one.sheet, one.row, one.column))
    notices += folded.notices
    people, leavers = folded.people, folded.leavers
    return StaffList(as_of, people, leavers, problems, notices, rows, _said(used))


def _about(layout: Layout) -> Notice:
    return Notice("This sheet is not read.", layout.sheet)


def _hidden(layout: Layout) -> list[Notice]:
    told = [Notice("This sheet is hidden in the workbook. It is read.", layout.sheet)]
    columns = ", ".join(f"“{one.header}”" for one in layout.columns if one.hidden and one.field)
    notices = told if layout.hidden else []
    if columns:
        notices.append(Notice(f"Hidden columns are read too: {columns}.", layout.sheet))
    return notices


def _said(used: Sequence[tuple[Sheet, Layout]]) -> frozenset[str]:
    said = {name for _, layout in used if not layout.leavers for name in layout.fields}
    for name, columns in MADE_OF.items():
        if said & columns:
            said.add(name)
    return frozenset(said)
