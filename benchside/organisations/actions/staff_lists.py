"""Bring a staff list in: previewed, then applied or discarded, then perhaps undone."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.tasks import enqueue_watched
from benchside.organisations import tasks
from benchside.organisations.enums import StaffRunState
from benchside.organisations.models import Employment, Organisation, StaffListSettings, StaffRun
from benchside.organisations.staff import staging, writing
from benchside.organisations.staff.units import close_empty
from benchside.organisations.staff_list import TitleIndex, Unreadable, open_book
from benchside.organisations.staff_rules import can_keep_list


def preview_staff_list(
    *,
    actor: Actor,
    organisation: Organisation,
    data: bytes,
    filename: str,
    as_of: date,
    answers: Mapping[str, staging.Answer] | None = None,
    soc: TitleIndex,
    roles: TitleIndex,
) -> StaffRun:
    """Read a file and write down what it would change. The file is not kept, nor anybody in it
    who is no technician, nor any date of birth.

    `answers` say which column is which, by sheet; they are remembered. Raises Denied; Refused
    for a file that cannot be read. The difference is written in pieces of a transaction each,
    under a run that counts for nothing until the last.
    """
    if not can_keep_list(actor, organisation):
        raise Denied("staff_list.preview")
    try:
        book = open_book(data)
        layouts = staging.layouts_of(organisation, book, answers or {})
        run = staging.new_run(organisation, data, filename, as_of, actor.person_id)
        reading = staging.understand(organisation, book, layouts, as_of, soc, roles)
    except Unreadable as refusal:
        raise Refused(refusal.message, refusal.remedy) from refusal
    staging.describe(run, reading)
    run.save()
    staging.stage(run, reading.difference.changes, reading.employments)
    with acting("staff_list.preview", actor=actor, subject=run, may=can_keep_list) as act:
        staging.remember_columns(organisation, layouts)
        _move(run, StaffRunState.STAGING, StaffRunState.PREVIEWED)
        act.note(counts=run.counts)
    return run


def bad_rows_of(
    *,
    actor: Actor,
    organisation: Organisation,
    data: bytes,
    as_of: date,
    answers: Mapping[str, staging.Answer] | None = None,
) -> bytes:
    """The rows of a file that cannot be used, as .xlsx with the reasons beside them.

    Made from the file each time and kept nowhere: bad rows may be anybody's. Raises Denied;
    Refused for a file that cannot be read.
    """
    if not can_keep_list(actor, organisation):
        raise Denied("staff_list.bad_rows")
    try:
        book = open_book(data)
        layouts = staging.layouts_of(organisation, book, answers or {})
        staff = staging.read_staff(organisation, book, layouts, as_of)
    except Unreadable as refusal:
        raise Refused(refusal.message, refusal.remedy) from refusal
    from benchside.organisations.staff_list.returned import (  # noqa: PLC0415 - slow to import
        returned_workbook,
    )

    return returned_workbook(book, layouts, staff.problems)


def apply_staff_list(*, actor: Actor, run: StaffRun) -> None:
    """Begin to carry a difference out, as a task to be watched.

    Raises Denied; Refused when it is over, stale, or another list is being applied.
    """
    with acting("staff_list.apply", actor=actor, subject=run, may=can_keep_list):
        version = StaffListSettings.objects.get(organisation=run.organisation_id).version
        if version != run.version:
            raise Refused("The staff list has changed since this preview.", "Bring it in again.")
        try:
            with transaction.atomic():
                _move(run, StaffRunState.PREVIEWED, StaffRunState.APPLYING)
        except IntegrityError as error:
            raise Refused(
                "Another staff list is being applied.", "Wait for it, then bring this in again."
            ) from error
        enqueue_watched(
            tasks.apply_staff_run,
            run.pk,
            title=f"Staff list {run.as_of:%d/%m/%Y}",
            owner=actor.person_id,
            key=f"staff-run-{run.pk}",
        )


def discard_staff_list(*, actor: Actor, run: StaffRun) -> None:
    """Let a preview go, and the names in it. Raises Denied; Refused for a run that is over."""
    with acting("staff_list.discard", actor=actor, subject=run, may=can_keep_list):
        _move(run, StaffRunState.PREVIEWED, StaffRunState.DISCARDED)
        run.staged.all().delete()


def undo_staff_list(*, actor: Actor, run: StaffRun) -> None:
    """Put back all that a list changed, in one transaction. Newcomers go; a record that somebody
    has claimed since stays theirs.

    Raises Denied; Refused when the list has changed since, or it is too long ago.
    """
    with acting("staff_list.undo", actor=actor, subject=run, may=can_keep_list) as act:
        settings = StaffListSettings.objects.select_for_update().get(
            organisation=run.organisation_id
        )
        _move(run, StaffRunState.APPLIED, StaffRunState.UNDONE)
        if run.applied_at and run.applied_at < timezone.now() - timedelta(days=tasks.UNDO_DAYS):
            raise Refused(f"This was more than {tasks.UNDO_DAYS} days ago.", "Bring in a new list.")
        if settings.version != run.version + 1:
            raise Refused(
                "The staff list has changed since.",
                "Undo what came later first, or bring in a list.",
            )
        Employment.everything.filter(brought_by=run).update(is_listed=False)
        others = run.staged.exclude(old={}).order_by("place")
        for some in staging.chunks(others.iterator(chunk_size=500)):
            writing.put_back(some)
        close_empty(run)
        settings.version += 1
        settings.save(update_fields=["version"])
        act.afterwards(partial(tasks.sweep_staff_run.enqueue, run.pk))


def _move(run: StaffRun, source: StaffRunState, target: StaffRunState) -> None:
    """From one state to the next, whoever else tries."""
    columns: dict[str, object] = {"state": target}
    if target == StaffRunState.UNDONE:
        columns["undone_at"] = timezone.now()
    if not StaffRun.objects.filter(pk=run.pk, state=source).update(**columns):
        run.refresh_from_db()
        raise Refused(f"This list is {StaffRunState(run.state).label.lower()} already.")
    run.refresh_from_db()
