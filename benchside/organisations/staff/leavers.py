"""People who have left: what a list knew of them goes, counts of the whole stay."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from benchside.organisations.enums import UNDO_DAYS
from benchside.organisations.events import staff_changed
from benchside.organisations.models import Employment, Organisation, StaffListSettings
from benchside.people.models import Technician


def to_forget(organisation: Organisation) -> list[int]:
    """Employments that are over, counted as gone, and touched by no list that can be undone."""
    newest = organisation.staff_snapshots.order_by("-day").first()
    if newest is None:
        return []
    over = Employment.objects.filter(
        organisation=organisation,
        left_on__lt=timezone.localdate() - timedelta(days=UNDO_DAYS),
        staged__isnull=True,
    )
    counted = Q(counted_on__lt=newest.day) | Q(counted_on__isnull=True, left_on__lte=newest.day)
    return list(over.filter(counted).values_list("pk", flat=True))


def forget(organisation: Organisation, gone: list[int]) -> int:
    """Inside the caller's transaction. Names of people nobody else knows are blanked."""
    settings = StaffListSettings.objects.select_for_update().get(organisation=organisation)
    still = Employment.objects.filter(pk__in=gone, left_on__isnull=False)
    found = list(still.values_list("pk", "technician_id"))
    Employment.everything.filter(pk__in=[pk for pk, _ in found]).delete()
    unclaimed = Technician.objects.unclaimed().filter(pk__in=[of for _, of in found])
    unclaimed.exclude(pk__in=Employment.everything.values("technician")).update(
        name="", work_email="", erased_at=timezone.now()
    )
    staff_changed(settings)
    return len(found)
