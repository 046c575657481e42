"""Who is asking, and when a device was last seen."""

import hashlib
from collections.abc import Callable
from functools import partial

from allauth.usersessions.models import UserSession
from django.contrib.auth import aget_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from benchside.accounts import demo
from benchside.accounts.models import User

SEEN_EVERY = 5 * 60  # seconds between two notes of one device


class WhoIsAsking(AuthenticationMiddleware):
    """Django's, but a made-up person's session counts for nothing off this machine.

    Asked at the one place where a session becomes a user, so no view, API or desk can forget.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]
        request.auser = partial(_auser, request)


def _user(request: HttpRequest) -> User | AnonymousUser:
    return _unless_elsewhere(get_user(request), request)


async def _auser(request: HttpRequest) -> User | AnonymousUser:
    return _unless_elsewhere(await aget_user(request), request)


def _unless_elsewhere(
    user: AbstractBaseUser | AnonymousUser, request: HttpRequest
) -> User | AnonymousUser:
    if isinstance(user, User) and demo.may_enter(user, request):
        return user
    return AnonymousUser()


class LastSeen:
    """Note when each device was last seen, at most every five minutes.

    Pages that never look at the session (the public ones) cost nothing here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and request.user.is_authenticated:
            _note(request.session.session_key)
        return response


def _note(session_key: str | None) -> None:
    if session_key is None:
        return
    name = hashlib.sha256(session_key.encode()).hexdigest()
    if cache.add(f"accounts-seen-{name}", True, SEEN_EVERY):
        UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())
