"""Bringing a file into the log: previewed, chosen, applied in one go, and undone."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from benchside.core import imports
from benchside.core.actions import Actor, Refused
from benchside.core.imports import BadFile, Change
from benchside.core.models import ImportRun, RunState
from benchside.people.cpd.actions.log import MOST, has_written, log_of
from benchside.people.cpd.importing import TABLE, CalendarImporter
from benchside.people.cpd.keeping import IMPORTERS
from benchside.people.cpd.table import key_of
from benchside.people.enums import CpdCategory
from benchside.people.models import Technician

UNREAD = "unread"  # a kind of change that is told, and never written
NAMED = 5  # how many of what could not be read are named


@transaction.atomic
def preview_table(*, actor: Actor, technician: Technician, data: bytes, filename: str) -> ImportRun:
    """What a spreadsheet would change. A new row with the title and the day of another one is left
    out unless it is taken: it may be there by mistake. Raises Denied, BadFile."""
    scope = str(technician.pk)
    run = imports.preview(actor=actor, importer=TABLE, data=data, filename=filename, scope=scope)
    again = [one for one in run.difference if one["kind"] == "added" and is_again(one)]
    for one in again:
        one |= {"kind": "kept", "instead": "added"}
    run.counts["added"] -= len(again)
    run.counts["kept"] += len(again)
    run.save(update_fields=["difference", "counts"])
    return run


def is_again(change: Mapping[str, Any]) -> bool:
    """Whether an earlier row of the same file has its title and its day."""
    said = change["said"] or {}
    return bool(said) and change["key"] != key_of(date.fromisoformat(said["begins"]), said["title"])


@transaction.atomic
def preview_calendar(
    *, actor: Actor, technician: Technician, data: bytes, filename: str, since: date
) -> ImportRun:
    """The events of a calendar from a day on that are not in the log. What is older is not kept,
    nor what was brought in before. Raises Denied; BadFile, also when nothing is left.
    """
    scope = str(technician.pk)
    importer = CalendarImporter(since)
    run = imports.preview(actor=actor, importer=importer, data=data, filename=filename, scope=scope)
    left = [
        one
        for one in run.difference
        if one["kind"] == "added" and one["fields"]["ends"]["after"] >= since.isoformat()
    ]
    if not left:
        unread = unread_words(importer.unread)
        raise BadFile(
            f"No event since {since:%-d %B %Y} is new to your log. {unread}".strip(),
            "Give an earlier day, or export the calendar again.",
        )
    run.counts = {**run.counts, "added": len(left), "changed": 0, "kept": 0}
    # In the difference the titles go when the others do: once events are chosen, or none is.
    run.difference = [*left, *(Change(kind=UNREAD, key=one).as_json() for one in importer.unread)]
    run.save(update_fields=["difference", "counts"])
    return run


@transaction.atomic
def bring_events(
    *, actor: Actor, technician: Technician, run: ImportRun, chosen: Mapping[str, str]
) -> int:
    """Write the chosen events down, each under its category; the others are forgotten. Returns how
    many. Raises Denied; Refused for none chosen, a run that is over, or a full log."""
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    left = [one for one in held.changes("added") if one["key"] in chosen]
    if not left:
        raise Refused("Nothing is chosen.", "Tick the events that belong in your log.")
    for one in left:
        category = CpdCategory(chosen[one["key"]]).value
        one["fields"]["category"]["after"] = one["said"]["category"] = category
    held.difference = left
    held.save(update_fields=["difference"])
    bring_in(actor=actor, technician=technician, run=run)
    return len(left)


@transaction.atomic
def bring_in(
    *, actor: Actor, technician: Technician, run: ImportRun, take: Collection[str] = ()
) -> None:
    """Write what a file says; `take` names what stands against it here and is to be overwritten.
    Raises Denied; Refused as `imports.apply` does, and for a full log."""
    log_of(technician)
    imports.apply(actor=actor, run=run, take=take)
    if technician.cpd_activities.count() > MOST:
        raise Refused(f"A log holds {MOST} activities at most.", "Bring in a part of it.")
    has_written(technician)


def unread_of(run: ImportRun) -> list[str]:
    """The titles of events of a calendar that could not be read."""
    return [one["key"] for one in run.changes(UNREAD)]


def unread_words(titles: list[str]) -> str:
    """How many events were left out, and which; empty for none."""
    if not titles:
        return ""
    events = "1 event" if len(titles) == 1 else f"{len(titles)} events"
    more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    return f"{events} could not be read: {', '.join(titles[:NAMED])}{more}."


def runs_of(technician: Technician) -> list[ImportRun]:
    """Files brought into this log, newest first; not those that were let go."""
    found = ImportRun.objects.filter(importer__in=IMPORTERS, scope=str(technician.pk))
    found = found.exclude(state=RunState.DISCARDED)
    return list(found.defer("difference", "problems")[:20])
