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
from benchside.people.cpd.views import TAKING, LogRequest, own_log, status_of
from benchside.people.models import CpdActivity


def _mine(request: LogRequest, key: UUID) -> CpdActivity:
    found = get_object_or_404(queries.log(request.technician), key=key)
    found.technician = request.technician
    return found


@require_http_methods(TAKING)
@own_log
def one(request: LogRequest, key: UUID) -> HttpResponseBase:
    mine = _mine(request, key)
    form = forms.Whole(request.POST or None, instance=_mine(request, key))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_activity(actor=request.actor, activity=mine, values=form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is kept.")
            return redirect(mine)
    return _sheet(request, mine, form=form)


def _sheet(request: LogRequest, mine: CpdActivity, **given: Any) -> HttpResponse:
    """The whole page; `given` is the form that was sent, among the others as they begin."""
    said = next(iter(given.values()))
    context = {
        "here": "log",
        "activity": mine,
        "evidence": mine.evidence.all(),
        "form": forms.Whole(instance=mine),
        "file_form": forms.ShowFile(auto_id="file_%s"),
        "link_form": forms.ShowLink(auto_id="link_%s"),
        "again_form": forms.Again(auto_id="again_%s"),
        "sent": said,
        **given,
    }
    return render(request, "people/cpd/one.html", context, status=status_of(said))


@require_POST
@own_log
def add_file(request: LogRequest, key: UUID) -> HttpResponseBase:
    mine = _mine(request, key)
    form = forms.ShowFile(request.POST, request.FILES, auto_id="file_%s")
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.add_file(
                actor=request.actor,
                activity=mine,
                name=file.name,
                data=file.read(),
                title=form.cleaned_data["title"],
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "The file is kept. Nobody sees it but you.")
            return redirect(mine)
    return _sheet(request, mine, file_form=form)


@require_POST
@own_log
def add_link(request: LogRequest, key: UUID) -> HttpResponseBase:
    mine = _mine(request, key)
    form = forms.ShowLink(request.POST, auto_id="link_%s")
    if form.is_valid():
        try:
            actions.add_link(actor=request.actor, activity=mine, **form.cleaned_data)
        except Refused as refused:
            form.add_error("url", str(refused))
        else:
            messages.success(request, "The link is kept.")
            return redirect(mine)
    return _sheet(request, mine, link_form=form)


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
    mine = _mine(request, key)
    shown = get_object_or_404(mine.evidence.all(), pk=pk)
    shown.activity = mine
    actions.remove_evidence(actor=request.actor, evidence=shown)
    messages.success(request, "It is taken out.")
    return redirect(mine)


@require_POST
@own_log
def again(request: LogRequest, key: UUID) -> HttpResponseBase:
    """The same once more, or at a pace."""
    mine = _mine(request, key)
    form = forms.Again(request.POST, auto_id="again_%s")
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
    return _sheet(request, mine, again_form=form)


@require_POST
@own_log
def mark_done(request: LogRequest, key: UUID) -> HttpResponseBase:
    """A plan that came true: on its day, or today if that is still to come."""
    mine = _mine(request, key)
    today = timezone.localdate()
    values: dict[str, Any] = {"is_done": True}
    if mine.ends > today:
        values |= {"begins": min(mine.begins, today), "ends": today}
    actions.change_activity(actor=request.actor, activity=mine, values=values)
    messages.success(request, "Done. What did you learn?")
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
