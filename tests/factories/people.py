"""People who sign in, by name, and what it takes to act as them."""

import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from benchside.accounts.models import User

PASSWORD = "correct horse battery"
TOTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B, in base 32


def person(email: str = "tess@example.org", *, verified: bool = True, **fields: Any) -> User:
    """Somebody with an account; `verified=False` for one who never typed the code."""
    fields.setdefault("name", email.split("@")[0].title())
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def administrator(email: str = "ada@example.org", *, factor: bool = True) -> User:
    """Somebody in charge, with a second factor unless said otherwise."""
    user = person(email, is_superuser=True, is_staff=True)
    if factor:
        give_app(user)
    return user


def give_app(user: User) -> Authenticator:
    return TOTP.activate(user, TOTP_SECRET).instance


def sign_in(client: Client, user: User) -> Client:
    """As after the sign-in page."""
    client.force_login(user)
    return client


def reauthenticate(client: Client, user: User) -> Client:
    """As after the page "Is it you?"."""
    session = client.session
    record = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
