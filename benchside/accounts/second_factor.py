"""Whoever works for others proves twice who they are: the rule, and the gate before the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from benchside.accounts import queries
from benchside.accounts.models import User

View = Callable[..., HttpResponse]


def is_missing(user: User | AnonymousUser) -> bool:
    """Whether this person must add a second factor before they act for others.

    Made-up people are let off: their password is on the screen of whoever started them.
    """
    if not settings.REQUIRE_SECOND_FACTOR or isinstance(user, AnonymousUser):
        return False
    return not user.is_demonstration and not queries.has_second_factor(user)


def required(view: View) -> View:
    """Decorate a view of people who act for others: sends those without a factor to add one."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_missing(request.user):
            return redirect("accounts:second_factor")
        return view(request, *args, **kwargs)

    return checked


class DeskGate:
    """Stands before the editors' desk: one way to sign in, a second factor, and a plain no.

    Wagtail brings a sign-in and a password reset of its own, without rate limits and second
    step. They are closed here, in one place, whatever Wagtail adds beside them. It would also send
    somebody who is signed in and may not enter to the sign-in, which sends them back.
    """

    # Paths under the desk, and where each leads instead.
    CLOSED = (("login/", "account_login"), ("password_reset/", "account_reset_password"))

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk = reverse("wagtailadmin_home")
        if not request.path.startswith(desk):
            return self.get_response(request)
        for path, instead in self.CLOSED:
            if request.path.startswith(desk + path):
                return redirect(f"{reverse(instead)}?{urlencode({'next': desk})}")
        if is_missing(request.user):
            return redirect("accounts:second_factor")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Here and not above, so that the refusal is answered with our page."""
        is_inside = request.path.startswith(reverse("wagtailadmin_home"))
        if is_inside and request.user.is_authenticated and not may_enter(request.user):
            raise PermissionDenied


def may_enter(user: User | AnonymousUser) -> bool:
    return user.has_perm("wagtailadmin.access_admin")
