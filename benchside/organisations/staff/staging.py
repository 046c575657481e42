"""A file read, compared and written down as a difference: technicians only, in pieces."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import PureWindowsPath
from typing import Any, NamedTuple, TypeVar

from django.db import transaction

from benchside.core.tasks import report
from benchside.organisations.models import (
    ColumnMapping,
    Organisation,
    StaffRun,
    StagedPerson,
    Unit,
)
from benchside.organisations.staff import kept as keeping
from benchside.organisations.staff_list import (
    Book,
    Difference,
    Layout,
    Person,
    Sheet,
    Sorter,
    StaffList,
    TitleIndex,
    WaitingTitle,
    at_row,
    compare,
    confirm,
    propose,
    read,
)
from benchside.organisations.staff_list.aliases import join_aliases
from benchside.organisations.staff_list.difference import Change
from benchside.organisations.staff_list.stored import person_as_json

CHUNK = 500  # people in one transaction: others wait for no more than that
PAUSE = 0.03  # seconds between two: lets others in, who on SQLite only ask now and then
MAX_KEPT = 1_000  # problems and titles kept for showing
T = TypeVar("T")


@dataclass(frozen=True)
class Answer:
    """What a person said of one sheet: fields by column key, whether it is used and for whom, and
    where its header is. `leavers` None and `header_row` 0 leave it as it was recognised."""

    columns: Mapping[str, str]
    used: bool = True
    leavers: bool | None = None
    header_row: int = 0


class Reading(NamedTuple):
    """A file understood. `staff` and `difference` hold people who must not be stored."""

    staff: StaffList
    difference: Difference
    waiting: list[WaitingTitle]
    employments: dict[str, int]  # of those who are there, by key


def layouts_of(
    organisation: Organisation, book: Book, answers: Mapping[str, Answer]
) -> list[Layout]:
    """How each sheet is read: as remembered, else as recognised, else as answered."""
    rows = ColumnMapping.objects.filter(organisation=organisation)
    remembered = dict(rows.values_list("fingerprint", "columns"))
    return [
        answered(sheet, one, answers[one.sheet]) if one.sheet in answers else one
        for sheet, one in zip(book.sheets, propose(book, remembered), strict=True)
    ]


def answered(sheet: Sheet, layout: Layout, answer: Answer) -> Layout:
    """The layout as a person has it. Raises Unreadable for an answer that cannot be meant."""
    if answer.header_row and answer.header_row != layout.header_row:
        layout = at_row(sheet, answer.header_row)
    if answer.leavers is not None:
        layout = replace(layout, leavers=answer.leavers, fields={})
    if not answer.used:
        return replace(layout, used=False, fields={})
    return confirm(layout, answer.columns)


def read_staff(
    organisation: Organisation, book: Book, layouts: list[Layout], as_of: date
) -> StaffList:
    """What the file says; people who were merged here are one, whatever numbers it gives them."""
    secret = keeping.settings_of(organisation).secret
    staff = read(book, layouts, as_of=as_of, secret=bytes.fromhex(secret))
    return join_aliases(staff, keeping.aliases_of(organisation))


def understand(
    organisation: Organisation,
    book: Book,
    layouts: list[Layout],
    as_of: date,
    soc: TitleIndex,
    roles: TitleIndex,
) -> Reading:
    """Read, sort and compare. Touches nothing."""
    secret = keeping.settings_of(organisation).secret
    staff = read_staff(organisation, book, layouts, as_of)
    # Managers are not read yet: they need to be found among people first.
    staff = replace(staff, people=_spelt(organisation, staff.people), says=staff.says - {"manager"})
    there = keeping.kept(organisation)
    sorter = Sorter(
        keeping.definition_of(organisation)[0],
        soc=soc,
        roles=roles,
        decisions=keeping.decisions_of(organisation),
        own_words=keeping.own_words(organisation, secret, staff.people),
    )
    found = sorter.sort(staff.people)
    difference = compare(there.people, staff, found.rulings, theirs=there.theirs)
    return Reading(staff, difference, found.waiting, there.employments)


def _spelt(organisation: Organisation, people: list[Person]) -> list[Person]:
    """Units as they are spelt here, or as they are first spelt in the file."""
    units = Unit.objects.open().filter(organisation=organisation)
    known = {name.casefold(): name for name in units.values_list("name", flat=True)}

    def spelt(name: str | None) -> str | None:
        return known.setdefault(name.casefold(), name) if name else name

    return [
        one._replace(
            posts=tuple(
                post._replace(
                    unit=spelt(post.unit), unit_above=spelt(post.unit_above), manager=None
                )
                for post in one.posts
            )
        )
        for one in people
    ]


def remember_columns(organisation: Organisation, layouts: Iterable[Layout]) -> None:
    for one in layouts:
        if one.used and one.known:
            ColumnMapping.objects.update_or_create(
                organisation=organisation,
                fingerprint=one.fingerprint,
                defaults={"columns": one.mapping},
            )


def new_run(
    organisation: Organisation, data: bytes, filename: str, as_of: date, by: Any
) -> StaffRun:
    return StaffRun(
        organisation=organisation,
        filename=PureWindowsPath(filename).name[:200],
        checksum=hashlib.sha256(data).hexdigest(),
        as_of=as_of,
        by=by,
        version=keeping.settings_of(organisation).version,
        definition=keeping.definition_of(organisation)[1],
    )


def describe(run: StaffRun, reading: Reading) -> None:
    """What is shown of the file as a whole; no name of anybody is in it."""
    bad = len({(one.sheet, one.row) for one in reading.staff.problems})
    run.counts = reading.difference.counts() | {
        "rows": reading.staff.rows,
        "bad": bad,
        "kept": len(reading.difference.kept),
    }
    run.problems = [
        {"sheet": one.sheet, "row": one.row, "column": one.column, "remedy": one.remedy}
        for one in reading.staff.problems[:MAX_KEPT]
    ]
    run.notices = [one._asdict() for one in reading.staff.notices]
    run.waiting = [_title(one) for one in reading.waiting[:MAX_KEPT]]
    run.warnings = reading.difference.warnings


def _title(one: WaitingTitle) -> dict[str, Any]:
    return {
        "plain": one.plain,
        "likely": one.likely,
        "spellings": list(one.spellings),
        "people": one.people,
        "soc": one.soc and one.soc._asdict(),
        "role": one.role and one.role._asdict(),
    }


def stage(run: StaffRun, changes: Sequence[Change], employments: Mapping[str, int]) -> None:
    """Write the difference down, a piece to a transaction."""
    done, total = 0, len(changes)
    for some in chunks(enumerate(changes)):
        with transaction.atomic():
            StagedPerson.objects.bulk_create(
                [_staged(run, place, one, employments) for place, one in some]
            )
        done += len(some)
        report(done, total, "Writing down what would change")
        time.sleep(PAUSE)


def _staged(
    run: StaffRun, place: int, change: Change, employments: Mapping[str, int]
) -> StagedPerson:
    before, after = change.before, change.after
    return StagedPerson(
        run=run,
        place=place,
        kind=change.kind,
        key=change.key,
        before=before and person_as_json(before),
        after=after and person_as_json(after),
        fields=[[one.field, one.post] for one in change.fields],
        why=change.why[:300],
        employment_id=employments.get(before.key) if before else None,
    )


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
