"""The gate of the desk of CPD: to whoever has nothing to do there, nothing is there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.core.permissions import Predicate
from benchside.recognition.cpd import rules
from benchside.recognition.models import Register

A_PAGE = 50
P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """`here`: the register whose desk it is."""

    user: User
    here: Register


Inner = Callable[Concatenate[DeskRequest, P], HttpResponse]


def _gated(view: Inner[P], may: Predicate) -> Callable[..., HttpResponse]:
    """Sign-in, then 404 for whoever may not."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(
        request: DeskRequest, register: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        request.here = get_object_or_404(Register, slug=register)
        if not may(Actor.of(request.user), request.here):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def for_all(view: Inner[P]) -> Callable[..., HttpResponse]:
    """For registrars, assessors and whoever ratifies."""
    return _gated(view, rules.can_enter)


def for_deciders(view: Inner[P]) -> Callable[..., HttpResponse]:
    """For registrars and whoever ratifies."""
    return _gated(view, rules.is_registrar | rules.is_ratifier)


def for_registrars(view: Inner[P]) -> Callable[..., HttpResponse]:
    return _gated(view, rules.is_registrar)


def shared(request: DeskRequest) -> dict[str, Any]:
    """What every page of the desk needs."""
    actor, here = Actor.of(request.user), request.here
    runs, decides = rules.is_registrar(actor, here), rules.is_ratifier(actor, here)
    sheets = [("Audits", "cpd_desk", True), ("Cases", "cpd_cases", True)]
    sheets += [("Committee", "cpd_committee", runs or decides)]
    sheets += [("Declarations", "cpd_declarations", runs)]
    return {
        "register": here,
        "runs_it": runs,
        "sheets": [
            (title, reverse(f"recognition:{name}", args=[here.slug]))
            for title, name, is_shown in sheets
            if is_shown
        ],
    }
