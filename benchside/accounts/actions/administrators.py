"""What whoever runs the installation does for people at the command line."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils import timezone

from benchside.accounts import rules
from benchside.accounts.models import User
from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting


def create_administrator(
    *, actor: Actor, email: str, name: str, password: str, another: bool = False
) -> User:
    """Make a superuser whose address counts as verified, so that they can sign in at once.

    Raises Refused when there is an administrator already and `another` is not said, and when
    the address is taken.
    """
    with acting(
        "account.create_administrator",
        actor=actor,
        subject=None,
        may=rules.runs_the_installation,
    ) as act:
        if not another and administrators().exists():
            raise Refused("There is an administrator already.", "Say --another to add one more.")
        if User.objects.filter(email__iexact=email).exists():
            raise Refused("This address has an account already.", "Use another address.")
        user = User.objects.create_superuser(email, password, name=name)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        act.about(user)
        return user


def remove_second_factor(*, actor: Actor, user: User) -> int:
    """Take off passkeys, app and codes of somebody who lost them all; returns how many.

    Whoever runs the installation does it, after making sure who asks. The person is told by e-mail.
    """
    with acting(
        "account.remove_second_factor",
        actor=actor,
        subject=user,
        may=rules.runs_the_installation,
    ) as act:
        gone, _ = Authenticator.objects.filter(user=user).delete()
        act.note(removed=gone)
        mail.send("accounts/second_factor_removed", user.email, {"on": timezone.localdate()})
        return gone


def administrators() -> QuerySet[User]:
    return User.objects.filter(is_superuser=True, is_active=True, is_demonstration=False)
