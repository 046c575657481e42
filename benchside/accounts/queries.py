"""What can be asked about accounts, starting from what the asker may see."""

from collections.abc import Collection
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from benchside.accounts import rules, tokens
from benchside.accounts.enums import OF_A_ROOM, InvitationState
from benchside.accounts.models import Invitation, User
from benchside.core.actions import Actor

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def user_with_address(email: str) -> User | None:
    """The account that signs in with an address, whether or not it was ever verified."""
    return User.objects.filter(
        Q(email__iexact=email) | Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    ).first()


def users_with_addresses(addresses: Collection[str]) -> dict[str, int]:
    """By lower-case address, the accounts that sign in with one of these; the same rule for many
    as `user_with_address`."""
    if not addresses:
        return {}
    wanted = {one.lower() for one in addresses}
    verified = EmailAddress.objects.filter(verified=True).annotate(lower=Lower("email"))
    own = User.objects.annotate(lower=Lower("email")).filter(lower__in=wanted)
    return {
        **dict(verified.filter(lower__in=wanted).values_list("lower", "user_id")),
        **dict(own.values_list("lower", "pk")),
    }


def sessions_of(user: User) -> list[UserSession]:
    """Where this person is signed in, latest first; sessions that ended are tidied away."""
    live = UserSession.objects.purge_and_list(user)
    return sorted(live, key=lambda session: session.last_seen_at, reverse=True)


def authenticators_of(user: User) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=user).order_by("type", "created_at")


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def is_open_to_thieves(person_id: UUID) -> bool:
    """Whether a stolen password alone opens what somebody sees. Made-up people are let off."""
    locks = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    people = User.objects.filter(person_id=person_id, is_demonstration=False)
    return people.exclude(Exists(locks)).exists()


def verified_address(user: User) -> str:
    found = EmailAddress.objects.filter(user=user, verified=True, primary=True).first()
    return found.email if found else ""


def verified_addresses(user: User) -> frozenset[str]:
    """Every address that is proven to be this person's, in lower case."""
    found = EmailAddress.objects.filter(user=user, verified=True)
    return frozenset(one.lower() for one in found.values_list("email", flat=True))


def invitation_by_token(token: str) -> Invitation | None:
    """The open invitation a link belongs to; None for one unknown, used, withdrawn, run out."""
    found = Invitation.objects.filter(
        token_hash=tokens.digest(token), state=InvitationState.OPEN
    ).first()
    return found if found and found.is_open else None


def invitations_seen_by(user: User) -> QuerySet[Invitation]:
    """Those a person sent; all of them for an administrator; none without the right to invite.

    What a room offers, such as a role, that room shows.
    """
    if not rules.can_see_invitations(Actor.of(user)):
        return Invitation.objects.none()
    found = Invitation.objects.exclude(purpose__in=OF_A_ROOM).select_related("invited_by")
    return found if user.is_superuser else found.filter(invited_by=user)
