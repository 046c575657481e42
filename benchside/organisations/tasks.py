"""Work of this room outside the request."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core import imports
from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.core.models import ImportRun, TaskProgress
from benchside.core.schedule import daily, every
from benchside.core.states import move
from benchside.core.tasks import GiveUp, each, report, task
from benchside.organisations import staff_queries
from benchside.organisations.actions import figures
from benchside.organisations.enums import UNDO_DAYS, RequestState, StaffRunState
from benchside.organisations.models import CountMeIn, Organisation, StaffFile, StaffRun
from benchside.organisations.staff import applying, comparing, counting, merging, releasing
from benchside.organisations.staff.files import delete_files
from benchside.organisations.staff_states import STAFF_RUNS
from benchside.people.actions import offer_record

PREVIEW_DAYS = 7
JOB_DAYS = 365
# What may be done with a file of known places: how it is called while it lasts, and what does it.
VERBS = {"apply": "Bringing in", "undo": "Taking back", "discard": "Leaving out"}
_DO = {"apply": imports.apply, "undo": imports.undo, "discard": imports.discard}


@task()
def decide_on_places(run_id: int, verb: str, user_id: int) -> None:
    """Apply, undo or discard an import of known places. Run twice, the second finds it done."""
    run = ImportRun.objects.get(pk=run_id)
    report(0, 0, f"{sum(run.count(kind) for kind in ('added', 'changed', 'removed')):,} changes")
    try:
        _DO[verb](actor=Actor.of(User.objects.get(pk=user_id)), run=run)
    except Refused as refused:
        raise GiveUp(str(refused)) from refused


@task(attempts=3, wait=5)
def preview_staff_file(file_id: int, user_id: int) -> None:
    """Compare a file with the list; what is wrong is kept beside the file, for its page to say."""
    comparing.compare(file_id, Actor.of(User.objects.get(pk=user_id)))


@task(attempts=3, wait=30)
def invite_technicians(organisation_id: int, user_id: int) -> None:
    """Write to everybody who was not asked yet. Run again, it goes on with those left."""
    organisation = Organisation.objects.get(pk=organisation_id)
    sender = User.objects.get(pk=user_id)
    waiting = list(staff_queries.to_invite(organisation).select_related("technician"))
    for employment in each(waiting, "Writing letters"):
        try:
            offer_record(
                actor=SYSTEM,
                sender=sender,
                technician=employment.technician,
                known_at=organisation.name,
            )
        except Refused:
            continue  # claimed or asked a moment ago


@task(attempts=5, wait=10)
def apply_staff_run(run_id: int) -> None:
    """Carry out a staff list that is being applied; goes on where a killed one stopped."""
    applying.carry_out(run_id)


@task(attempts=5, wait=10)
def sweep_staff_run(run_id: int) -> None:
    """Delete what a run that failed or was undone had written and nobody sees."""
    applying.sweep(run_id)


@daily(at="02:50")
@task(attempts=3)
def take_census() -> None:
    """On census dates, count every organisation that keeps a list."""
    today = timezone.localdate()
    if releasing.is_census(today):
        for organisation in Organisation.objects.open().filter(staff_list_settings__isnull=False):
            counting.take_snapshot(organisation, today)


@daily(at="03:20")
@task(attempts=3)
def forget_leavers() -> None:
    """HR facts of people who left, once a census counted them and nothing can be undone."""
    for organisation in Organisation.objects.filter(staff_list_settings__isnull=False):
        figures.forget_leavers(organisation=organisation)


@every(minutes=10)
@task(attempts=1)
def give_up_stuck_runs() -> None:
    """Runs whose task failed for good: they would keep every other list out."""
    for run in StaffRun.objects.filter(state=StaffRunState.APPLYING):
        watched = TaskProgress.objects.select_related("result").filter(key=f"staff-run-{run.pk}")
        if any(one.state == "failed" for one in watched):
            applying.fail(run, Refused("It failed five times.", "Bring the file in again."))


@daily(at="03:25")
@task(attempts=3)
def forget_what_applicants_do() -> None:
    """A year after the decision nobody needs to judge any more whether they may speak for it."""
    old = timezone.now() - timedelta(days=JOB_DAYS)
    Organisation.objects.filter(decided_at__lt=old).exclude(job="").update(job="")


@daily(at="03:30")
@task(attempts=3)
def forget_staff_files() -> None:
    """Files nobody has brought in within a week: they hold everybody."""
    old = timezone.now() - timedelta(days=PREVIEW_DAYS)
    with transaction.atomic():
        delete_files(StaffFile.objects.filter(created_at__lt=old))


@daily(at="03:50")
@task(attempts=3)
def forget_old_mergers() -> None:
    """What an undo would need, once it is too late for one: names in rows nobody sees."""
    merging.forget(timezone.now() - timedelta(days=UNDO_DAYS))


@daily(at="03:55")
@task(attempts=3)
def forget_old_requests() -> None:
    """Requests to be counted, a year after they were answered or taken back."""
    CountMeIn.objects.exclude(state=RequestState.WAITING).filter(
        asked_at__lt=timezone.now() - timedelta(days=365)
    ).exclude(answered_at__gte=timezone.now() - timedelta(days=365)).delete()


@daily(at="03:40")
@task(attempts=3)
def forget_old_staff_runs() -> None:
    """Differences that can no longer be applied or undone: they hold names."""
    old = timezone.now() - timedelta(days=UNDO_DAYS)
    waiting = StaffRun.objects.filter(
        state__in=[StaffRunState.STAGING, StaffRunState.PREVIEWED],
        created_at__lt=timezone.now() - timedelta(days=PREVIEW_DAYS),
    )
    for run in waiting:
        with transaction.atomic():
            move(table=STAFF_RUNS, subject=run, verb="forget", actor=SYSTEM)
            run.staged.all().delete()
    over = StaffRun.objects.filter(created_at__lt=old).exclude(state=StaffRunState.APPLYING)
    for run in over.filter(Q(applied_at__isnull=True) | Q(applied_at__lt=old)):
        run.staged.all().delete()
        StaffRun.objects.filter(pk=run.pk).update(problems=[])
