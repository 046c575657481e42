"""`/my/cpd/`: somebody's own log. Every page of it is for its owner alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.people import queries
from benchside.people.models import Technician

TAKING = ("GET", "HEAD", "POST")
NOT_YET = 422
P = ParamSpec("P")


class LogRequest(HttpRequest):
    """What a page of a log gets: who asks, which is whose log it is."""

    user: User
    technician: Technician
    actor: Actor


def own_log(
    view: Callable[Concatenate[LogRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """The gate: sign-in, then to where a record begins for whoever has none."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(request: LogRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        technician = queries.technician_of(request.user)
        if technician is None:
            return redirect("people:begin")
        request.technician, request.actor = technician, Actor.of(request.user)
        return view(request, *args, **kwargs)

    return checked


def status_of(form: Any) -> int:
    return NOT_YET if form is not None and form.errors else HttpResponse.status_code
