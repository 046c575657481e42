"""A file on its way to a difference: taken in, told which column is which, compared, let go."""

from datetime import date
from pathlib import PureWindowsPath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.models import TaskProgress
from benchside.core.tasks import enqueue_watched
from benchside.organisations import tasks
from benchside.organisations.actions.staff_lists import discard_staff_list
from benchside.organisations.enums import StaffRunState
from benchside.organisations.models import Organisation, StaffFile
from benchside.organisations.staff.columns import Answers
from benchside.organisations.staff.files import delete_files
from benchside.organisations.staff_list import Unreadable, open_book
from benchside.organisations.staff_rules import can_keep_list

EARLIEST = date(2000, 1, 1)


def take_in_staff_file(
    *, actor: Actor, organisation: Organisation, data: bytes, filename: str, as_of: date
) -> StaffFile:
    """Keep a file while its columns are sorted out. Raises Denied; Refused for a day that cannot be
    meant and for a file that cannot be read."""
    if not can_keep_list(actor, organisation):
        raise Denied("staff_list.take_in")
    if not EARLIEST <= as_of <= timezone.localdate():
        raise Refused(
            "A staff list is of a day that has been.", "Give the day the list was made, or today."
        )
    try:
        open_book(data)
    except Unreadable as refusal:
        raise Refused(refusal.message, refusal.remedy) from refusal
    with acting("staff_list.take_in", actor=actor, subject=organisation, may=can_keep_list) as act:
        assert actor.person_id is not None
        file = StaffFile(
            organisation=organisation,
            filename=PureWindowsPath(filename).name[:200],
            as_of=as_of,
            by=actor.person_id,
        )
        file.file.save("", ContentFile(data), save=False)
        file.save()
        act.note(file=file.pk)
    return file


def answer_columns(*, actor: Actor, file: StaffFile, answers: Answers) -> None:
    """Keep what was said of the columns, right or not: nothing chosen is lost. Raises Denied."""
    if not can_keep_list(actor, file):
        raise Denied("staff_list.answer_columns")
    StaffFile.objects.filter(pk=file.pk).update(answers=answers, problem="")
    file.answers, file.problem = answers, ""


def compare_staff_file(*, actor: Actor, file: StaffFile, then: str) -> TaskProgress:
    """Begin to compare a file with the list, as a task to be watched; one at a time for a file.

    A difference made of it before is discarded. Raises Denied; Refused once it was applied.
    """
    if not can_keep_list(actor, file) or actor.account is None:
        raise Denied("staff_list.compare")
    with transaction.atomic():
        held = StaffFile.objects.select_for_update(of=["self"]).select_related("run", "watched")
        locked = held.get(pk=file.pk)
        if locked.watched is not None and not locked.watched.is_over:
            return locked.watched
        if locked.run is not None:
            _let_go_of_difference(actor, locked)
        locked.problem = ""
        locked.watched = enqueue_watched(
            tasks.preview_staff_file,
            locked.pk,
            actor.account.pk,
            title=f"Comparing {locked.filename}"[:120],
            owner=actor.person_id,
            then=then,
        )
        locked.save(update_fields=["problem", "watched", "run"])
        return locked.watched


def _let_go_of_difference(actor: Actor, file: StaffFile) -> None:
    run, file.run = file.run, None
    StaffFile.objects.filter(pk=file.pk).update(run=None)
    if run is not None and run.state == StaffRunState.PREVIEWED:
        discard_staff_list(actor=actor, run=run)
    elif run is not None and run.state not in {StaffRunState.DISCARDED, StaffRunState.FAILED}:
        raise Refused("This file was brought in already.", "Bring in a newer one.")


def leave_staff_file(*, actor: Actor, file: StaffFile) -> None:
    """Delete a file that led to nothing. Raises Denied."""
    with acting(
        "staff_list.leave", actor=actor, subject=file.organisation, may=can_keep_list
    ) as act:
        act.note(file=file.pk)
        delete_files([file])
