"""Pages of the desk of reviewers, officers and ratifiers; found by nobody, kept nowhere."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from benchside.accounts.models import User
from benchside.accounts.views import SignedInRequest
from benchside.assessment import rules
from benchside.assessment.models import Submission
from benchside.assessment.reviewing import queries
from benchside.core.actions import Actor

View = Callable[..., HttpResponse]
A_PAGE = 25


def signed_in(view: View) -> View:
    """For somebody who is signed in; never kept."""
    return login_required(never_cache(view))


def for_those_who_run(view: View) -> View:
    """For somebody who assigns or ratifies for any standard; 404 for everybody else."""

    def found(request: SignedInRequest, *args: Any, **blanks: Any) -> HttpResponse:
        if not queries.run_by(request.user):
            raise Http404
        return view(request, *args, **blanks)

    return signed_in(found)


def case_or_404(user: User, key: UUID) -> Submission:
    """A submission that was sent in, under a standard they run."""
    found = queries.case_of(user, key)
    if found is None:
        raise Http404
    return found


def paged(request: HttpRequest, found: Any) -> Page:
    return Paginator(found, A_PAGE).get_page(request.GET.get("page"))


def chosen(request: HttpRequest, name: str, among: Mapping[str, Any] | set[str]) -> str:
    """What the address chooses, when it is one of what there is."""
    value = request.GET.get(name, "")
    return value if value in among else ""


def sort_of(request: HttpRequest, sorts: Mapping[str, Any], usual: str) -> str:
    value = request.GET.get("sort", usual)
    return value if value.removeprefix("-") in sorts else usual


def page(
    request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """One sheet of the desk, with the links to the others."""
    full = {"sheets": _sheets(request), **context}
    return render(request, f"assessment/reviewing/{name}.html", full, status=status)


def _sheets(request: HttpRequest) -> list[tuple[str, str]]:
    """(title, address) of the sheets that are for this person."""
    actor = Actor.of(request.user)
    assigns = rules.is_officer(actor)
    runs = assigns or bool(isinstance(request.user, User) and queries.run_by(request.user))
    found = [("Your desk", "desk", True), ("Sent in", "cases", runs),
             ("Reviewers", "reviewers", assigns), ("Your interests", "interests", True),
             ("Partners", "partnerships", assigns),
             ("Duties", "duties", rules.can_give_duties(actor))]  # fmt: skip
    return [(title, reverse(f"assessment:{name}")) for title, name, may in found if may]
