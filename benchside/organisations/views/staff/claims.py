"""Whose record is claimed, who was asked, whom to ask."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from benchside.core.actions import Actor, Refused
from benchside.organisations import roles, staff_queries
from benchside.organisations.actions.claims import (
    invite_all_to_claim,
    invite_to_claim,
    resend_claim,
    revoke_claim,
)
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of
from benchside.people.models import ClaimInvitation

A_PAGE = 50
COLUMNS = [("name", "Name"), ("title", "Job title"), ("unit", "Unit")]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_STAFF)
def claims(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    if request.method == "POST":
        return _do(request)
    sort, state = request.GET.get("sort", "name"), request.GET.get("state", "")
    found = staff_queries.claims(request.seat, sort=sort, state=state, words=words_of(request))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "columns": sorting(request, COLUMNS, sort),
        "words": words_of(request),
        "state": state,
        "states": staff_queries.CLAIM_STATES,
        "counts": staff_queries.claim_counts(organisation),
        "to_invite": staff_queries.to_invite(organisation).count(),
    }
    return render(request, "organisations/staff/claims.html", context)


def _do(request: MemberRequest) -> HttpResponse:
    """One button: write to all, to one; once more; take back."""
    seat, actor = request.seat, Actor.of(request.user)
    verb, _, pk = request.POST.get("do", "").partition(":")
    here = reverse("organisations:staff_claims", args=[seat.organisation.slug])
    try:
        if verb == "all":
            watched = invite_all_to_claim(
                actor=actor, sender=request.user, organisation=seat.organisation, then=here
            )
            return redirect(watched)
        _one(request, actor, verb, int(pk) if pk.isascii() and pk.isdecimal() else 0)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{here}?{request.GET.urlencode()}")


def _one(request: MemberRequest, actor: Actor, verb: str, pk: int) -> None:
    organisation = request.seat.organisation
    if verb == "invite":
        known = staff_queries.visible_staff(request.seat).select_related("technician")
        one = get_object_or_404(known.select_related("organisation", "technician"), pk=pk)
        invite_to_claim(actor=actor, sender=request.user, employment=one)
        messages.success(request, f"The letter to {one.technician} is on its way.")
        return
    acts: dict[str, Any] = {"resend": resend_claim, "revoke": revoke_claim}
    if verb not in acts:
        raise Refused("Nothing was done.", "Press one of the buttons.")
    of_here = staff_queries.visible_staff(request.seat).values("technician")
    asked = get_object_or_404(ClaimInvitation, pk=pk, technician__in=of_here)
    acts[verb](actor=actor, organisation=organisation, asked=asked)
    messages.success(request, "It is sent again." if verb == "resend" else "It is taken back.")
