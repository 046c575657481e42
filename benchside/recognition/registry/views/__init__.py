"""What views of a registrar's desk have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.recognition.registry import queries
from benchside.recognition.registry.queries import Desk

A_PAGE = 50
P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """`desk`: the register as whoever is signed in may see it."""

    user: User
    desk: Desk


Inner = Callable[Concatenate[DeskRequest, P], HttpResponse]


def desk_only(
    view: Inner[P] | None = None, *, need: Callable[[Desk], bool] = lambda desk: True
) -> Callable[..., Any]:
    """Sign-in, then 404 for whoever has no desk of this register, or not this part of it."""

    def decorate(inner: Inner[P]) -> Callable[..., HttpResponse]:
        @login_required
        @never_cache
        @wraps(inner)
        def checked(request: DeskRequest, register: str, *args: Any, **more: Any) -> HttpResponse:
            desk = queries.desk_of(request.user, register)
            if desk is None or not need(desk):
                raise Http404
            request.desk = desk
            return inner(request, *args, **more)

        return checked

    return decorate(view) if view is not None else decorate


def registrars_only(view: Inner[P]) -> Callable[..., HttpResponse]:
    return desk_only(view, need=lambda desk: desk.runs)


def conduct_only(view: Inner[P]) -> Callable[..., HttpResponse]:
    return desk_only(view, need=lambda desk: desk.sees_conduct)


def page_of(request: HttpRequest, found: Any) -> Page[Any]:
    return Paginator(found, A_PAGE).get_page(request.GET.get("page"))


def among(value: str, known: Any, otherwise: str = "") -> str:
    return value if value in known else otherwise


def tried(form: Any, do: Callable[[], object]) -> bool:
    """Whether it was done; what was refused stands above the form."""
    if not form.is_valid():
        return False
    try:
        do()
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def actor_of(request: DeskRequest) -> Actor:
    return Actor.of(request.user)
