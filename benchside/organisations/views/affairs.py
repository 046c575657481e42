"""An organisation's own affairs: invitations, hand-over, details, what was done."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.core.registries import belongings
from benchside.organisations import actions, queries, roles
from benchside.organisations.enums import MemberRole
from benchside.organisations.forms import Details, HandOver, Invite
from benchside.organisations.models import RoleInvitation, Unit
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.wording import GROUPS

A_PAGE = 50


# --- invitations ----------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.INVITE)
def invitations(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    offered = [
        role
        for role in MemberRole
        if role != MemberRole.LEAD or request.seat.may(roles.INVITE_LEAD)
    ]
    form = Invite(
        request.POST or None,
        roles=offered,
        lines=queries.unit_lines(organisation),
        initial={"role": request.GET.get("role", MemberRole.DEPUTY)},
    )
    if request.method == "POST" and form.is_valid() and _invite(request, form):
        return redirect("organisations:invitations", organisation.slug)
    page = Paginator(queries.invitations(organisation), A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    status = 422 if form.errors else 200
    return render(request, "organisations/invitations.html", context, status=status)


def _invite(request: MemberRequest, form: Invite) -> bool:
    organisation, asked = request.seat.organisation, form.cleaned_data
    unit = None
    if asked["unit"] is not None:
        unit = get_object_or_404(Unit.objects.open(), organisation=organisation, pk=asked["unit"])
    try:
        actions.invite(
            actor=Actor.of(request.user),
            sender=request.user,
            organisation=organisation,
            email=asked["email"],
            role=asked["role"],
            unit=unit,
        )
    except Refused as refused:
        form.add_error("unit" if "unit" in str(refused) else "email", str(refused))
        return False
    messages.success(request, f"The invitation to {asked['email']} is on its way.")
    return True


@require_POST
@members_only(roles.INVITE)
def resend(request: MemberRequest, pk: int) -> HttpResponse:
    return _then_back(
        request,
        lambda: actions.resend(actor=Actor.of(request.user), asked=_asked(request, pk)),
        "It is sent again. The link sent before works no longer.",
    )


@require_POST
@members_only(roles.INVITE)
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    return _then_back(
        request,
        lambda: actions.revoke(actor=Actor.of(request.user), asked=_asked(request, pk)),
        "The invitation is taken back. Its link works no longer.",
    )


def _then_back(request: MemberRequest, do: Any, said: str) -> HttpResponse:
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("organisations:invitations", request.seat.organisation.slug)


def _asked(request: MemberRequest, pk: int) -> RoleInvitation:
    return get_object_or_404(queries.invitations(request.seat.organisation), pk=pk)


# --- hand-over ------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.HAND_OVER)
def hand_over(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    givers = queries.leads_of(organisation)
    takers = queries.members_who_sign_in(organisation)
    chosen = {"giver": request.user.pk}
    form = HandOver(request.POST or None, givers=givers, takers=takers, initial=chosen)
    if request.method == "POST" and form.is_valid():
        giver, taker = _person(givers, form, "giver"), _person(takers, form, "taker")
        try:
            actions.hand_over(
                actor=Actor.of(request.user), organisation=organisation, giver=giver, taker=taker
            )
        except Refused as refused:
            form.add_error("taker", str(refused))
        else:
            messages.success(
                request,
                f"{taker.get_full_name()} is lead of {organisation.name} now. "
                f"What {giver.get_full_name()} did stays under their name.",
            )
            if giver == request.user:
                return redirect("workspace:my")
            return redirect("organisations:people", organisation.slug)
    context = {
        "form": form,
        "can_choose": len(takers) > 1,
        "owned": [
            (lead, [(one.title, one.count(organisation.pk, lead.person_id)) for one in belongings])
            for lead in givers
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/hand_over.html", context, status=status)


def _person(people: list[User], form: HandOver, name: str) -> User:
    return next(one for one in people if one.pk == form.cleaned_data[name])


# --- details and history --------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def details(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    may_change = request.seat.may(roles.CHANGE_DETAILS)
    # The form writes into what it is given; the page behind it shows what is kept.
    kept = queries.seat(request.user, organisation.slug).organisation
    form = Details(request.POST or None, instance=kept) if may_change else None
    if request.method == "POST" and (form is None or form.is_valid()):
        actions.change_details(
            actor=Actor.of(request.user),
            organisation=organisation,
            details=form.cleaned_data if form else {},
        )
        messages.success(request, "The details are changed.")
        return redirect("organisations:details", organisation.slug)
    status = 422 if form and form.errors else 200
    return render(request, "organisations/details.html", {"form": form}, status=status)


@require_safe
@members_only(roles.SEE_AUDIT)
def audit(request: MemberRequest) -> HttpResponse:
    """What was done here; narrowed by what it was about, and by whom."""
    organisation = request.seat.organisation
    people = queries.who_acted(organisation)
    group, by = request.GET.get("about", ""), request.GET.get("by", "")
    chosen_by = by if by in dict(people) else ""
    found = queries.events_of(organisation, group=group, by=UUID(chosen_by) if chosen_by else None)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": queries.history(page.object_list, organisation),
        "groups": GROUPS.items(),
        "people": people,
        "group": group if group in GROUPS else "",
        "by": chosen_by,
    }
    return render(request, "organisations/audit.html", context)
