"""Ask somebody in; take it back; come in."""

import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from benchside.accounts import queries, rules, tokens
from benchside.accounts.enums import GROUPS, Purpose
from benchside.accounts.models import Invitation, User, invitation_end
from benchside.accounts.offers import offer_of
from benchside.accounts.states import INVITATIONS
from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move

GONE = (
    "This invitation does not work any more. It was used, taken back, or is older than two weeks.",
    "Ask whoever invited you for a new one.",
)


def invite(
    *,
    actor: Actor,
    sender: User,
    email: str,
    purpose: str = Purpose.ACCOUNT,
    about: str = "",
    offer: str = "",
) -> Invitation:
    """Send an invitation. Afterwards: the letter, whether or not the address has an account.

    `offer` and `about` are what a room above offers, in words, and its key for that.

    Raises Denied; Refused when one for the same address and purpose is still open.
    """
    token = tokens.new()
    invitation = Invitation(
        email=email.lower(), purpose=purpose, about=about, offer=offer, invited_by=sender
    )
    with acting(
        "invitation.send", actor=actor, subject=None, may=rules.can_invite_for(purpose)
    ) as act:
        _open(invitation, token)
        act.about(invitation)
        act.note(purpose=str(purpose))
        _send_letter(invitation, token)
    return invitation


def invite_on_paper(
    *, actor: Actor, sender: User, purpose: str, about: str, offer: str
) -> tuple[Invitation, str]:
    """An invitation for somebody without an address, and its code, to be printed: it is told this
    once. Raises Denied; Refused when one for the same purpose and person is still open."""
    code = tokens.new_code()
    invitation = Invitation(purpose=purpose, about=about, offer=offer, invited_by=sender)
    with acting(
        "invitation.print", actor=actor, subject=None, may=rules.can_invite_for(purpose)
    ) as act:
        _open(invitation, code)
        act.about(invitation)
        act.note(purpose=str(purpose))
    return invitation, code


def _open(invitation: Invitation, token: str) -> None:
    invitation.token_hash = tokens.digest(token)
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        raise Refused(
            "An invitation to this address is open already.", "Send that one again."
        ) from error


def reprint_invitation(*, actor: Actor, sender: User, invitation: Invitation) -> str:
    """A new code for two more weeks, from whoever prints it now. The one before works no longer."""
    code = tokens.new_code()
    move(
        table=INVITATIONS,
        subject=invitation,
        verb="resend",
        actor=actor,
        columns={
            "token_hash": tokens.digest(code),
            "expires_at": invitation_end(),
            "invited_by": sender,
        },
    )
    return code


def resend_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Send it anew for two more weeks. The link sent before works no longer.

    Raises Denied; Refused for one on paper, which has no address.
    """
    if invitation.is_on_paper:
        raise Refused("This one was printed.", "Print a new code.")
    token = tokens.new()
    with transaction.atomic():
        move(
            table=INVITATIONS,
            subject=invitation,
            verb="resend",
            actor=actor,
            columns={"token_hash": tokens.digest(token), "expires_at": invitation_end()},
        )
        _send_letter(invitation, token)


def revoke_invitation(*, actor: Actor, invitation: Invitation) -> None:
    """Take it back: its link works no longer."""
    move(table=INVITATIONS, subject=invitation, verb="revoke", actor=actor)


def decline_invitation(*, token: str, answer: str = "") -> None:
    """Say no. Whoever holds the link may; it works no longer. `answer` is one of the offer's
    refusals; any other counts as a plain no.

    Raises Refused for a link that works no longer.
    """
    with transaction.atomic():
        invitation = _answer(token, "decline")
        if offer := offer_of(invitation):
            offer.declined(invitation.pk, answer if answer in dict(offer.refusals) else "")


def join_by_invitation(*, token: str, name: str, password: str) -> User:
    """Make the account an invitation is for, its address verified: the link came to it.

    Raises Refused when the link works no longer, or when the address has an account by now.
    """
    person_id = uuid.uuid4()
    with transaction.atomic():
        invitation = _answer(token, "accept", person_id)
        if invitation.is_on_paper:
            raise Refused("This code makes no account.", "Make one first, then type the code.")
        if queries.user_with_address(invitation.email):
            raise Refused("This address has an account already.", "Sign in to accept.")
        user = User.objects.create_user(invitation.email, password, name=name, person_id=person_id)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        _let_in(user, invitation)
        return user


def accept_invitation(*, actor: Actor, user: User, token: str) -> Invitation:
    """Accept as somebody who has an account, and is signed in to the one with that address.

    A code on paper is for whoever holds it, but never for whoever printed it.

    Raises Refused for a link that works no longer, or that was sent to somebody else.
    """
    with transaction.atomic():
        invitation = queries.invitation_by_token(token)
        if invitation is None:
            raise Refused(*GONE)
        if invitation.is_on_paper:
            if actor.account != user or invitation.invited_by_id == user.pk:
                raise Refused("You printed this code.", "Only the person it is about may use it.")
        elif queries.user_with_address(invitation.email) != user or actor.account != user:
            raise Refused(
                "This invitation is for another address.",
                "Sign out, then open the link again.",
            )
        _answer(token, "accept", user.person_id)
        _let_in(user, invitation)
        return invitation


def _answer(token: str, verb: str, person_id: uuid.UUID | None = None) -> Invitation:
    """The move of whoever holds the link. Raises Refused when it works no longer."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        raise Refused(*GONE)
    holder = Actor.holding_link(scope=f"invitation:{invitation.pk}", person_id=person_id)
    move(table=INVITATIONS, subject=invitation, verb=verb, actor=holder)
    return invitation


def _let_in(user: User, invitation: Invitation) -> None:
    if offer := offer_of(invitation):
        offer.accepted(invitation.pk, user.person_id)
    name = GROUPS.get(Purpose(invitation.purpose))
    if name is None:
        return
    user.groups.add(Group.objects.get_or_create(name=name)[0])
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])


def _send_letter(invitation: Invitation, token: str) -> None:
    offer = offer_of(invitation)
    mail.send(
        offer.letter if offer else "accounts/invitation",
        invitation.email,
        {
            "invited_by": invitation.invited_by.get_full_name(),
            "purpose": invitation.offered,
            "link": settings.BASE_URL + reverse("accounts:join", args=[token]),
            "until": timezone.localdate(invitation.expires_at),
        },
    )
