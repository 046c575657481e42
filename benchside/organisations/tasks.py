"""Work of this room outside the request."""

from datetime import timedelta

from django.utils import timezone

from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.organisations.enums import StaffRunState
from benchside.organisations.models import Organisation, StaffRun, StagedPerson
from benchside.organisations.staff import applying, counting

UNDO_DAYS = 30


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
    if counting.is_census(today):
        for organisation in Organisation.objects.open().filter(staff_list_settings__isnull=False):
            counting.take_snapshot(organisation, today)


@daily(at="03:40")
@task(attempts=3)
def forget_old_staff_runs() -> None:
    """Differences that can no longer be applied or undone: they hold names."""
    old = timezone.now() - timedelta(days=UNDO_DAYS)
    runs = StaffRun.objects.filter(created_at__lt=old).exclude(state=StaffRunState.APPLYING)
    for run in runs:
        if run.applied_at is None or run.applied_at < old:
            StagedPerson.objects.filter(run=run).delete()
            StaffRun.objects.filter(pk=run.pk).update(problems=[])
