"""What charters hold of a person: where they are the named lead or the contact."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from benchside.accounts.models import User
from benchside.core.registries import PersonalDataExport
from benchside.impact.models import Signatory


def _of(person_id: UUID) -> tuple[User | None, QuerySet[Signatory]]:
    account = User.objects.filter(person_id=person_id).first()
    if account is None:
        return None, Signatory.objects.none()
    named = Q(lead=account)
    if account.email:
        named |= Q(contact_email__iexact=account.email)
    return account, Signatory.objects.filter(named)


def export(person_id: UUID) -> dict[str, Any]:
    account, found = _of(person_id)
    return {
        "charters": [
            {
                "charter": one.charter.name,
                "organisation": one.organisation.name,
                "is_named_lead": account is not None and one.lead_id == account.pk,
                "contact_name": one.contact_name,
                "contact_email": one.contact_email,
            }
            for one in found.select_related("charter", "organisation")
        ]
    }


def erase(person_id: UUID) -> None:
    """Their name goes from the public page; the organisation is asked to name somebody else."""
    account, found = _of(person_id)
    if account is None:
        return
    theirs = Q(lead=account, contact_name=account.name) | Q(contact_email__iexact=account.email)
    if account.email:
        found.filter(theirs).update(contact_name="", contact_email="")
    Signatory.objects.filter(lead=account).update(lead=None)


CHARTERS = PersonalDataExport(
    key="impact.charters", title="Charters", export=export, erase=erase, order=340
)
