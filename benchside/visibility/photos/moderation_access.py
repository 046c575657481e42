"""Who may open the desk of photographs. To everybody else there is none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from benchside.core.actions import Actor
from benchside.visibility.rules import can_moderate

View = Callable[..., HttpResponseBase]


def moderators_only(view: View) -> View:
    """The second factor is asked for by the gate before the whole desk."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_moderate(Actor.of(request.user)):
            raise Http404
        return view(request, *args, **named)

    return guarded
