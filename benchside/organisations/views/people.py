"""Who is what in an organisation: the list, its spreadsheet, ending a role."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations import actions, queries, roles, rules
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Membership
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 25
COLUMNS = [
    ("name", "Name"), ("role", "Role"), ("unit", "Unit"), ("start", "From"), ("end", "Until"),
]  # fmt: skip


@require_safe
@members_only(roles.SEE_PEOPLE)
def people(request: MemberRequest) -> HttpResponse:
    chosen = _chosen(request)
    found = queries.members(request.seat.organisation, **chosen)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    actor = Actor.of(request.user)
    context = {
        "page": page,
        "chosen": chosen,
        "columns": sorting(request, COLUMNS, chosen["sort"]),
        "roles": MemberRole.choices,
        "rows": [(one, _may_end(actor, request, one)) for one in page],
        "kept": request.GET.urlencode(),
        "may_invite": request.seat.may(roles.INVITE),
    }
    return render(request, "organisations/people.html", context)


@require_safe
@members_only(roles.SEE_PEOPLE)
def people_csv(request: MemberRequest) -> HttpResponse:
    """The list as chosen, all its pages. No address: a file leaves the workspace."""
    organisation = request.seat.organisation
    found = queries.members(organisation, **_chosen(request))
    rows = (
        (
            one.user.get_full_name(),
            one.get_role_display(),
            one.unit.name if one.unit else "",
            one.started_on.isoformat(),
            one.ended_on.isoformat() if one.ended_on else "",
        )
        for one in found
    )
    header = [title for _, title in COLUMNS]
    return csv_response(f"{organisation.slug}-people.csv", header, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once more; then end it."""
    organisation = request.seat.organisation
    one = get_object_or_404(
        Membership.objects.select_related("user", "unit").filter(organisation=organisation), pk=pk
    )
    if request.method != "POST":
        return render(request, "organisations/end_role.html", {"one": one})
    try:
        actions.end_membership(actor=Actor.of(request.user), membership=one)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{one.user.get_full_name()}: the role has ended today.")
    if one.user_id == request.user.pk and not _is_still_here(request):
        return redirect("workspace:my")
    return redirect("organisations:people", organisation.slug)


def _is_still_here(request: MemberRequest) -> bool:
    organisation = request.seat.organisation
    return Membership.objects.live().filter(organisation=organisation, user=request.user).exists()


def _chosen(request: MemberRequest) -> dict[str, Any]:
    asked = request.GET
    sort = asked.get("sort", "name")
    role = asked.get("role", "")
    return {
        "sort": sort if sort.removeprefix("-") in queries.SORTS else "name",
        "role": role if role in MemberRole.values else "",
        "ended": asked.get("ended") == "yes",
        "words": words_of(request),
    }


def _may_end(actor: Actor, request: MemberRequest, one: Membership) -> bool:
    """Whether to show the button; the action decides."""
    if not one.is_live:
        return False
    right = roles.END_LEAD if one.role == MemberRole.LEAD else roles.END_MEMBERSHIP
    return request.seat.may(right) or rules.is_holder(actor, one)
