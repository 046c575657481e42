"""Pages of organisations: the gate before every page of a workspace."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from benchside.accounts.models import User
from benchside.organisations import queries, roles
from benchside.organisations.queries import Seat

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """What a page of a workspace gets."""

    user: User
    seat: Seat


Inner = Callable[Concatenate[MemberRequest, P], HttpResponse]


def members_only(right: str = roles.SEE) -> Callable[[Inner[P]], Callable[..., HttpResponse]]:
    """The gate: sign-in, then 404 for everybody who is no member of an open organisation, then
    403 for a member whose role lacks the right. The page finds the member's seat at `request.seat`.
    """

    def gate(view: Inner[P]) -> Callable[..., HttpResponse]:
        @login_required
        @never_cache
        @wraps(view)
        def checked(
            request: MemberRequest, organisation: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            request.seat = queries.seat(request.user, organisation)
            if not request.seat.may(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return gate
