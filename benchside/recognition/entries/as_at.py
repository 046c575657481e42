"""The register as at a day: as known today, and as it was written down by the evening of that day.

For the registrar alone: it has the states as they are, reasons, and who did what.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.models import AwardEvent
from benchside.assessment.standards import AwardState
from benchside.core.exports import MARK, safe_cell
from benchside.organisations.models import Organisation
from benchside.recognition.entries.queries import name_on
from benchside.recognition.models import Entry, Register

HEADER = (
    "Number", "Name", "Body", "Admitted", "Status that day", "Since", "Change", "Reason", "By",
    "Recorded", "Status as recorded then", "Since, as recorded then", "Recorded later",
    "Period from", "Period until", "Sanctions that day", "Changes beside the status",
)  # fmt: skip
NOTED = {
    "entry.rename": "Name changed",
    "entry.change-body": "Body changed",
    "entry.hide": "Hidden",
    "entry.show": "Shown again",
}
BODY = "entry.change-body"
ERASED = "somebody erased"
CHUNK = 500
Row = Sequence[object]


def rows(register: Register, on: date) -> Iterator[Row]:
    """A row for each entry admitted by that day, by number, read a few hundred at a time."""
    entries = Entry.objects.filter(register=register, award__events__effective_on__lte=on)
    entries = entries.select_related("award__version", "body").distinct()
    entries = entries.prefetch_related("award__events", "former_names", "sanctions")
    chunk: list[Entry] = []
    for entry in entries.order_by("award__number").iterator(chunk_size=CHUNK):
        chunk.append(entry)
        if len(chunk) == CHUNK:
            yield from _rows(chunk, on)
            chunk = []
    yield from _rows(chunk, on)


def _rows(entries: Sequence[Entry], on: date) -> Iterator[Row]:
    histories = [(one, _by(one, on)) for one in entries]
    every_event = [event for _, events in histories for event in events]
    names = _names({who for one in every_event for who in (one.actor, proposer_of(one))})
    bodies = _bodies(entries)
    for entry, every in histories:
        events = [one for one in every if not one.is_note]
        if not events:
            continue
        titles = {one.key: one.title for one in _states(entry)}
        known = events[-1]
        then = [one for one in events if timezone.localdate(one.recorded_at) <= on]
        recorded = then[-1] if then else None
        yield (
            entry.award.number,
            name_on(entry, on),
            bodies.get(_body_on(entry, on), entry.body.name),
            entry.admitted_on,
            titles.get(known.target, known.target),
            known.effective_on,
            known.verb,
            known.reason,
            _who(known, names),
            _recorded(known),
            titles.get(recorded.target, recorded.target) if recorded else "not on it yet",
            recorded.effective_on if recorded else "",
            "yes" if recorded != known else "",
            *_period(entry, events),
            "; ".join(_sanctions(entry, on)),
            "; ".join(_noted(one, names) for one in every if one.is_note),
        )


def proposer_of(event: AwardEvent) -> UUID | None:
    """Who had proposed what another confirmed; nobody where one person was enough."""
    found = event.detail.get("proposed_by")
    return UUID(found) if found and found != "None" else None


def _who(event: AwardEvent, names: Mapping[UUID | None, str]) -> str:
    if event.actor is None:
        return "Benchside"
    who, first = names.get(event.actor, ERASED), proposer_of(event)
    return who if first is None else f"{who}; proposed by {names.get(first, ERASED)}"


def _recorded(event: AwardEvent) -> str:
    return f"{timezone.localtime(event.recorded_at):%Y-%m-%d %H:%M:%S}"


def _period(entry: Entry, events: Sequence[AwardEvent]) -> tuple[object, object]:
    """The period that had been given by that day, as days; the last one where no event has it."""
    told = [one.detail["period"] for one in events if "period" in one.detail]
    if not told:
        return entry.award.period_start, entry.award.period_end or ""
    starts, ends = told[-1]
    return date.fromisoformat(starts), date.fromisoformat(ends) if ends else ""


def _sanctions(entry: Entry, on: date) -> Iterator[str]:
    """Those that stood that day, as known today: none that was overturned since."""
    for one in sorted(entry.sanctions.all(), key=lambda each: (each.begins, each.pk)):
        ends = one.ended_on or one.until
        if one.overturned_at is None and one.begins <= on and (ends is None or on <= ends):
            yield f"{one.title}, from {one.begins}{f' until {ends}' if ends else ''}"


def _noted(event: AwardEvent, names: Mapping[UUID | None, str]) -> str:
    why = f": {event.reason}" if event.reason else ""
    what = f"{NOTED.get(event.verb, event.verb)} from {event.effective_on}{why}"
    return f"{what} (by {_who(event, names)}, recorded {_recorded(event)})"


def _body_on(entry: Entry, on: date) -> int:
    """Through which body that day: what the last change by then says, or what the next changed."""
    changes = [one for one in _in_order(entry) if one.verb == BODY]
    before = [one.detail["to"] for one in changes if one.effective_on <= on]
    after = [one.detail["from"] for one in changes if one.effective_on > on]
    found: int = (before[-1:] + after[:1] + [entry.body_id])[0]
    return found


def _bodies(entries: Sequence[Entry]) -> dict[int, str]:
    """Names of bodies that somebody was registered through before."""
    told = [one.detail for entry in entries for one in entry.award.events.all() if one.verb == BODY]
    wanted = {pk for one in told for pk in (one["from"], one["to"])}
    found = Organisation.objects.filter(pk__in=wanted) if wanted else Organisation.objects.none()
    return dict(found.values_list("pk", "name"))


def _by(entry: Entry, on: date) -> list[AwardEvent]:
    """What took effect by that day, in the order of the chain."""
    return [one for one in _in_order(entry) if one.effective_on <= on]


def _in_order(entry: Entry) -> list[AwardEvent]:
    return sorted(entry.award.events.all(), key=lambda one: one.number)


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
