"""The first pages of `/org/<slug>/` and of `/my/`."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from benchside.accounts.views import SignedInRequest
from benchside.core.asking import asking_once
from benchside.core.registries import own_desks, own_lines, own_todos
from benchside.impact.plans import queries as plans
from benchside.organisations import queries, staff_queries
from benchside.organisations.views import MemberRequest, members_only
from benchside.people import queries as people
from benchside.visibility.contests.queries import judging_of
from benchside.website import held, workspace


@require_safe
@members_only()
def overview(request: MemberRequest) -> HttpResponse:
    seat = request.seat
    sitting = seat.sitting
    things = workspace.waiting(sitting)
    context = {
        "leads": queries.leads_of(seat.organisation),
        "numbers": queries.numbers_of(seat.organisation),
        "next": things[0] if things else None,
        "later": things[1:],
        "areas": workspace.area_lines(seat, sitting),
    }
    return render(request, "workspace/overview.html", context)


@require_safe
@members_only()
def area(request: MemberRequest, area: str) -> HttpResponse:
    """One area: straight to its only sheet, else a list of its sheets, else "not here yet"."""
    found = workspace.tabs(request.seat, area)
    slug = request.seat.organisation.slug
    sheets = [(tab.title, tab.url(slug)) for tab in found]
    if len(sheets) == 1 and sheets[0][1] != request.path:
        return redirect(sheets[0][1])
    line = next(
        one
        for one in workspace.area_lines(request.seat, request.seat.sitting)
        if one.area.key == area
    )
    return render(request, "workspace/area.html", {"line": line, "sheets": sheets})


@login_required
@never_cache
@require_safe
def my(request: SignedInRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "organisations": queries.organisations_of(request.user),
        "listed_by": staff_queries.listed_as(request.user).filter(left_on=None),
        "applications": queries.applications_of(request.user),
        "invited": queries.invitations_to(request.user),
        "technician": people.technician_of(request.user),
        "offered": people.offered_to(request.user),
        "judging": judging_of(request.user),
        "plan_actions": plans.open_for(request.user),
    }
    with asking_once():
        context["waiting"] = own_lines(own_todos, request.user)
        context["desks"] = own_lines(own_desks, request.user)
    return render(request, "workspace/my.html", context)


@login_required
@never_cache
@require_safe
def my_data(request: SignedInRequest) -> HttpResponse:
    """What every room holds about somebody; why, who sees it and for how long."""
    whose = request.user.person_id
    context = {"parts": held.parts(whose), "kinds": held.kinds(whose)}
    return render(request, "workspace/my_data.html", context)
