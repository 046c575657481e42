"""A file compared with the list, and the difference written down for a person to judge."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.core.states import move
from benchside.core.tasks import GiveUp, report
from benchside.organisations.enums import StaffRunState
from benchside.organisations.models import Organisation, StaffFile, StaffRun
from benchside.organisations.staff import columns, staging
from benchside.organisations.staff.indexes import role_index, soc_index
from benchside.organisations.staff_list import TitleIndex, Unreadable, open_book
from benchside.organisations.staff_rules import can_keep_list
from benchside.organisations.staff_states import STAFF_RUNS


def compare(file_id: int, actor: Actor) -> None:
    """Make the difference of a file that has none. May be run again after having been killed.

    What is wrong with the file is kept beside it. Raises GiveUp for whoever may not.
    """
    file = StaffFile.objects.select_related("organisation").filter(pk=file_id).first()
    if file is None or file.run_id is not None:
        return
    if not can_keep_list(actor, file):
        raise GiveUp("Whoever asked may not keep this list any more.")
    report(0, 0, "Reading the file")
    _forget_killed(file)
    try:
        make_difference(
            actor=actor,
            organisation=file.organisation,
            data=columns.data_of(file),
            filename=file.filename,
            as_of=file.as_of,
            answers=columns.answers_of(file),
            soc=soc_index(),
            roles=role_index(),
            file=file,
        )
    except Refused as refusal:
        StaffFile.objects.filter(pk=file.pk).update(problem=str(refusal)[:400])
        report(0, 0, "It cannot be compared yet.")
    else:
        report(1, 1, "Compared. Nothing is changed yet.")


def _forget_killed(file: StaffFile) -> None:
    """What an earlier try wrote before it was killed."""
    earlier = StaffRun.objects.filter(
        organisation=file.organisation_id,
        state=StaffRunState.STAGING,
        filename=file.filename,
        by=file.by,
        created_at__gte=file.created_at,
    )
    for run in earlier:
        with transaction.atomic():
            move(table=STAFF_RUNS, subject=run, verb="forget", actor=SYSTEM)
            run.staged.all().delete()


def make_difference(
    *,
    actor: Actor,
    organisation: Organisation,
    data: bytes,
    filename: str,
    as_of: date,
    answers: Mapping[str, staging.Answer],
    soc: TitleIndex,
    roles: TitleIndex,
    file: StaffFile | None = None,
) -> StaffRun:
    """Read, compare, write down. Raises Refused for a file that cannot be read.

    Written in pieces of a transaction each, under a run that counts for nothing until the last.
    """
    try:
        book = open_book(data)
        layouts = staging.layouts_of(organisation, book, answers)
        run = staging.new_run(organisation, data, filename, as_of, actor.person_id)
        reading = staging.understand(organisation, book, layouts, as_of, soc, roles)
    except Unreadable as refusal:
        raise Refused(refusal.message, refusal.remedy) from refusal
    staging.describe(run, reading)
    run.save()
    staging.stage(run, reading.difference.changes, reading.employments)
    with transaction.atomic():
        staging.remember_columns(organisation, layouts)
        if file is not None:
            StaffFile.objects.filter(pk=file.pk).update(run=run)
        detail = {"counts": run.counts}
        move(table=STAFF_RUNS, subject=run, verb="preview", actor=actor, detail=detail)
    return run
