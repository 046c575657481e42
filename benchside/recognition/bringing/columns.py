"""Which column of a list of entries is which. No Django here.

Headings are recognised by their names; a person confirms or corrects that once, and the answer is
remembered under the fingerprint of the headings.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from benchside.organisations.staff_list import Sheet
from benchside.organisations.staff_list.fields import plain_name

HEADER_WITHIN = 30  # rows


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may be, as people read it, and other names for it."""

    title: str
    names: tuple[str, ...]
    about: str


FIELDS = {
    "number": Field(
        "Number", ("registration number", "registration no", "reg no", "reg number",
                   "register number", "register no", "registrant number", "registrant no",
                   "entry number", "no"),
        "Needed. As it stands on the register; it is kept as it is. Letters from A to Z, digits, "
        "and - . _ between them: RT-10 and not RT/10.",
    ),
    "name": Field(
        "Name", ("full name", "registrant", "registrant name", "registered name",
                 "name on register"),
        "Needed. As the person is registered.",
    ),
    "former": Field(
        "Former names", ("former name", "previous name", "previous names", "maiden name"),
        "Names they were registered under before, with ; between them.",
    ),
    "body": Field(
        "Body", ("licensed body", "professional body", "institution", "through"),
        "The licensed body they came through, by its name here. Empty where there is only one.",
    ),
    "membership": Field(
        "Membership number", ("member number", "member no", "membership no", "membership id",
                              "member id"),
        "Their number as a member of the body.",
    ),
    "email": Field(
        "E-mail address", ("e-mail", "email", "email address", "mail", "contact email"),
        "Where a letter finds them. Nobody is shown it; by it they can come to their own entry.",
    ),
    "state": Field(
        "State", ("status", "register status", "registration status"),
        "As it is now, in the words of this register. Empty means registered.",
    ),
    "admitted": Field(
        "Admitted", ("date admitted", "admission date", "admitted on", "date of admission",
                     "registered on", "date registered", "registration date",
                     "date of registration"),
        "Needed. Day/month/year, unless you say of the file that the month comes first.",
    ),
    "starts": Field(
        "Period from", ("from", "valid from", "period start", "start date", "starts", "paid from"),
        "The first day of their year. Empty means the day they were admitted.",
    ),
    "ends": Field(
        "Period until", ("until", "valid until", "valid to", "expiry", "expiry date", "expires",
                         "expires on", "expiration date", "date of expiry", "period end",
                         "end date", "ends", "ends on", "renewal", "renewal date", "renewal due",
                         "renews on", "paid until", "paid to"),
        "Needed for whoever is on the register now. The last day of their year.",
    ),
    "date": Field(
        "Date of change", ("change date", "effective", "effective date", "event date", "date"),
        "Of one change in their history: the day from which it held.",
    ),
    "what": Field(
        "What changed", ("change", "event", "new state", "became", "what"),
        "The state they were in from that day, in the words of this register.",
    ),
    "reason": Field(
        "Reason", ("why", "change reason", "event reason"), "Why it changed, where it is known."
    ),
}  # fmt: skip
KNOWN = {plain_name(name): key for key, one in FIELDS.items() for name in (one.title, *one.names)}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a whole file writes what can be written in two ways, as somebody said it."""

    month_first: bool = False
    surname_first: bool = False  # or all of it in capitals


@dataclass(frozen=True, slots=True)
class Column:
    place: int  # counted from 0
    header: str
    key: str
    field: str = ""  # of FIELDS; empty when it is not used


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is read. `header_row` counts as a spreadsheet does; 0 where there is none."""

    sheet: str
    header_row: int
    columns: tuple[Column, ...] = ()

    @property
    def fields(self) -> dict[str, Column]:
        return {one.field: one for one in self.columns if one.field}

    @property
    def is_used(self) -> bool:
        """Every sheet that says whose number it speaks of, and something of them."""
        return "number" in self.fields and bool({"name", "what"} & set(self.fields))

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256("\n".join(one.key for one in self.columns).encode()).hexdigest()


Remembered = Mapping[str, Mapping[str, str]]


def propose(sheet: Sheet, remembered: Remembered) -> Layout:
    """The layout as it was confirmed before, else as it is recognised."""
    best, row = 1, 0
    for number, cells in enumerate(islice(sheet.rows, HEADER_WITHIN), start=1):
        found = {KNOWN[name] for cell in cells if (name := plain_name(cell)) in KNOWN}
        if len(found) > best:
            best, row = len(found), number
    row = row or _first_of_many(sheet)
    if not row:
        return Layout(sheet.name, 0)
    layout = Layout(sheet.name, row, tuple(_named(sheet.rows[row - 1])))
    if known := remembered.get(layout.fingerprint):
        return answered(layout, known)
    taken: set[str] = set()
    columns = []
    for one in layout.columns:
        field = KNOWN.get(one.key.partition(" #")[0], "")
        columns.append(replace(one, field="" if field in taken else field))
        taken.add(field)
    return replace(layout, columns=tuple(columns))


def _first_of_many(sheet: Sheet) -> int:
    """Where no heading is known: the first row with two cells or more, so that a person can say
    which column is which."""
    for number, cells in enumerate(islice(sheet.rows, HEADER_WITHIN), start=1):
        if sum(bool(plain_name(cell)) for cell in cells) > 1:
            return number
    return 0


def cells_of(sheet: Sheet, layout: Layout, fields: Collection[str] = ()) -> Iterator[object]:
    """What stands under its headings, of these fields or of every column."""
    places = [one.place for one in layout.columns if not fields or one.field in fields]
    for cells in sheet.rows[layout.header_row :]:
        yield from (cells[place] for place in places if place < len(cells))


def _named(cells: Sequence[object]) -> list[Column]:
    columns: list[Column] = []
    times: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if not (name := plain_name(cell)):
            continue
        times[name] = times.get(name, 0) + 1
        key = name if times[name] == 1 else f"{name} #{times[name]}"
        columns.append(Column(place, " ".join(str(cell).split()), key))
    return columns


def answered(layout: Layout, chosen: Mapping[str, str]) -> Layout:
    """The layout with fields by column key; those not named stay as they are."""
    fields = (replace(one, field=chosen.get(one.key, one.field)) for one in layout.columns)
    return replace(layout, columns=tuple(fields))


def wrong_with(layouts: Sequence[Layout]) -> list[str]:
    """Why the columns as they are cannot be meant, in words; nothing when they can."""
    found = []
    for one in layouts:
        used = [each.field for each in one.columns if each.field]
        for field in dict.fromkeys(used):
            if used.count(field) > 1:
                where = f" of {one.sheet}" if one.sheet else ""
                found.append(f"Two columns{where} are {FIELDS[field].title}. Keep one.")
    every = {field for one in layouts if one.is_used for field in one.fields}
    for needed in ("number", "name", "admitted"):
        if needed not in every:
            found.append(f"No column is {FIELDS[needed].title}. Say which it is.")
    if ("what" in every) is not ("date" in every):
        missing = "date" if "what" in every else "what"
        found.append(f"A history needs both: no column is {FIELDS[missing].title}.")
    return found
