"""The link of a lead's own calendar: signed, kept nowhere, dead once the person has no role there.

It opens the days of one organisation under one charter, and nothing else.
"""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from benchside.accounts.models import User
from benchside.impact.enums import SignatoryState
from benchside.impact.models import Signatory
from benchside.organisations import roles
from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Membership

_SIGNER = Signer(salt="impact.charters.calendar", sep=".")


def token_of(signatory: Signatory, user: User) -> str:
    return _SIGNER.sign(f"{signatory.pk}-{user.person_id.hex}")


def address_of(signatory: Signatory, user: User) -> str:
    """As phones subscribe to it."""
    return webcal(reverse("impact:own_calendar", args=[token_of(signatory, user)]))


def webcal(path: str) -> str:
    return f"webcal://{urlsplit(settings.BASE_URL).netloc}{path}"


def signatory_of(token: str) -> Signatory | None:
    """Whose days it opens; None for a link that is forged, or whose holder has no role any more."""
    try:
        number, _, person = _SIGNER.unsign(token).partition("-")
        found = Signatory.objects.filter(pk=int(number), state=SignatoryState.ANNOUNCED)
        holder = UUID(hex=person)
    except (BadSignature, ValueError):
        return None
    signatory = found.select_related("charter", "organisation").first()
    if signatory is None:
        return None
    still = Membership.objects.live().filter(
        organisation=signatory.organisation_id,
        organisation__state=OrganisationState.APPROVED,
        user__person_id=holder,
        user__is_active=True,
        role__in=roles.with_right(roles.SEE),
    )
    return signatory if still.exists() else None
