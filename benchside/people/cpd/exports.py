"""What a log hands its person, and how it forgets: for the registry of all rooms."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from benchside.core.models import ImportedValue, ImportRun
from benchside.core.registries import PersonalDataExport
from benchside.people.cpd import keeping, queries
from benchside.people.cpd.keeping import IMPORTERS
from benchside.people.models import CpdLog, CpdShare, Technician


def export(person_id: UUID) -> dict[str, Any]:
    found = Technician.objects.filter(account__person_id=person_id).first()
    if found is None:
        return {}
    kept = CpdLog.objects.filter(technician=found).first()
    return {
        "reminders": kept.reminds if kept else True,
        "last_reminder": kept.nudged_at.isoformat() if kept and kept.nudged_at else None,
        "activities": queries.values_of(queries.log(found).prefetch_related("evidence")),
        "breaks": queries.values_of_breaks(found.cpd_breaks.all()),
        "shared": [
            {
                "from": one.begins.isoformat(),
                "to": one.ends.isoformat(),
                "with": one.with_whom,
                "until": one.until.isoformat(),
                "used": one.used_at.isoformat() if one.used_at else None,
                "taken_back": one.revoked_at.isoformat() if one.revoked_at else None,
                "digest": one.digest,
            }
            for one in CpdShare.objects.filter(technician=found)
        ],
    }


def erase(person_id: UUID) -> None:
    """Delete the log with its files, what was brought into it, its breaks and what was shared."""
    found = Technician.objects.filter(account__person_id=person_id).first()
    if found is None:
        return
    transaction.on_commit(partial(keeping.drop_all, found))
    for kind in (found.cpd_activities, found.cpd_breaks, found.cpd_shares):
        kind.all().delete()
    CpdLog.objects.filter(technician=found).delete()
    for brought in (ImportRun, ImportedValue):
        brought._default_manager.filter(importer__in=IMPORTERS, scope=str(found.pk)).delete()


CPD = PersonalDataExport(
    key="cpd", title="Your CPD log", export=export, erase=erase, order=-10
)  # before the record lets go of the account
