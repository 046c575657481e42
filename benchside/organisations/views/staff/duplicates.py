"""Pairs that may be one person, side by side; one press merges, one tells apart, one undoes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.organisations import keeping_queries, queries, roles
from benchside.organisations.actions.same_people import merge_people, tell_apart, undo_merger
from benchside.organisations.models import Merger
from benchside.organisations.views import MemberRequest, members_only

A_PAGE = 20


@require_safe
@members_only(roles.KEEP_STAFF)
def duplicates(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    page = Paginator(keeping_queries.pairs(organisation), A_PAGE).get_page(request.GET.get("page"))
    ids = {pk for pair in page for pk in (pair.first_id, pair.second_id)}
    mergers = list(keeping_queries.mergers(organisation))
    names = queries.names_of({one.merged_by for one in mergers if one.merged_by})
    context = {
        "page": page,
        "claimed": keeping_queries.claimed_among(ids),
        "mergers": [(one, names.get(str(one.merged_by), "")) for one in mergers],
    }
    return render(request, "organisations/staff/duplicates.html", context)


@require_POST
@members_only(roles.KEEP_STAFF)
def merge(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    kept_id, absorbed_id = _number(request, "keep"), _number(request, "other")
    try:
        made = merge_people(
            actor=Actor.of(request.user),
            organisation=organisation,
            kept_id=kept_id,
            absorbed_id=absorbed_id,
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{made.kept.technician} is one person now. You can undo it.")
    return redirect("organisations:staff_duplicates", organisation.slug)


@require_POST
@members_only(roles.KEEP_STAFF)
def apart(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    try:
        tell_apart(
            actor=Actor.of(request.user),
            organisation=organisation,
            one_id=_number(request, "keep"),
            other_id=_number(request, "other"),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "They are two people. This pair is not shown again.")
    return redirect("organisations:staff_duplicates", organisation.slug)


@require_POST
@members_only(roles.KEEP_STAFF)
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = request.seat.organisation
    merger = get_object_or_404(Merger, organisation=organisation, pk=pk)
    try:
        undo_merger(actor=Actor.of(request.user), merger=merger)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "They are two people again.")
    return redirect("organisations:staff_duplicates", organisation.slug)


def _number(request: MemberRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
