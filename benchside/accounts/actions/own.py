"""What people do with their own account: see where it is open, take their data, leave."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.utils import timezone

from benchside.accounts import queries, rules
from benchside.accounts.actions.administrators import administrators
from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused, acting
from benchside.core.personal_data import erase_person, erasing_waits_for, export_person


def rename(*, actor: Actor, user: User, name: str) -> None:
    """Change the name others see. The name itself is not in the audit."""
    with acting("account.rename", actor=actor, subject=user, may=rules.is_oneself):
        user.name = name
        user.save(update_fields=["name"])


def end_session(*, actor: Actor, user: User, session: UserSession) -> None:
    """Sign one device out."""
    with acting("account.end_session", actor=actor, subject=user, may=rules.is_oneself):
        if session.user_id != user.pk:
            raise Refused("This device is signed in as somebody else.")
        session.end()


def end_other_sessions(*, actor: Actor, user: User, keep: str) -> int:
    """Sign out every device but the one whose session key is `keep`; returns how many."""
    with acting(
        "account.end_other_sessions", actor=actor, subject=user, may=rules.is_oneself
    ) as act:
        others = [one for one in queries.sessions_of(user) if one.session_key != keep]
        for session in others:
            session.end()
        act.note(ended=len(others))
        return len(others)


def export_data(*, actor: Actor, user: User) -> dict[str, Any]:
    """All that Benchside holds about a person, room by room, as plain JSON values."""
    with acting("account.export", actor=actor, subject=user, may=rules.is_oneself):
        return {
            "made_at": timezone.now().isoformat(),
            "person_id": str(user.person_id),
            "rooms": export_person(user.person_id),
        }


def erase_account(*, actor: Actor, user: User) -> None:
    """Forget a person: every room blanks or deletes what is theirs, this one last.

    What they did stays in the audit under an id that leads nowhere. Cannot be undone.
    Raises Refused for the last administrator, who would lock everybody out, and while a room waits
    for something about the person.
    """
    with acting("account.erase", actor=actor, subject=user, may=rules.is_oneself):
        _refuse_last_administrator(user)
        if waits := erasing_waits_for(user.person_id):
            raise Refused(" ".join(one.words for one in waits), "Come back when it is over.")
        erase_person(user.person_id)


def _refuse_last_administrator(user: User) -> None:
    """Rows are locked: of two administrators who leave at once, the second stays."""
    in_charge = {found.pk for found in administrators().select_for_update()}
    if in_charge == {user.pk}:
        raise Refused(
            "You are the only administrator. Without you nobody could let others in.",
            "Make somebody else an administrator first, then come back.",
        )
