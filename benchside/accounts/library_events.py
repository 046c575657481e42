"""What the sign-in library does by itself, written into the audit and kept to what is needed.

The library announces its acts as signals and its models are not ours to change: these receivers
are the only ones in the room, and they hold no rule.
"""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save

from benchside.accounts.devices import describe
from benchside.accounts.models import User
from benchside.core.actions import Actor, acting
from benchside.core.permissions import anybody

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - stands for "not kept"; the column may not be empty


def connect() -> None:
    pre_save.connect(keep_no_address, sender=UserSession)
    account_signals.user_signed_up.connect(on_sign_up)
    account_signals.password_changed.connect(on_password)
    account_signals.password_set.connect(on_password)
    account_signals.password_reset.connect(on_password)
    account_signals.email_changed.connect(on_email)
    mfa_signals.authenticator_added.connect(on_factor_added)
    mfa_signals.authenticator_removed.connect(on_factor_removed)
    mfa_signals.authenticator_reset.connect(on_codes_renewed)


def keep_no_address(sender: type[UserSession], instance: UserSession, **_: Any) -> None:
    """A session is known by its device in words; where from, nobody needs to know later."""
    instance.ip = NO_ADDRESS
    instance.user_agent = describe(instance.user_agent)


def on_sign_up(sender: Any, user: User, **_: Any) -> None:
    _write("account.sign_up", user)


def on_password(sender: Any, user: User, **_: Any) -> None:
    _write("account.change_password", user)


def on_email(sender: Any, user: User, **_: Any) -> None:
    _write("account.change_address", user)


def on_factor_added(sender: Any, user: User, authenticator: Any, **_: Any) -> None:
    _write("account.add_factor", user, kind=str(authenticator.type))


def on_factor_removed(sender: Any, user: User, authenticator: Any, **_: Any) -> None:
    _write("account.remove_factor", user, kind=str(authenticator.type))


def on_codes_renewed(sender: Any, user: User, **_: Any) -> None:
    _write("account.renew_codes", user)


def _write(verb: str, user: User, **detail: str) -> None:
    """The library asked who may; here it is only written down."""
    with acting(verb, actor=Actor.of(user), subject=user, may=anybody) as act:
        act.note(**detail)
