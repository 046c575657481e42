"""Bring a staff list in: previewed, then applied or discarded, then perhaps undone."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import TaskProgress
from benchside.core.states import move
from benchside.core.tasks import enqueue_watched
from benchside.organisations import tasks
from benchside.organisations.enums import UNDO_DAYS
from benchside.organisations.events import staff_changed
from benchside.organisations.models import (
    Employment,
    Organisation,
    StaffFile,
    StaffListSettings,
    StaffRun,
)
from benchside.organisations.staff import applying, comparing, staging, writing
from benchside.organisations.staff.files import delete_files
from benchside.organisations.staff.units import close_empty
from benchside.organisations.staff_list import TitleIndex, Unreadable, open_book
from benchside.organisations.staff_rules import can_keep_list
from benchside.organisations.staff_states import STAFF_RUNS


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
    return comparing.make_difference(
        actor=actor,
        organisation=organisation,
        data=data,
        filename=filename,
        as_of=as_of,
        answers=answers or {},
        soc=soc,
        roles=roles,
    )


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


def apply_staff_list(*, actor: Actor, run: StaffRun, then: str = "") -> TaskProgress:
    """Begin to carry a difference out, as a task to be watched; `then` is where it leads.

    Raises Denied; Refused when it is over, stale, or another list is being applied.
    """
    try:
        with transaction.atomic():
            move(table=STAFF_RUNS, subject=run, verb="apply", actor=actor)
            settings = StaffListSettings.objects.get(organisation=run.organisation_id)
            if settings.version != run.version:
                raise Refused(applying.STALE, "Bring the file in again.")
            return enqueue_watched(
                tasks.apply_staff_run,
                run.pk,
                title=f"Bringing in the staff list of {run.as_of:%d/%m/%Y}",
                owner=actor.person_id,
                key=f"staff-run-{run.pk}",
                then=then,
            )
    except (IntegrityError, Refused) as error:
        run.refresh_from_db()
        if isinstance(error, Refused):
            raise
        raise Refused(
            "Another staff list is being applied.", "Wait for it, then bring this in again."
        ) from error


def discard_staff_list(*, actor: Actor, run: StaffRun) -> None:
    """Let a preview go, its names and its file. Raises Denied; Refused when the run is over."""
    with transaction.atomic():
        move(table=STAFF_RUNS, subject=run, verb="discard", actor=actor)
        run.staged.all().delete()
        delete_files(StaffFile.objects.filter(run=run))


def undo_staff_list(*, actor: Actor, run: StaffRun) -> None:
    """Put back all that a list changed, in one transaction. Newcomers go; a record that somebody
    has claimed since stays theirs.

    Raises Denied; Refused when the list has changed since, or it is too long ago.
    """
    try:
        with transaction.atomic():
            settings = StaffListSettings.objects.select_for_update().get(
                organisation=run.organisation_id
            )
            move(table=STAFF_RUNS, subject=run, verb="undo", actor=actor)
            _refuse_undoing(run, settings)
            _put_back(run)
            staff_changed(settings)
            tasks.sweep_staff_run.enqueue(run.pk)
    except Refused:
        run.refresh_from_db()
        raise


def _refuse_undoing(run: StaffRun, settings: StaffListSettings) -> None:
    if run.applied_at and run.applied_at < timezone.now() - timedelta(days=UNDO_DAYS):
        raise Refused(f"This was more than {UNDO_DAYS} days ago.", "Bring in a new list.")
    if settings.version != run.version + 1:
        raise Refused(
            "The staff list has changed since.", "Undo what came later first, or bring in a list."
        )


def _put_back(run: StaffRun) -> None:
    Employment.everything.filter(brought_by=run).update(is_listed=False)
    others = run.staged.exclude(old={}).order_by("place")
    for some in staging.chunks(others.iterator(chunk_size=staging.CHUNK)):
        writing.put_back(some)
    close_empty(run)
