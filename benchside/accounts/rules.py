"""Who may do what to an account."""

from typing import Any

from benchside.accounts.enums import GROUPS, OF_A_ROOM
from benchside.core.actions import Actor
from benchside.core.permissions import (
    Predicate,
    has_perm,
    holds_link,
    is_superuser,
    is_system,
    predicate,
)


@predicate("the person themselves")
def is_oneself(actor: Actor, subject: Any) -> bool:
    return (
        actor.account is not None and subject is not None and actor.person_id == subject.person_id
    )


@predicate("whoever sent it")
def is_sender(actor: Actor, subject: Any) -> bool:
    return actor.account is not None and subject.invited_by_id == actor.account.pk


can_see_invitations: Predicate = has_perm("accounts.add_invitation", "somebody who may invite")
can_manage_invitation = (can_see_invitations & (is_sender | is_superuser)) | is_system
can_accept_invitation = holds_link("invitation")
runs_the_installation = is_system


def can_invite_for(purpose: str) -> Predicate:
    """A place at the desk is given by an administrator alone; what a room offers, by that room."""
    if purpose in OF_A_ROOM:
        return is_system
    return is_superuser if purpose in GROUPS else can_see_invitations
