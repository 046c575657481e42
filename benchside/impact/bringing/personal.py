"""What files of plans leave of a person, and how it is forgotten."""

from typing import Any
from uuid import UUID

from benchside.accounts.models import User
from benchside.core.registries import PersonalDataExport
from benchside.impact.models import PlanReading


def _ids(person_id: UUID) -> set[str]:
    return {str(pk) for pk in User.objects.filter(person_id=person_id).values_list("pk", flat=True)}


def export(person_id: UUID) -> dict[str, Any]:
    """Under which names files of their organisations mean them."""
    ids = _ids(person_id)
    readings = PlanReading.objects.exclude(owners={}).select_related("organisation")
    found = [
        {"organisation": one.organisation.name, "called": name}
        for one in readings
        for name, owner in one.owners.items()
        if owner in ids
    ]
    return {"names in files of action plans": found}


def erase(person_id: UUID) -> None:
    """A name no longer leads to anybody."""
    ids = _ids(person_id)
    for one in PlanReading.objects.exclude(owners={}).select_for_update():
        kept = {name: owner for name, owner in one.owners.items() if owner not in ids}
        if kept != one.owners:
            one.owners = kept
            one.save(update_fields=["owners"])


NAMES = PersonalDataExport(
    key="impact.plan_files", title="Names in files of plans", export=export, erase=erase, order=361
)
