"""Your account: where it is open, what is held about you, and leaving."""

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from benchside.accounts import actions, queries, rules, second_factor
from benchside.accounts.forms import ERASE_WORD, Erase, Rename
from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.core.permissions import is_editor
from benchside.core.personal_data import erasing_waits_for, stays_after_erasing


@login_required
@require_GET
@never_cache
def overview(request: SignedInRequest) -> HttpResponse:
    actor = Actor.of(request.user)
    return render(
        request,
        "accounts/overview.html",
        {
            "authenticators": queries.authenticators_of(request.user),
            "sessions": queries.sessions_of(request.user),
            "address": queries.verified_address(request.user),
            "can_invite": rules.can_see_invitations(actor),
            "can_open_desk": is_editor(actor),
            "factor_missing": is_editor(actor) and second_factor.is_missing(request.user),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def name(request: SignedInRequest) -> HttpResponse:
    user = request.user
    form = Rename(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(actor=Actor.of(user), user=user, name=form.cleaned_data["name"])
        messages.success(request, "Your name is changed.")
        return redirect("accounts:overview")
    return render(request, "accounts/name.html", {"form": form})


# --- devices --------------------------------------------------------------------------------
@login_required
@require_GET
@never_cache
def devices(request: SignedInRequest) -> HttpResponse:
    return render(request, "accounts/devices.html", {"sessions": queries.sessions_of(request.user)})


@login_required
@require_POST
def end_device(request: SignedInRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    was_this_one = session.session_key == request.session.session_key
    actions.end_session(actor=Actor.of(request.user), user=request.user, session=session)
    if was_this_one:
        logout(request)
        return redirect("account_login")
    messages.success(request, "That device is signed out.")
    return redirect("accounts:devices")


@login_required
@require_POST
def end_other_devices(request: SignedInRequest) -> HttpResponse:
    actions.end_other_sessions(
        actor=Actor.of(request.user), user=request.user, keep=request.session.session_key or ""
    )
    messages.success(request, "All other devices are signed out.")
    return redirect("accounts:devices")


# --- what is held, and leaving ----------------------------------------------------------------
@login_required
@require_GET
@never_cache
def data(request: SignedInRequest) -> HttpResponse:
    return render(request, "accounts/data.html")


@login_required
@require_POST
@reauthentication_required
@never_cache
def export(request: SignedInRequest) -> HttpResponse:
    held = actions.export_data(actor=Actor.of(request.user), user=request.user)
    response = HttpResponse(
        json.dumps(held, indent=2, ensure_ascii=False, default=str),
        content_type="application/json; charset=utf-8",
    )
    filename = f"benchside-my-data-{timezone.localdate().isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
@reauthentication_required
@never_cache
def erase(request: SignedInRequest) -> HttpResponse:
    form = Erase(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_account(actor=Actor.of(request.user), user=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            logout(request)
            return redirect("accounts:erased")
    context: dict[str, Any] = {
        "form": form,
        "word": ERASE_WORD,
        "waits_for": erasing_waits_for(request.user.person_id),
        "stays": stays_after_erasing(request.user.person_id),
    }
    return render(request, "accounts/erase.html", context)


@require_GET
@never_cache
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/erased.html")


@login_required
@require_GET
@never_cache
def need_second_factor(request: SignedInRequest) -> HttpResponse:
    return render(request, "accounts/second_factor.html")


@require_GET
@never_cache
def demonstration_only(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/demonstration_only.html", status=403)
