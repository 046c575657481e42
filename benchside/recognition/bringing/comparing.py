"""A file of entries compared with what is on the register."""

import json
from collections.abc import Iterable, Sequence
from pathlib import PureWindowsPath
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.assessment.awarding.queries import version_in_force
from benchside.assessment.models import Award
from benchside.core import imports
from benchside.core.actions import Actor, Refused
from benchside.core.models import RunState
from benchside.core.tasks import report
from benchside.organisations.staff_list import Book, Unreadable, open_book
from benchside.recognition.bringing import columns, duplicates, naming, reading, writing
from benchside.recognition.bringing.importing import ENTRIES
from benchside.recognition.models import (
    BroughtList,
    Entry,
    FormerNumber,
    Licence,
    ListColumns,
    Register,
)

MOST = 20_000  # entries in one list: it is written in one transaction
WHOLE, MONTH, SURNAME = "whole", "month", "surname"  # answers that are no sheet's
MAX_BYTES = 25 * 1024 * 1024
WORKBOOKS, TEXTS = {".xlsx", ".xlsm"}, {".csv", ".tsv", ".txt"}
ZIP = b"PK"


def opened(data: bytes) -> Book:
    """Raises Refused for a file that is no table."""
    if not data.strip():
        raise Refused("This file is empty.", "Choose the file that holds the entries.")
    if len(data) > MAX_BYTES:
        raise Refused("This file is larger than 25 MB.", "Split it and bring in the parts.")
    try:
        return open_book(data)
    except Unreadable as refusal:
        raise Refused(refusal.message, refusal.remedy) from refusal


def refuse_no_table(data: bytes, filename: str) -> None:
    """Raises Refused for a file that is no workbook and no CSV, by its name and by what is in it:
    anything can be read as text, and nobody can say which column is which in a letter."""
    remedy = "Save the list as a workbook (.xlsx) or as a CSV, and choose that file."
    name = PureWindowsPath(filename).name
    ending = PureWindowsPath(filename).suffix.lower()
    if ending not in WORKBOOKS | TEXTS:
        raise Refused(f"{name} is not a workbook and not a CSV.", remedy)
    book = opened(data)
    if ending in WORKBOOKS and not data.startswith(ZIP):
        raise Refused(f"{name} is called a workbook, and is none.", remedy)
    if not any(columns.propose(sheet, {}).header_row for sheet in book.sheets):
        raise Refused(f"There is no table in {name}: no row has two cells or more.", remedy)


def book_of(one: BroughtList) -> Book:
    with one.file.open("rb") as file:
        return opened(file.read())


def layouts_of(one: BroughtList, book: Book) -> list[columns.Layout]:
    """As it was answered, else as it was confirmed before, else as it is recognised."""
    known = dict(
        ListColumns.objects.filter(register=one.register_id).values_list("fingerprint", "columns")
    )
    proposed = [columns.propose(sheet, known) for sheet in book.sheets]
    return [
        columns.answered(layout, one.answers.get(str(place), {}))
        for place, layout in enumerate(proposed)
    ]


def manner_of(one: BroughtList) -> columns.Manner:
    """What was said of the whole file."""
    said = one.answers.get(WHOLE, {})
    return columns.Manner(
        month_first=said.get("days") == MONTH, surname_first=said.get("names") == SURNAME
    )


def rules_of(register: Register, taken: dict[str, str]) -> reading.Rules:
    """Raises Refused where the standard is not in use, or no body is licensed."""
    version = version_in_force(register.standard)
    award = version.standard.award if version else None
    if award is None:
        raise Refused("The standard of this register is not in use.", "Publish it first.")
    bodies: dict[str, str] = {}
    for one in Licence.objects.filter(register=register).select_related("body"):
        bodies |= {reading.folded(name): one.body.slug for name in (one.body.name, one.body.slug)}
    if not bodies:
        raise Refused("No body is licensed for this register.", "Give a body its licence first.")
    return reading.Rules(award, bodies, taken, timezone.localdate())


def read_of(one: BroughtList) -> reading.Found:
    """What the file says now. Raises Refused."""
    book = book_of(one)
    layouts = layouts_of(one, book)
    if wrong := columns.wrong_with(layouts):
        raise Refused(wrong[0], "Say which column is which.")
    report(0, 0, "Looking at the numbers that are in use")
    rules = rules_of(one.register, _taken(one.register))
    found = reading.read(book, layouts, rules, manner_of(one))
    if len(found.entries) > MOST:
        raise Refused(f"There are more than {MOST:,} entries.", "Bring them in in parts.")
    return found


