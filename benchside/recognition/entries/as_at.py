"""The register as at a day: as known today, and as it was written down by the evening of that day.

For the registrar alone: it has the states as they are, reasons, and who did what.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.models import AwardEvent
from benchside.assessment.standards import AwardState
from benchside.core.exports import MARK, safe_cell
from benchside.recognition.entries.queries import name_on
from benchside.recognition.models import Entry, Register

HEADER = (
    "Number", "Name", "Body", "Admitted", "Status that day", "Since", "Change", "Reason", "By",
    "Recorded", "Status as recorded then", "Since, as recorded then", "Recorded later",
)  # fmt: skip
CHUNK = 500
Row = Sequence[object]


def rows(register: Register, on: date) -> Iterator[Row]:
    """A row for each entry admitted by that day, by number, read a few hundred at a time."""
    entries = Entry.objects.filter(register=register, award__events__effective_on__lte=on)
    entries = entries.select_related("award__version", "body").distinct()
    entries = entries.prefetch_related("award__events", "former_names")
    chunk: list[Entry] = []
    for entry in entries.order_by("award__number").iterator(chunk_size=CHUNK):
        chunk.append(entry)
        if len(chunk) == CHUNK:
            yield from _rows(chunk, on)
            chunk = []
    yield from _rows(chunk, on)


def _rows(entries: Sequence[Entry], on: date) -> Iterator[Row]:
    histories = [(one, _by(one, on)) for one in entries]
    names = _names({event.actor for _, events in histories for event in events})
    for entry, events in histories:
        if not events:
            continue
        titles = {one.key: one.title for one in _states(entry)}
        known = events[-1]
        then = [one for one in events if timezone.localdate(one.recorded_at) <= on]
        recorded = then[-1] if then else None
        yield (
            entry.award.number,
            name_on(entry, on),
            entry.body.name,
            entry.admitted_on,
            titles.get(known.target, known.target),
            known.effective_on,
            known.verb,
            known.reason,
            names.get(known.actor, "Benchside" if known.actor is None else "somebody erased"),
            f"{timezone.localtime(known.recorded_at):%Y-%m-%d %H:%M:%S}",
            titles.get(recorded.target, recorded.target) if recorded else "not on it yet",
            recorded.effective_on if recorded else "",
            "yes" if recorded != known else "",
        )


def _by(entry: Entry, on: date) -> list[AwardEvent]:
    """What took effect by that day, in the order of the chain."""
    events = sorted(entry.award.events.all(), key=lambda one: one.number)
    return [one for one in events if one.effective_on <= on]


def _states(entry: Entry) -> Iterable[AwardState]:
    rules = entry.award.version.standard.award
    return rules.states if rules else ()


def _names(ids: set[UUID | None]) -> dict[UUID | None, str]:
    """Opaque ids as names, for whoever may read them."""
    found = User.objects.filter(person_id__in=[one for one in ids if one])
    return {one.person_id: one.get_full_name() for one in found}


def as_csv(register: Register, on: date) -> Iterator[str]:
    """Line by line, so that a register of any size can be taken away."""
    yield MARK + _line(HEADER)
    for row in rows(register, on):
        yield _line([safe_cell(value) for value in row])


def _line(cells: Sequence[object]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerow(cells)
    return written.getvalue()


def as_workbook(register: Register, on: date) -> bytes:
    """One sheet; written row by row."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load, and asked for seldom

    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"As at {on}")
    sheet.freeze_panes = "A2"
    sheet.append(HEADER)
    for row in rows(register, on):
        sheet.append([one if isinstance(one, date) else safe_cell(one) for one in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
