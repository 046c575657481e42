"""A file of equipment: read, shown as a difference, applied or left, taken back."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core import imports
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.core.models import ImportRun, RunState
from benchside.organisations import roles
from benchside.organisations.equipment import table
from benchside.organisations.equipment.files import EQUIPMENT_FILE, HEADER, EquipmentImporter
from benchside.organisations.equipment.forms import EquipmentFile
from benchside.organisations.views import MemberRequest, members_only

SHOWN, RUNS = 200, 20
COLUMN_OF = {field: column for column, field in table.FIELDS.items()}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_EQUIPMENT)
def bring_in(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    form = EquipmentFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = imports.preview(
                actor=Actor.of(request.user),
                importer=EquipmentImporter(organisation),
                data=file.read(),
                filename=file.name,
                scope=str(organisation.pk),
            )
        except imports.BadFile as bad:
            form.add_error("file", str(bad))
        else:
            return redirect("organisations:equipment_run", organisation.slug, run.pk)
    context = {"form": form, "runs": _runs(request).defer("difference", "problems")[:RUNS]}
    status = 422 if form.errors else 200
    return render(request, "organisations/equipment/bring_in.html", context, status=status)


@require_safe
@members_only(roles.KEEP_EQUIPMENT)
def template_csv(request: MemberRequest) -> HttpResponse:
    return csv_response("equipment-template.csv", [*HEADER, *table.HERE_ONLY], [])


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_EQUIPMENT)
def run(request: MemberRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(_runs(request), pk=pk)
    if request.method == "POST":
        _do(request, one)
        return redirect("organisations:equipment_run", request.seat.organisation.slug, pk)
    context = {
        "run": one,
        "added": one.changes("added")[:SHOWN],
        "changed": [_in_words(change, "fields") for change in one.changes("changed")[:SHOWN]],
        "kept": [
            _in_words(change, "kept")
            for change in one.difference
            if change["kept"] or change["instead"]
        ][:SHOWN],
        "problems": one.problems[:SHOWN],
        "shown": SHOWN,
        "is_waiting": one.state == RunState.PREVIEWED,
    }
    return render(request, "organisations/equipment/run.html", context)


def _do(request: MemberRequest, one: ImportRun) -> None:
    actor, verb = Actor.of(request.user), request.POST.get("verb", "")
    try:
        if verb == "apply":
            imports.apply(actor=actor, run=one, take=request.POST.getlist("take"))
            messages.success(request, "Brought in. You can take it back for thirty days.")
        elif verb == "discard":
            imports.discard(actor=actor, run=one)
            messages.success(request, "Left. Nothing was changed.")
        elif verb == "undo":
            imports.undo(actor=actor, run=one)
            messages.success(request, "Taken back. All is as it was before this file.")
        else:
            messages.error(request, "Nothing was done: press one of the buttons.")
    except Refused as refused:
        messages.error(request, str(refused))


def _in_words(change: dict[str, Any], fields: str) -> dict[str, Any]:
    """A change with its columns named as in the file: (mark, column, now, in the file)."""
    lines = [
        (f"{change['key']}/{name}", COLUMN_OF.get(name, name), one["before"], one["after"])
        for name, one in change[fields].items()
    ]
    return {"key": change["key"], "row": change["row"], "lines": lines, "whole": change["instead"]}


def _runs(request: MemberRequest) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(
        importer=EQUIPMENT_FILE.key, scope=str(request.seat.organisation.pk)
    )
