"""One activity: its words, what shows it, doing it again, taking it out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core import vault
from benchside.core.actions import Refused
from benchside.people.cpd import actions, forms, queries
from benchside.people.cpd.views import TAKING, LogRequest, own_log, sheet
from benchside.people.models import CpdActivity


def _mine(request: LogRequest, key: UUID) -> CpdActivity:
    found = get_object_or_404(queries.log(request.technician), key=key)
    found.technician = request.technician
    return found


@require_http_methods(TAKING)
@own_log
def one(request: LogRequest, key: UUID) -> HttpResponseBase:
    mine = _mine(request, key)
    if request.method == "POST":
        return sheet.keep(request, mine, asked="form")
    return sheet.show(request, mine)


@require_POST
@own_log
def add_file(request: LogRequest, key: UUID) -> HttpResponseBase:
    """The button of a file or of a photograph, in the form of the words."""
    asked = "photo_form" if request.POST.get("add") == "photo" else "file_form"
    return sheet.keep(request, _mine(request, key), asked=asked)


@require_POST
@own_log
def add_link(request: LogRequest, key: UUID) -> HttpResponseBase:
    return sheet.keep(request, _mine(request, key), asked="link_form")


@require_safe
@own_log
def file(request: LogRequest, key: UUID, pk: int) -> HttpResponse:
    """One's own file: always to be kept, never opened within the site."""
    shown = get_object_or_404(_mine(request, key).evidence.exclude(file=""), pk=pk)
    try:
        data = vault.get(shown.file, shown.file_digest)
    except vault.Damaged as damaged:
        raise Http404 from damaged
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, shown.file_name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@own_log
def remove_evidence(request: LogRequest, key: UUID, pk: int) -> HttpResponseBase:
    """Take it out. What was typed beside it is kept first."""
    mine = _mine(request, key)
    shown = get_object_or_404(mine.evidence.all(), pk=pk)
    if refusal := sheet.refusal(request, mine):
        return refusal
    shown.activity = mine
    actions.remove_evidence(actor=request.actor, evidence=shown)
    messages.success(request, "It is taken out.")
    return redirect(mine)


@require_POST
@own_log
def again(request: LogRequest, key: UUID) -> HttpResponseBase:
    """The same once more, or at a pace. What was typed beside it is kept first, and copied too."""
    mine = _mine(request, key)
    form = forms.Again(request.POST, auto_id="again_%s")
    if refusal := sheet.refusal(request, mine, again_form=form):
        return refusal
    if form.is_valid():
        try:
            made = actions.do_again(actor=request.actor, activity=mine, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if len(made) == 1:
                messages.success(request, "This is the copy. Say what was new this time.")
                return redirect(made[0])
            messages.success(request, f"It is in your log {len(made)} more times.")
            return redirect("people:cpd")
    return sheet.show(request, mine, again_form=form)


@require_POST
@own_log
def mark_done(request: LogRequest, key: UUID) -> HttpResponseBase:
    """A plan that came true: on its day, or today if that is still to come. What was typed beside
    it is kept first."""
    mine = _mine(request, key)
    if refusal := sheet.refusal(request, mine):
        return refusal
    today = timezone.localdate()
    values: dict[str, Any] = {"is_done": True}
    if mine.ends > today:
        values |= {"begins": min(mine.begins, today), "ends": today}
    actions.change_activity(actor=request.actor, activity=mine, values=values)
    messages.success(request, "Done." if mine.learned else "Done. What did you learn?")
    return redirect(mine)


@require_http_methods(TAKING)
@own_log
def delete(request: LogRequest, key: UUID) -> HttpResponseBase:
    """Asked once more, then gone."""
    mine = _mine(request, key)
    if request.method == "POST":
        actions.delete_activity(actor=request.actor, activity=mine)
        messages.success(request, "It is deleted.")
        return redirect("people:cpd")
    context = {"here": "log", "activity": mine, "evidence": mine.evidence.count()}
    return render(request, "people/cpd/delete.html", context)
