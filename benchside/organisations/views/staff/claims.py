"""Whose record is claimed, who was asked, whom to ask."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.models import invitation_end
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations import roles, staff_queries
from benchside.organisations.actions.claims import (
    invite_all_to_claim,
    invite_some_to_claim,
    invite_to_claim,
    print_codes,
    resend_claim,
    revoke_claim,
)
from benchside.organisations.actions.staff_exports import note_export
from benchside.organisations.models import Employment
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of
from benchside.people.enums import ClaimAnswer
from benchside.people.models import ClaimInvitation

A_PAGE = 50
MOST_PICKED = 200
COLUMNS = [("name", "Name"), ("title", "Job title"), ("unit", "Unit")]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_STAFF)
def claims(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    if request.method == "POST":
        return _do(request)
    sort, state = request.GET.get("sort", "name"), request.GET.get("state", "")
    page = Paginator(_chosen(request), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "columns": sorting(request, COLUMNS, sort),
        "words": words_of(request),
        "state": state,
        "states": staff_queries.CLAIM_STATES,
        "claim_address": _claim_address(),
        "kept": request.GET.urlencode(),
        "counts": staff_queries.claim_counts(organisation),
        "to_invite": staff_queries.to_invite(organisation).count(),
    }
    return render(request, "organisations/staff/claims.html", context)


@require_safe
@members_only(roles.KEEP_STAFF)
def claims_csv(request: MemberRequest) -> HttpResponse:
    """The list as chosen, all its pages; that it was taken is written down."""
    organisation = request.seat.organisation
    note_export(actor=Actor.of(request.user), organisation=organisation, what="claims")
    labels, answers = dict(staff_queries.CLAIM_STATES), dict(ClaimAnswer.choices)
    found = _chosen(request).values_list(
        "staff_number", "technician__name", "title", "unit_name", "claim_state", "letter_until",
        "answer",
    )  # fmt: skip
    rows = (
        (*who, labels[state], timezone.localdate(until) if state in {"asked", "on-paper"} else "",
         answers.get(answer, "") if state == "declined" else "")
        for *who, state, until, answer in found.iterator(chunk_size=2_000)
    )  # fmt: skip
    header = ["Staff number", "Name", "Job title", "Unit", "Stands", "Letter good until", "Answer"]
    return csv_response(f"{organisation.slug}-claimed-records.csv", header, rows)


@require_POST
@never_cache
@members_only(roles.KEEP_STAFF)
def claim_sheets(request: MemberRequest) -> HttpResponse:
    """Sheets to print, one a person, for those ticked. The answer is the only place that ever has
    the codes: opened again, the page has to be asked for anew, with new ones."""
    organisation, actor = request.seat.organisation, Actor.of(request.user)
    try:
        slips, refused = print_codes(
            actor=actor, sender=request.user, organisation=organisation,
            employments=_picked(request),
        )  # fmt: skip
    except Refused as why:
        messages.error(request, str(why))
        return redirect("organisations:staff_claims", organisation.slug)
    context = {
        "slips": slips,
        "refused": refused,
        "address": _claim_address(),
        "until": timezone.localdate(invitation_end()),
    }
    return render(request, "organisations/staff/claim_sheets.html", context)


def _claim_address() -> str:
    """As somebody types it from paper."""
    return f"{settings.BASE_URL}{reverse('claim:type_code')}".partition("//")[2]


def _chosen(request: MemberRequest) -> Any:
    """With columns of its own: `staff_queries.claims`."""
    sort, state = request.GET.get("sort", "name"), request.GET.get("state", "")
    return staff_queries.claims(request.seat, sort=sort, state=state, words=words_of(request))


def _do(request: MemberRequest) -> HttpResponse:
    """One button: write to all, to those ticked, to one; once more; take back."""
    seat, actor = request.seat, Actor.of(request.user)
    verb, _, pk = request.POST.get("do", "").partition(":")
    here = reverse("organisations:staff_claims", args=[seat.organisation.slug])
    try:
        if verb == "all":
            watched = invite_all_to_claim(
                actor=actor, sender=request.user, organisation=seat.organisation, then=here
            )
            return redirect(watched)
        if verb == "picked":
            return _write_to(request, actor, f"{here}?{request.GET.urlencode()}")
        _one(request, actor, verb, int(pk) if pk.isascii() and pk.isdecimal() else 0)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{here}?{request.GET.urlencode()}")


def _write_to(request: MemberRequest, actor: Actor, here: str) -> HttpResponse:
    """Whoever is ticked."""
    picked = _picked(request)
    sent, refused = invite_some_to_claim(actor=actor, sender=request.user, employments=picked)
    if sent:
        messages.success(request, f"{sent} letter{'' if sent == 1 else 's'} on the way.")
    for why in refused:
        messages.error(request, why)
    return redirect(here)


def _picked(request: MemberRequest) -> list[Employment]:
    """Those ticked, of the staff this person may see. Raises Refused for none."""
    numbers = [
        int(one) for one in request.POST.getlist("pick") if one.isascii() and one.isdecimal()
    ]
    known = staff_queries.visible_staff(request.seat).select_related("technician", "organisation")
    found = list(known.filter(pk__in=numbers).order_by("technician__name", "pk"))
    if not found:
        raise Refused("Nobody is ticked.", "Tick people first, then press the button.")
    return found


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
