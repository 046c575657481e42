"""The days on which the list was counted. What was counted is told under Technicians in numbers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.organisations import keeping_queries, roles
from benchside.organisations.actions.snapshots import take_snapshot
from benchside.organisations.views import MemberRequest, members_only

A_PAGE = 50


@require_safe
@members_only(roles.KEEP_STAFF)
def snapshots(request: MemberRequest) -> HttpResponse:
    """Sums of the whole: those who keep the list see as much on the list itself."""
    found = keeping_queries.snapshots(request.seat.organisation)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "organisations/staff/snapshots.html", {"page": page})


@require_POST
@members_only(roles.KEEP_STAFF)
def take(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    try:
        made = take_snapshot(actor=Actor.of(request.user), organisation=organisation)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Counted: {made.people} technicians.")
    return redirect("organisations:staff_snapshots", organisation.slug)
