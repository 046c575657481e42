"""Bringing a file into the log: previewed, chosen, applied in one go, and undone."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from benchside.core import imports
from benchside.core.actions import Actor, Refused
from benchside.core.imports import BadFile
from benchside.core.models import ImportRun
from benchside.people.cpd.actions.log import MOST, has_written, log_of
from benchside.people.cpd.importing import CALENDAR, TABLE
from benchside.people.cpd.keeping import IMPORTERS
from benchside.people.enums import CpdCategory
from benchside.people.models import Technician


def preview_table(*, actor: Actor, technician: Technician, data: bytes, filename: str) -> ImportRun:
    """What a spreadsheet would change. Raises Denied, BadFile."""
    scope = str(technician.pk)
    return imports.preview(actor=actor, importer=TABLE, data=data, filename=filename, scope=scope)


@transaction.atomic
def preview_calendar(
    *, actor: Actor, technician: Technician, data: bytes, filename: str, since: date
) -> ImportRun:
    """The events of a calendar from a day on that are not in the log. What is older is not kept,
    nor what was brought in before. Raises Denied; BadFile, also when nothing is left.
    """
    scope = str(technician.pk)
    run = imports.preview(actor=actor, importer=CALENDAR, data=data, filename=filename, scope=scope)
    left = [
        one
        for one in run.difference
        if one["kind"] == "added" and one["fields"]["ends"]["after"] >= since.isoformat()
    ]
    if not left:
        raise BadFile(
            f"No event since {since:%-d %B %Y} is new to your log.",
            "Give an earlier day, or export the calendar again.",
        )
    run.difference, run.counts = left, {**run.counts, "added": len(left), "changed": 0, "kept": 0}
    run.save(update_fields=["difference", "counts"])
    return run


@transaction.atomic
def bring_events(
    *, actor: Actor, technician: Technician, run: ImportRun, chosen: Mapping[str, str]
) -> int:
    """Write the chosen events down, each under its category; the others are forgotten. Returns how
    many. Raises Denied; Refused for none chosen, a run that is over, or a full log."""
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    left = [one for one in held.difference if one["key"] in chosen]
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


def runs_of(technician: Technician) -> list[ImportRun]:
    """Files brought into this log, newest first."""
    found = ImportRun.objects.filter(importer__in=IMPORTERS, scope=str(technician.pk))
    return list(found.defer("difference", "problems")[:20])
