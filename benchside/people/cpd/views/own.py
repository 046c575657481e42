"""What somebody decides about their log: reminders, time away, what they share."""

from uuid import UUID

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.people.cpd import actions, forms, reminding
from benchside.people.cpd.views import TAKING, LogRequest, own_log, status_of
from benchside.people.models import CpdLog, CpdShare, Technician


@require_http_methods(TAKING)
@own_log
def settings(request: LogRequest) -> HttpResponseBase:
    """Reminders, and time away from work."""
    form = forms.Away(request.POST or None, technician=request.technician)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_break(
                actor=request.actor, technician=request.technician, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is kept: nothing is asked of you for those days.")
            return redirect("people:cpd_settings")
    kept = CpdLog.objects.filter(technician=request.technician).first()
    context = {
        "here": "settings",
        "form": form,
        "reminds": kept is None or kept.reminds,
        "breaks": request.technician.cpd_breaks.all(),
        "quiet_days": reminding.QUIET_DAYS,
    }
    return render(request, "people/cpd/settings.html", context, status=status_of(form))


@require_POST
@own_log
def remind(request: LogRequest) -> HttpResponseBase:
    reminds = request.POST.get("remind") == "yes"
    actions.remind(actor=request.actor, technician=request.technician, reminds=reminds)
    said = "You have a letter when your log is quiet." if reminds else "No more reminders."
    messages.success(request, said)
    return redirect("people:cpd_settings")


@require_POST
@own_log
def end_break(request: LogRequest, pk: int) -> HttpResponseBase:
    away = get_object_or_404(request.technician.cpd_breaks.all(), pk=pk)
    away.technician = request.technician
    actions.end_break(actor=request.actor, away=away)
    messages.success(request, "It is taken out.")
    return redirect("people:cpd_settings")


# --- shared ---------------------------------------------------------------------------------------
@require_safe
@own_log
def shares(request: LogRequest) -> HttpResponse:
    found = CpdShare.objects.filter(technician=request.technician).defer("content")
    context = {"here": "shares", "shares": found, "today": timezone.localdate()}
    return render(request, "people/cpd/shares.html", context)


@require_POST
@own_log
def revoke(request: LogRequest, key: UUID) -> HttpResponseBase:
    share = get_object_or_404(CpdShare, technician=request.technician, key=key)
    share.technician = request.technician
    try:
        actions.revoke_share(actor=request.actor, share=share)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{share.with_whom} can no longer read it.")
    return redirect("people:cpd_shares")


# --- a letter's link ------------------------------------------------------------------------------
@csrf_exempt  # the link itself is the key, and all it does is stop letters
@never_cache
@require_http_methods(TAKING)
def quiet(request: HttpRequest, token: str) -> HttpResponse:
    """One press on a letter's link, signed in or not: no more reminders. A mail program that opens
    links by itself changes nothing."""
    try:
        technician = Technician.objects.get(pk=reminding.opened(token))
    except (BadSignature, Technician.DoesNotExist) as error:
        raise Http404 from error
    if request.method == "POST":
        holder = Actor.holding_link(scope=f"cpd-reminders:{technician.pk}")
        actions.remind(actor=holder, technician=technician, reminds=False)
    return render(request, "people/cpd/quiet.html", {"is_off": request.method == "POST"})
