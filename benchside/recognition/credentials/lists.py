"""Places on status lists: drawn at random, so that neighbours on a list have nothing in common."""

import secrets
from collections.abc import Iterable, Sequence

from django.conf import settings
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


def place_all(credentials: Sequence[Credential]) -> None:
    """The same for many at once: free places are looked for together, and the database decides.
    Whoever cannot be placed so, because somebody else was quicker or the list is nearly full, is
    placed alone."""
    held = _open_list()
    free = _draw(held, len(credentials))
    if len(free) == len(credentials):
        for one, index in zip(credentials, free, strict=True):
            one.status_list, one.index = held, index
        try:
            with transaction.atomic():
                Credential.objects.bulk_create(credentials)
        except IntegrityError:
            pass
        else:
            return
    for one in credentials:
        place(one)


def _draw(held: StatusList, count: int) -> list[int]:
    """So many different places that nobody has; fewer when the list is nearly full."""
    free: dict[int, None] = {}
    for _ in range(TRIES):
        drawn = [secrets.randbelow(held.size) for _ in range(count - len(free))]
        at = Credential.objects.filter(status_list=held, index__in=drawn)
        taken = set(at.values_list("index", flat=True))
        free |= dict.fromkeys(index for index in drawn if index not in taken)
        if len(free) == count:
            break
    return list(free)


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


def note_changes(credentials: Iterable[Credential]) -> None:
    """Their bits have changed: the lists that are given out are to be signed anew. A row stays
    locked until the change is committed, so that nobody signs a list between the two."""
    for held in sorted({one.status_list_id for one in credentials}):
        StatusList.objects.filter(pk=held).update(changes=F("changes") + 1)


def stale() -> list[int]:
    """Numbers of the lists whose signed form does not know every change, or names another address
    than where this site is now."""
    found = StatusList.objects.exclude(
        changes=F("signed_changes"), signed__contains=f"{settings.BASE_URL}/"
    )
    return list(found.order_by("number").values_list("number", flat=True))
