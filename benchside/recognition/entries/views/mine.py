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
from benchside.recognition.entries.forms import AskHidingForm, AskShowingForm, ShownForm
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
    do, data = request.POST.get("do", ""), request.POST if request.method == "POST" else None
    is_asking = do in {AskHidingForm.verb, AskShowingForm.verb}
    wants_shown = do == AskShowingForm.verb if is_asking else entry.is_hidden
    form = ShownForm(None if is_asking else data, entry=entry)
    asking = (AskShowingForm if wants_shown else AskHidingForm)(data if is_asking else None)
    sent = asking if is_asking else form
    if request.method == "POST" and _done(request, entry, sent):
        return redirect("recognition:my_shown", number)
    context = {
        "entry": entry,
        "register": entry.register,
        "form": form,
        "asking": asking,
        "tried": sent,
        "sheet": sheet_of(entry),
        "request_open": queries.open_request(entry),
        "answered": entry.hiding_requests.exclude(state="open").first(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "recognition/entries/shown.html", context, status=status)


def _done(
    request: SignedInRequest, entry: Entry, sent: ShownForm | AskHidingForm | AskShowingForm
) -> bool:
    """Whether what was sent could be done; if not, the form says why."""
    actor, said = Actor.of(request.user), "It is so from this second on."
    if not sent.is_valid():
        return False
    try:
        if isinstance(sent, ShownForm):
            actions.choose_shown(actor=actor, entry=entry, **sent.chosen)
        else:
            ask = actions.ask_hiding if isinstance(sent, AskHidingForm) else actions.ask_showing
            ask(actor=actor, entry=entry, words=sent.cleaned_data["words"])
            said = "The registrar has your words. The answer comes here, and a letter says so."
    except Refused as refused:
        sent.add_error(None, str(refused))
        return False
    messages.success(request, said)
    return True
