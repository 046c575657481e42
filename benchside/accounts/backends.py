"""One door for passwords: the sign-in library's, with its rate limits and second step."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from benchside.accounts.models import User


class EmailBackend(AuthenticationBackend):
    """The library's backend, deaf to `username`.

    The sign-in pages ask with `email`. Any other form (Wagtail brings one) asks with `username`
    and would let somebody in without rate limit and second step: it gets no answer.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        if "username" in credentials:
            return None
        return super().authenticate(request, **credentials)
