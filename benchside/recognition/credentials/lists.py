"""Places on status lists: drawn at random, so that neighbours on a list have nothing in common."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from benchside.recognition.models import Credential, StatusList

# So many draws in a row that hit a taken place say that a list is nearly full.
TRIES = 8


def place(credential: Credential) -> Credential:
    """Save a new credential on a free place of the open list, or of a new one.

    The database holds that no place is used twice, so nothing is locked while drawing.
    """
    while True:
        held = _open_list()
        for _ in range(TRIES):
            credential.status_list, credential.index = held, secrets.randbelow(held.size)
            try:
                with transaction.atomic():
                    credential.save(force_insert=True)
            except IntegrityError:
                if not _is_taken(credential):
                    raise
            else:
                return credential
        StatusList.objects.filter(pk=held.pk).update(is_open=False)


def _is_taken(credential: Credential) -> bool:
    at = Credential.objects.filter(status_list=credential.status_list, index=credential.index)
    return at.exists()


def _open_list() -> StatusList:
    found = StatusList.objects.filter(is_open=True).order_by("number").first()
    if found is not None:
        return found
    last = StatusList.objects.aggregate(last=Max("number"))["last"] or 0
    made, _ = StatusList.objects.get_or_create(number=last + 1)
    return made


def note_change(credential: Credential) -> None:
    """Its bit has changed: the list that is given out is to be signed anew. The row stays locked
    until the change is committed, so that nobody signs a list between the two."""
    StatusList.objects.filter(pk=credential.status_list_id).update(changes=F("changes") + 1)


def stale() -> list[int]:
    """Numbers of the lists whose signed form does not know every change."""
    unknown = StatusList.objects.exclude(changes=F("signed_changes"))
    unsigned = StatusList.objects.filter(signed="")
    return sorted({*unknown.values_list("number", flat=True),
                   *unsigned.values_list("number", flat=True)})  # fmt: skip
