"""`/my/registrations/<number>/shown/`: what a person lets everybody see of their entry."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.people.queries import technician_of
from benchside.recognition.entries import actions, queries
from benchside.recognition.entries.forms import AskHidingForm, ShownForm
from benchside.recognition.entries.publishing import sheet_of
from benchside.recognition.models import Entry


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shown(request: SignedInRequest, number: str) -> HttpResponse:
    technician = technician_of(request.user)
    entry = queries.entry_of(technician, number) if technician else None
    if entry is None:
        raise Http404
    is_asking = request.POST.get("do") == "hide"
    form = ShownForm(request.POST if _sent(request) and not is_asking else None, entry=entry)
    asking = AskHidingForm(request.POST if is_asking else None)
    if request.method == "POST" and _done(request, entry, form, asking, is_asking=is_asking):
        return redirect("recognition:my_shown", number)
    context = {
        "entry": entry,
        "register": entry.register,
        "form": form,
        "asking": asking,
        "tried": asking if is_asking else form,
        "sheet": sheet_of(entry),
        "request_open": queries.open_request(entry),
        "answered": entry.hiding_requests.exclude(state="open").first(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "recognition/entries/shown.html", context, status=status)


def _sent(request: SignedInRequest) -> bool:
    return request.method == "POST"


def _done(
    request: SignedInRequest,
    entry: Entry,
    form: ShownForm,
    asking: AskHidingForm,
    *,
    is_asking: bool,
) -> bool:
    """Whether what was sent could be done; if not, the form says why."""
    actor, tried = Actor.of(request.user), asking if is_asking else form
    if not tried.is_valid():
        return False
    try:
        if is_asking:
            actions.ask_hiding(actor=actor, entry=entry, words=asking.cleaned_data["words"])
            messages.success(request, "The registrar has your words. The answer comes here.")
        else:
            actions.choose_shown(actor=actor, entry=entry, **form.chosen)
            messages.success(request, "It is so from this second on.")
    except Refused as refused:
        tried.add_error(None, str(refused))
        return False
    return True
