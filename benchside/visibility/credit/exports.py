"""What credit holds about a person, and how it forgets: for the registry of all rooms."""

from typing import Any
from uuid import UUID

from benchside.accounts.models import User
from benchside.core.registries import PersonalDataExport
from benchside.people.models import Technician
from benchside.visibility.credit import queries
from benchside.visibility.credit.actions import forget
from benchside.visibility.models import Contribution, CreditLetter, Output


def export(person_id: UUID) -> dict[str, Any]:
    technician = Technician.objects.filter(account__person_id=person_id).first()
    stated = [_told(one) for one in queries.of(technician)] if technician else []
    asked = [
        {"about": letter.contribution.output.title, "sent": letter.sent_at.isoformat()}
        for letter in _letters_to(person_id).select_related("contribution__output")
    ]
    return {"contributions": stated, "asked_as_lead_author": asked} if stated or asked else {}


def _told(one: Contribution) -> dict[str, Any]:
    letter = getattr(one, "letter", None)
    return {
        "title": one.output.title,
        "doi": one.output.doi,
        "credit_roles": [role.name for role in one.credit_roles],
        "named_as": str(one.get_stands_as_display()),
        "note": one.note,
        "kit": [term.name for term in one.kit.all()],
        "equipment": [item.name for item in one.equipment.all()],
        "state": str(one.get_state_display()),
        "stated": one.stated_at.isoformat(),
        "confirmed_by": one.confirmed_by,
        "confirmed": one.confirmed_at.isoformat() if one.confirmed_at else None,
        "why_disputed": one.reason,
        "asked": {"name": letter.author_name, "email": letter.author_email} if letter else None,
    }


def erase(person_id: UUID) -> None:
    """Delete what the person has stated, outputs that are then nobody's, and open questions to
    an address of theirs. Outputs that others share stay, with nobody's name beside them."""
    forget(Contribution.objects.filter(technician__account__person_id=person_id))
    Output.objects.filter(added_by=person_id).update(added_by=None)
    for letter in _letters_to(person_id):
        letter.expires_at = letter.sent_at  # the next night's task deletes it and says no answer
        letter.author_name, letter.author_email = "Erased person", f"{person_id}@erased.invalid"
        letter.save()


def _letters_to(person_id: UUID) -> Any:
    addresses = User.objects.filter(person_id=person_id).values_list("email", flat=True)
    return CreditLetter.objects.filter(author_email__iexact=next(iter(addresses), ""))


CREDIT = PersonalDataExport(
    key="credit", title="Your part in outputs", export=export, erase=erase, order=300
)
