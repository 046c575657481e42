"""An HR spreadsheet turned into people: read, sorted, compared. No Django here.

    book = open_book(data)                        # sheets of cells, whatever kind of file it is
    layouts = propose(book, remembered)           # which column is which; a person confirms
    staff = read(book, layouts, as_of=..., secret=...)     # people, leavers, bad rows
    found = Sorter(definition, soc=..., roles=...).sort(staff.people)   # who is a technician
    difference = compare(kept, staff, found.rulings)       # what would change

Every value is plain. Dates of birth become age bands inside `read` and do not leave it.
"""

from benchside.organisations.staff_list.definition import (
    STARTING_RULES,
    About,
    BadDefinition,
    By,
    Definition,
    Facts,
    Rule,
    Ruling,
    Verdict,
)
from benchside.organisations.staff_list.difference import (
    Change,
    Difference,
    FieldChange,
    Kind,
    compare,
)
from benchside.organisations.staff_list.layout import Column, Layout, at_row, confirm, propose
from benchside.organisations.staff_list.matching import Entry, Match, TitleIndex
from benchside.organisations.staff_list.people import Person, Post
from benchside.organisations.staff_list.problems import Notice, Problem, Unreadable
from benchside.organisations.staff_list.reading import StaffList, read
from benchside.organisations.staff_list.sheets import Book, Sheet, open_book
from benchside.organisations.staff_list.sorting import (
    Comparison,
    Sorted,
    Sorter,
    Turn,
    WaitingTitle,
    compare_definitions,
)
from benchside.organisations.staff_list.titles import plain_title

__all__ = [
    "STARTING_RULES",
    "About",
    "BadDefinition",
    "Book",
    "By",
    "Change",
    "Column",
    "Comparison",
    "Definition",
    "Difference",
    "Entry",
    "Facts",
    "FieldChange",
    "Kind",
    "Layout",
    "Match",
    "Notice",
    "Person",
    "Post",
    "Problem",
    "Rule",
    "Ruling",
    "Sheet",
    "Sorted",
    "Sorter",
    "StaffList",
    "TitleIndex",
    "Turn",
    "Unreadable",
    "Verdict",
    "WaitingTitle",
    "at_row",
    "compare",
    "compare_definitions",
    "confirm",
    "open_book",
    "plain_title",
    "propose",
    "read",
]
