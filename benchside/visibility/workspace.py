"""What this room puts into an organisation's workspace."""

from functools import partial

from django.urls import reverse
from django.utils import timezone

from benchside.core.registries import AreaReport, Standing, WorkspaceTab
from benchside.core.sitting import Sitting
from benchside.organisations.models import Organisation
from benchside.visibility.circles import EVERYONE, Circle, employments, people


def _address(name: str, slug: str) -> str:
    return reverse(f"visibility:{name}", args=[slug])


TABS = [
    WorkspaceTab(
        key="visibility.technicians",
        area="visibility",
        title="Technicians",
        url=partial(_address, "inside"),
        order=10,
    ),
    WorkspaceTab(
        key="visibility.directory",
        area="visibility",
        title="Your technicians on your own site",
        url=partial(_address, "share"),
        order=20,
    ),
]


def standing(sitting: Sitting) -> Standing | None:
    """How many of the technicians the staff list knows anybody can see."""
    here = employments(Circle(Organisation(pk=sitting.organisation_id)))
    known = here.count()
    if not known:
        return None
    claimed = here.filter(technician__account__isnull=False).count()
    shown = people(EVERYONE).filter(pk__in=here.values("technician")).count()
    return Standing(
        done=shown,
        total=known,
        words=f"{shown:,} of {known:,} public, {claimed:,} have claimed their record",
        as_of=timezone.localdate(),
    )


REPORT = AreaReport(key="visibility.technicians", area="visibility", standing=standing)
