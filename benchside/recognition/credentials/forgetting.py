"""What credentials hold about a person, and how they are forgotten."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from benchside.recognition.credentials.actions.holding import revoke
from benchside.recognition.enums import CredentialState, WhyRevoked, WordState
from benchside.recognition.models import Credential, CredentialClaim, Endorsement


def export(person_id: UUID) -> dict[str, Any]:
    found = Credential.objects.filter(award__technician__account__person_id=person_id)
    rows = [
        {
            "number": one.award.number,
            "name": one.name,
            "state": one.get_state_display(),
            "issued": one.issued_at.isoformat() if one.issued_at else None,
            "revoked": one.revoked_at.isoformat() if one.revoked_at else None,
            "credential": one.document,
            "said_of_it": [
                {"by": said.organisation.name, "words": said.words}
                for said in one.endorsements.all()
            ],
        }
        for one in found.select_related("award").prefetch_related("endorsements__organisation")
    ]
    return {"credentials": rows} if rows else {}


def erase(person_id: UUID) -> None:
    """Revoke what is in use and blank what every one of them says. Its place on the list stays
    taken and its bit set, so that a file somebody kept counts no more."""
    mine = Credential.objects.filter(award__technician__account__person_id=person_id)
    in_use = (CredentialState.WAITING, CredentialState.LIVE)
    for one in mine.filter(state__in=in_use):
        revoke(credential=one, reason=WhyRevoked.ERASED)
    mine.update(name="", document="")
    _forget_words(mine)
    CredentialClaim.objects.filter(award__technician__account__person_id=person_id).delete()


def _forget_words(mine: QuerySet[Credential]) -> None:
    """What organisations said of them is said no more, and not kept."""
    Endorsement.objects.filter(credential__in=mine).update(
        state=WordState.TAKEN_BACK,
        taken_back_at=timezone.now(),
        words="",
        document="",
        reason="",
    )
