"""Demonstration sign-ins: made-up people at a made-up address, let in on this machine alone."""

from collections.abc import Sequence
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest

from benchside.accounts.loopback import is_local
from benchside.accounts.models import DEMONSTRATION_DOMAIN, User


class Made(NamedTuple):
    """One made-up person: the part before the @, the name, the group, whether in charge."""

    local: str
    name: str
    group: str = ""
    in_charge: bool = False


PEOPLE = [
    Made("editor", "Edie Made-Up (editor)", group="Editors"),
    Made("moderator", "Mo Made-Up (moderator)", group="Moderators"),
    Made("safeguarding", "Safi Made-Up (safeguarding contact)", group="Safeguarding"),
    Made("administrator", "Ada Made-Up (administrator)", in_charge=True),
    Made("technician", "Tess Made-Up (technician)"),
]


class NoDemonstration(RuntimeError):  # noqa: N818
    """Demonstration people were asked for where none may be."""


@transaction.atomic
def create_people(*, password: str | None, people: Sequence[Made] = PEOPLE) -> list[User]:
    """Make demonstration people, or give those there the new password; in the order given.

    Without a password nobody can sign in as them: they are there to be seen.

    Raises NoDemonstration unless BENCHSIDE_DEMO is on. A group that is not there is left out.
    """
    if not settings.DEMO:
        raise NoDemonstration("Demonstration sign-ins exist only under BENCHSIDE_DEMO=yes.")
    return [_create(made, password) for made in people]


def _create(made: Made, password: str | None) -> User:
    email = made.local + DEMONSTRATION_DOMAIN
    user = User.objects.filter(email=email).first() or User(email=email)
    user.name, user.is_demonstration = made.name, True
    user.is_staff = bool(made.group) or made.in_charge
    user.is_superuser = made.in_charge
    user.set_password(password)
    user.save()
    user.groups.set(Group.objects.filter(name=made.group))
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user


def may_enter(user: User, request: HttpRequest) -> bool:
    """Whether this user may be signed in here: always, unless made up for a demonstration."""
    return not user.is_demonstration or (settings.DEMO and is_local(request.META))