def _taken(register: Register) -> dict[str, str]:
    """Every number in use, as it is compared, with whose it is here; nobody's elsewhere."""
    here = writing.standing_entries(register).values_list("award__number", "name")
    taken = {reading.number_key(number): name for number, name in here.iterator()}
    known = FormerNumber.objects.all()
    for number, said, slug in known.values_list(
        "number", "said", "entry__register__slug"
    ).iterator():
        name = said.get("name", "") if slug == register.slug else ""
        taken.setdefault(reading.number_key(number), name)
    back = Entry.objects.filter(hidden_basis=writing.TAKEN_BACK).values("award")
    others = Award.objects.exclude(entry__register=register).exclude(pk__in=back)
    for number in others.values_list("number", flat=True).iterator():
        taken.setdefault(reading.number_key(number), "")
    return taken


def compare(one: BroughtList, actor: Actor) -> None:
    """Write down what the file would change; what is wrong with the file as a whole is kept
    beside it, for its page to say."""
    try:
        found = read_of(one)
        with transaction.atomic():
            _let_go(one, actor)
            stands = rules_of(one.register, {}).stands
            one.numbers = list(found.entries)
            one.groups = duplicates.groups_of(one.register, found, stands)
            one.emails = found.emails
            one.notes = list(_notes(found, manner_of(one)))
            one.save(update_fields=["numbers", "groups", "emails", "notes"])
            report(0, len(found.entries), "Writing down what it would add")
            one.run = imports.preview(
                actor=actor,
                importer=ENTRIES,
                data=_as_json(found),
                filename=one.filename,
                scope=str(one.pk),
            )
            one.problem = ""
            one.save(update_fields=["run", "problem"])
            _remember(one)
    except Refused as refused:
        BroughtList.objects.filter(pk=one.pk).update(problem=str(refused)[:400])


def _let_go(one: BroughtList, actor: Actor) -> None:
    run, one.run = one.run, None
    if run is not None and run.state == RunState.PREVIEWED:
        imports.discard(actor=actor, run=run)


def _remember(one: BroughtList) -> None:
    for layout in layouts_of(one, book_of(one)):
        if layout.is_used:
            ListColumns.objects.update_or_create(
                register=one.register,
                fingerprint=layout.fingerprint,
                defaults={"columns": {each.key: each.field for each in layout.columns}},
            )


def _as_json(found: reading.Found) -> bytes:
    rows: list[dict[str, Any]] = [
        {"row": found.rows[number], "number": number, "values": values, "problems": []}
        for number, values in found.entries.items()
    ]
    rows += [
        {"row": wrong.row, "number": f"row {wrong.row}", "values": {}, "problems": [wrong]}
        for wrong in found.problems
    ]
    return json.dumps(rows).encode()


def _notes(found: reading.Found, manner: columns.Manner) -> Iterable[str]:
    if manner.month_first:
        yield "Days written in numbers are read as month/day/year, as you said of this file."
    every = (*found.entries.values(), *found.unfit.values())
    yield from _odd_names([one["name"] for one in every])
    if count := len(found.already):
        are, left = ("entry is", "it is") if count == 1 else ("entries are", "they are")
        yield f"{count} {are} on the register already, by number and name, and left as {left}."
    if count := found.overdue:
        yield (
            f"{count} registered {'person has' if count == 1 else 'people have'} a period that is "
            "over. Tonight the clock moves them on, to extra time or to lapsed."
        )


def _odd_names(every: Sequence[str]) -> Iterable[str]:
    odd = [name for name in every if asks_of_name(name)]
    if odd:
        goes = "name is" if len(odd) == 1 else "names are"
        yield (
            f"{len(odd)} {goes} written with the surname first or in capitals, such as "
            f"“{odd[0]}”, and would stand so on the public register. Go back to the columns to say "
            "how names are written in this file, or mend them in the file."
        )


def asks_of_name(name: str) -> str:
    """What a registrar is asked of a name that would stand on the register as a spreadsheet has
    it; nothing of others."""
    if naming.is_surname_first(name):
        return "Surname first?"
    return "In capitals?" if naming.is_large(name) else ""
