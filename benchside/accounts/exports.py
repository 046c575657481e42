"""What this room holds about a person, and how it forgets: for the registry of all rooms."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from benchside.accounts.models import Invitation, User
from benchside.core.registries import PersonalDataExport

NOBODY = "erased.invalid"  # .invalid never reaches anybody: RFC 2606


def export(person_id: UUID) -> dict[str, Any]:
    user = User.objects.filter(person_id=person_id).first()
    if user is None:
        return {}
    return {
        "name": user.name,
        "email": user.email,
        "joined": user.date_joined.isoformat(),
        "last_signed_in": user.last_login.isoformat() if user.last_login else None,
        "administrator": user.is_superuser,
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "addresses": [
            {"email": address.email, "verified": address.verified}
            for address in EmailAddress.objects.filter(user=user).order_by("pk")
        ],
        "devices": [
            {
                "device": session.user_agent,
                "since": session.created_at.isoformat(),
                "last_seen": session.last_seen_at.isoformat(),
            }
            for session in UserSession.objects.filter(user=user).order_by("pk")
        ],
        "ways_to_sign_in": [_way(one) for one in Authenticator.objects.filter(user=user)],
        "invitations_to_you": [
            {"sent": one.created_at.isoformat(), "state": one.state, "to": one.offered}
            for one in Invitation.objects.filter(email__iexact=user.email)
        ],
        "invitations_you_sent": [
            {"sent": one.created_at.isoformat(), "state": one.state, "to": one.offered}
            for one in user.invitations.all()
        ],
    }


def _way(authenticator: Authenticator) -> dict[str, Any]:
    used = authenticator.last_used_at
    return {
        "kind": str(authenticator.get_type_display()),
        "name": str(authenticator),
        "added": authenticator.created_at.isoformat(),
        "last_used": used.isoformat() if used else None,
    }


def erase(person_id: UUID) -> None:
    """Blank the account and end everything that could open it. Runs last of all rooms."""
    user = User.objects.filter(person_id=person_id).first()
    if user is None or user.erased_at:
        return
    Invitation.objects.filter(email__iexact=user.email).update(email=f"{person_id}@{NOBODY}")
    for session in UserSession.objects.filter(user=user):
        session.end()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    UserProfile.objects.filter(user=user).delete()
    # The desk's own log keeps the name of what it is about beside its id.
    ModelLogEntry.objects.for_instance(user).update(label="Erased person", data={})
    user.groups.clear()
    user.user_permissions.clear()
    _blank(user)


def _blank(user: User) -> None:
    user.name, user.email = "", f"{user.person_id}@{NOBODY}"
    user.set_unusable_password()
    user.last_login = None
    user.is_active = user.is_staff = user.is_superuser = False
    user.is_demonstration = False
    user.erased_at = timezone.now()
    user.save()


ACCOUNT = PersonalDataExport(
    key="account", title="Your account", export=export, erase=erase, order=1000
)
