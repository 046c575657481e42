"""What this room holds about a person, and how it forgets: for the registry of all rooms."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from benchside.core.registries import PersonalDataExport
from benchside.people.models import Technician


def export(person_id: UUID) -> dict[str, Any]:
    found = Technician.objects.filter(account__person_id=person_id).first()
    if found is None:
        return {}
    return {
        "name": found.name,
        "work_email": found.work_email,
        "known_since": found.created_at.isoformat(),
        "claimed": found.claimed_at.isoformat() if found.claimed_at else None,
    }


def erase(person_id: UUID) -> None:
    """Blank the record and let go of the account; posts lose the name and stay counted."""
    Technician.objects.filter(account__person_id=person_id).update(
        name="", work_email="", account=None, claimed_at=None, erased_at=timezone.now()
    )


TECHNICIAN = PersonalDataExport(
    key="technician", title="You as a technician", export=export, erase=erase, order=500
)
