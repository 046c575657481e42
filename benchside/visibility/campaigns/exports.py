"""What campaigns hold about somebody with an account, and how they forget: by their address."""

from typing import Any
from uuid import UUID

from benchside.accounts.models import User
from benchside.core.registries import PersonalDataExport
from benchside.visibility.models import Partner, Pledge


def _addresses(person_id: UUID) -> list[str]:
    """The verified addresses of an account, in small letters."""
    user = User.objects.filter(person_id=person_id).first()
    if user is None:
        return []
    proven = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    return sorted({address.casefold() for address in (user.email, *proven) if address})


def export(person_id: UUID) -> dict[str, Any]:
    found: dict[str, Any] = {"schools_signed_up": [], "partners_spoken_for": []}
    for address in _addresses(person_id):
        found["schools_signed_up"] += [
            {
                "school": one.school,
                "campaign": str(one.day),
                "name": one.contact_name,
                "e-mail": one.contact_email,
                "note": one.note,
            }
            for one in Pledge.objects.filter(contact_email__iexact=address).select_related(
                "day__campaign"
            )
        ]
        found["partners_spoken_for"] += list(
            Partner.objects.filter(contact_email__iexact=address).values("name", "contact_name")
        )
    return found


def erase(person_id: UUID) -> None:
    """Schools stay in; whom to write to is blanked."""
    for address in _addresses(person_id):
        Pledge.objects.filter(contact_email__iexact=address).update(
            contact_name="", contact_email="", note=""
        )
        Partner.objects.filter(contact_email__iexact=address).update(
            contact_name="", contact_email=""
        )


CONTACTS = PersonalDataExport(
    key="campaign_contacts",
    title="Schools you signed up for campaigns",
    export=export,
    erase=erase,
    order=300,
)
