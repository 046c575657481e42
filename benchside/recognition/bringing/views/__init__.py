"""The gate before pages of those who keep a register."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.recognition.bringing import rules
from benchside.recognition.models import Register

P = ParamSpec("P")


class KeeperRequest(HttpRequest):
    user: User
    register: Register


Inner = Callable[Concatenate[KeeperRequest, P], HttpResponse]


def keepers_only(view: Inner[P]) -> Callable[..., HttpResponse]:
    """Sign-in, then 404 for whoever does not keep this register's entries."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(request: Any, register: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = Register.objects.filter(slug=register).first()
        if found is None or not rules.keeps(Actor.of(request.user), found):
            raise Http404
        request.register = found
        return view(request, *args, **kwargs)

    return checked
