"""A difference carried out: prepared in pieces nobody sees, then listed in one transaction.

Newcomers are the many. They are written unlisted, a few hundred to a transaction, so that no other
writer waits long; then one transaction lists them all by a single statement and writes what has
changed of the others. Killed anywhere, the next try goes on where this one stopped, and until the
last transaction no reader sees a thing.
"""

import time
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from benchside.core.actions import SYSTEM, Refused
from benchside.core.states import move
from benchside.core.tasks import report
from benchside.organisations.enums import StaffRunState
from benchside.organisations.events import staff_changed
from benchside.organisations.models import (
    Employment,
    Post,
    StaffFile,
    StaffListSettings,
    StaffRun,
    StagedPerson,
    Unit,
)
from benchside.organisations.staff import writing
from benchside.organisations.staff.files import delete_files
from benchside.organisations.staff.managers import Managers, write_managers_of_newcomers
from benchside.organisations.staff.rows import update_rows
from benchside.organisations.staff.staging import CHUNK, PAUSE, chunks
from benchside.organisations.staff.units import Units, delete_closed
from benchside.organisations.staff_list import Kind
from benchside.organisations.staff_list.stored import person_from_json
from benchside.organisations.staff_states import STAFF_RUNS
from benchside.people.models import Technician

STALE = "The staff list has changed since this preview."


def carry_out(run_id: int) -> None:
    """Apply a run that is being applied. May be run again after having been killed."""
    run = StaffRun.objects.select_related("organisation").get(pk=run_id)
    if run.state != StaffRunState.APPLYING:
        return
    try:
        prepare(run)
        switch(run)
        report(1, 1, "The list holds now.")
    except (Refused, IntegrityError) as refusal:
        fail(run, refusal)
        report(0, 0, "It was not brought in, and nothing is changed.")


def prepare(run: StaffRun) -> None:
    """Write units, newcomers and whom they answer to where nobody sees them yet."""
    for other in _left_over(run):
        sweep(other)
    units = Units(run)
    units.make_missing()
    waiting = run.staged.filter(kind=Kind.JOINED, employment__isnull=True)
    total = waiting.count()
    done = 0
    report(done, total, "Writing newcomers")
    while some := list(waiting.order_by("place")[:CHUNK]):
        with transaction.atomic():
            _bring(run, some, units)
        done += len(some)
        report(done, total, "Writing newcomers")
        time.sleep(PAUSE)
    write_managers_of_newcomers(run, Managers(run))


def _left_over(run: StaffRun) -> list[int]:
    """Other runs of the organisation whose unlisted rows are still to be swept."""
    unlisted = Employment.everything.filter(organisation=run.organisation_id, is_listed=False)
    return [
        pk
        for pk in unlisted.exclude(brought_by=run).values_list("brought_by", flat=True).distinct()
        if pk is not None
    ]


def _bring(run: StaffRun, some: list[StagedPerson], units: Units) -> None:
    """People of one piece: those who were here before come back, the others are made."""
    people = {one.pk: person_from_json(one.after or {}) for one in some}
    known = writing.employments_by_key(run.organisation_id, [one.key for one in people.values()])
    fresh = [one for one in some if people[one.pk].key not in known]
    technicians = Technician.objects.bulk_create(
        [writing.technician(people[one.pk]) for one in fresh]
    )
    employments = Employment.everything.bulk_create(
        [
            writing.employment(run, people[one.pk], technician)
            for one, technician in zip(fresh, technicians, strict=True)
        ]
    )
    posts: list[Post] = []
    for one, employment in zip(fresh, employments, strict=True):
        posts += writing.posts(employment, people[one.pk], units)
        one.employment = employment
    Post.everything.bulk_create(posts)
    for one in some:
        if (back := known.get(people[one.pk].key)) is not None:
            one.employment_id = back
    update_rows(some, ["employment"])


def switch(run: StaffRun) -> None:
    """The one transaction that readers notice. Raises Refused when the preview is stale.

    Which people are no newcomers is looked up before it: a run that is being applied no longer
    changes, and on SQLite everybody else waits from the first line of the transaction on.
    """
    others = list(
        run.staged.exclude(employment__brought_by=run)
        .order_by("place")
        .values_list("pk", flat=True)
    )
    with transaction.atomic():
        settings = StaffListSettings.objects.select_for_update().get(organisation=run.organisation)
        if settings.version != run.version:
            raise Refused(STALE, "Bring the file in again.")
        units, managers = Units(run), Managers(run)
        Unit.objects.filter(pk__in=run.new_units).update(closed_on=None)
        Employment.everything.filter(brought_by=run, is_listed=False).update(is_listed=True)
        for keys in chunks(others):
            some = list(run.staged.filter(pk__in=keys).order_by("place"))
            writing.rewrite(run, some, units, managers)
        staff_changed(settings)
        detail = {"counts": run.counts}
        move(table=STAFF_RUNS, subject=run, verb="list", actor=SYSTEM, detail=detail)
        delete_files(StaffFile.objects.filter(run=run))


def fail(run: StaffRun, refusal: Exception) -> None:
    """Leave nothing of it behind, and say why."""
    why = "Something in Benchside stands against it: bring the file in again."
    if isinstance(refusal, Refused):
        why = str(refusal)
    run.refresh_from_db()
    move(
        table=STAFF_RUNS,
        subject=run,
        verb="fail",
        actor=SYSTEM,
        columns={"failure": why[:300]},
    )
    sweep(run.pk)


def sweep(run_id: int) -> None:
    """Delete what a run wrote and nobody sees, in pieces. May be run again."""
    unlisted = Employment.everything.filter(brought_by_id=run_id, is_listed=False)
    while some := list(unlisted.values_list("pk", "technician_id")[:CHUNK]):
        with transaction.atomic():
            Post.everything.filter(employment__in=[pk for pk, _ in some]).delete()
            Employment.everything.filter(pk__in=[pk for pk, _ in some]).delete()
            _forget(technician for _, technician in some)
        time.sleep(PAUSE)
    delete_closed(StaffRun.objects.get(pk=run_id))


def _forget(technicians: Iterable[int]) -> None:
    """Those nobody has claimed and no other organisation knows."""
    alone = Technician.objects.unclaimed().filter(pk__in=list(technicians))
    alone.exclude(pk__in=Employment.everything.values("technician")).delete()
