"""Asking somebody in, and coming in."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from benchside.accounts import actions, queries, rules, second_factor, tokens
from benchside.accounts.adapter import HOLDS_CODE
from benchside.accounts.enums import Purpose
from benchside.accounts.forms import Invite, Join, TypeCode
from benchside.accounts.models import Invitation
from benchside.accounts.offers import NO, offer_of
from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused

CLAIM_CODE = "claim_code"  # its limit stands in ACCOUNT_RATE_LIMITS


@login_required
@second_factor.required
@require_http_methods(["GET", "POST"])
@never_cache
def invitations(request: SignedInRequest) -> HttpResponse:
    actor = Actor.of(request.user)
    if not rules.can_see_invitations(actor):
        raise PermissionDenied
    purposes = [purpose for purpose in Purpose if rules.can_invite_for(purpose)(actor)]
    form = Invite(request.POST or None, purposes=purposes)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(actor=actor, sender=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, "The invitation is on its way.")
            return redirect("accounts:invitations")
    sent = queries.invitations_seen_by(request.user)[:200]
    return render(request, "accounts/invitations.html", {"form": form, "invitations": sent})


@login_required
@second_factor.required
@require_POST
def resend(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.resend_invitation(actor=Actor.of(request.user), invitation=_seen(request, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is sent again. The link sent before works no longer.")
    return redirect("accounts:invitations")


@login_required
@second_factor.required
@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.revoke_invitation(actor=Actor.of(request.user), invitation=_seen(request, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The invitation is taken back. Its link works no longer.")
    return redirect("accounts:invitations")


def _seen(request: SignedInRequest, pk: int) -> Invitation:
    return get_object_or_404(queries.invitations_seen_by(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads: make the account, or accept with the one there is.

    A link that is unknown, used, taken back or run out gets one and the same answer.
    """
    if too_many_codes(request, token):
        return render(request, "accounts/too_many_codes.html", status=429)
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=410)
    if invitation.is_on_paper and not request.user.is_authenticated:
        request.session[HOLDS_CODE] = True
        return render(request, "accounts/join_on_paper.html", _said(invitation, token))
    if request.user.is_authenticated or queries.user_with_address(invitation.email):
        return _accept(request, invitation, token)
    form = Join(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.join_by_invitation(
                token=token,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password1"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return perform_login(request, user, email=user.email, redirect_url=_landing(invitation))
    return render(request, "accounts/join.html", _said(invitation, token, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def type_code(request: HttpRequest) -> HttpResponse:
    """Where a sheet of paper leads: its code is typed, and opens the page a letter's link opens."""
    form = TypeCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("accounts:join", form.cleaned_data["code"])
    status = 422 if form.errors else 200
    return render(request, "accounts/type_code.html", {"form": form}, status=status)


def too_many_codes(request: HttpRequest, token: str) -> bool:
    """Whether more codes were tried from here than people type. A letter's link is no guess."""
    if not tokens.read_code(token):
        return False
    limited = {"app": "allauth.account", "action": CLAIM_CODE, "limit_get": True}
    return ratelimit.consume(request, **limited) is None


@require_POST
@never_cache
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Say no to an invitation: for whoever holds the link, signed in or not."""
    if too_many_codes(request, token):
        return render(request, "accounts/too_many_codes.html", status=429)
    try:
        actions.decline_invitation(token=token, answer=request.POST.get("answer", ""))
    except Refused:
        return render(request, "accounts/invitation_gone.html", status=410)
    return render(request, "accounts/invitation_declined.html")


def _landing(invitation: Invitation) -> str:
    """Where the offer of a room leads; empty for a plain account."""
    offer = offer_of(invitation)
    return offer.landing(invitation.pk) if offer else ""


def _said(invitation: Invitation, token: str, **more: object) -> dict[str, object]:
    """What the page of a link needs, with what a room says of its offer."""
    offer = offer_of(invitation)
    return {
        "invitation": invitation,
        "token": token,
        "offer_page": offer.page if offer else "",
        "refusals": offer.refusals if offer else NO,
        **more,
    }


def _accept(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    error = ""
    if request.method == "POST" and request.user.is_authenticated:
        try:
            actions.accept_invitation(actor=Actor.of(request.user), user=request.user, token=token)
        except Refused as refused:
            error = str(refused)
        else:
            messages.success(request, "You accepted the invitation.")
            return redirect(_landing(invitation) or get_adapter().get_login_redirect_url(request))
    return render(request, "accounts/invitation_accept.html", _said(invitation, token, error=error))
