"""Where the files of a log lie, and how long: while the log or a share in use names them."""

import json
from collections.abc import Collection
from pathlib import PurePosixPath

from django.db.models import Q

from benchside.core import vault
from benchside.core.models import ImportedValue
from benchside.people.models import CpdEvidence, CpdShare, Technician

FOLDER = "cpd"
IMPORTERS = ("cpd-table", "cpd-calendar")


def folder_of(technician: Technician) -> str:
    return f"{FOLDER}/{technician.person_id.hex}"


def files_in(content: str) -> set[str]:
    """The digests of the files that a frozen share names."""
    activities = json.loads(content)["activities"] if content else []
    return {shown["file"] for one in activities for shown in one["evidence"] if shown["file"]}


def drop_unless_held(technician_id: int, name: str, digest: str) -> None:
    """Delete bytes that neither the log nor a share that is in use names any more."""
    theirs = Q(activity__technician=technician_id)
    if CpdEvidence.objects.filter(theirs, file_digest=digest).exists():
        return
    shares = CpdShare.objects.filter(technician=technician_id).exclude(content="")
    if not any(digest in files_in(one) for one in shares.values_list("content", flat=True)):
        vault.drop(name)


def drop_all(technician: Technician) -> None:
    for name in vault.names_below(folder_of(technician)):
        vault.drop(name)


def sweep(technician: Technician) -> None:
    """Delete every file of a log that nothing names any more."""
    for name in vault.names_below(folder_of(technician)):
        drop_unless_held(technician.pk, name, PurePosixPath(name).stem)


def forget_brought(technician_id: int, keys: Collection[str]) -> None:
    """What files said of activities that are gone: nothing of them is to be kept."""
    brought = ImportedValue.objects.filter(importer__in=IMPORTERS, scope=str(technician_id))
    brought.filter(key__in=keys).delete()
