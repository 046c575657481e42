"""Bringing a spreadsheet or a calendar in: read, looked at, and only then written."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core import imports
from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.core.models import ImportRun, RunState
from benchside.core.templatetags.sheet import bare
from benchside.people.cpd import actions, forms, queries, table
from benchside.people.cpd.actions.bringing import is_again, runs_of, unread_of, unread_words
from benchside.people.cpd.importing import CALENDAR, DAYS, NUMBERS
from benchside.people.cpd.keeping import IMPORTERS
from benchside.people.cpd.views import TAKING, LogRequest, own_log, status_of
from benchside.people.enums import CpdCategory

TOLD = {
    "title": "Title", "category": "Kind", "begins": "From", "ends": "Until",
    "did": "What I did", "learned": "What I learned", "helped_me": "How it helped my work",
    "helped_users": "How it helped others", "hours": "Hours", "points": "Points",
    "is_done": "Done",
}  # fmt: skip
EXAMPLE = [
    "A made-up day about lasers", "Formal or educational", "2027-03-04", "", "Half a day, by the "
    "made-up institute.", "", "", "", "3.5", "", "yes",
]  # fmt: skip


@require_http_methods(TAKING)
@own_log
def bring_in(request: LogRequest) -> HttpResponseBase:
    """Two doors: a spreadsheet, and a calendar."""
    kind = request.POST.get("kind", "")
    is_sent = request.method == "POST"
    both = {
        "table": forms.TableFile(
            *_given(request, is_sent and kind != "calendar"), auto_id="table_%s"
        ),
        "calendar": forms.CalendarFile(
            *_given(request, is_sent and kind == "calendar"), auto_id="calendar_%s"
        ),
    }
    sent = both["calendar" if kind == "calendar" else "table"]
    if is_sent and sent.is_valid():
        try:
            run = _preview(request, sent.cleaned_data)
        except Refused as refused:
            sent.add_error("file", str(refused))
        else:
            return redirect("people:cpd_run", run.pk)
    context = {"here": "bring", **both, "sent": sent, "runs": runs_of(request.technician)}
    return render(request, "people/cpd/bring_in.html", context, status=status_of(sent))


def _given(request: LogRequest, is_sent: bool) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if is_sent else ()


def _preview(request: LogRequest, said: dict[str, Any]) -> ImportRun:
    data, name = said["file"].read(), said["file"].name
    whose: dict[str, Any] = {"actor": request.actor, "technician": request.technician}
    if "since" in said:
        return actions.preview_calendar(**whose, data=data, filename=name, since=said["since"])
    return actions.preview_table(**whose, data=data, filename=name)


def _run(request: LogRequest, pk: int) -> ImportRun:
    mine = ImportRun.objects.filter(importer__in=IMPORTERS, scope=str(request.technician.pk))
    return get_object_or_404(mine, pk=pk)


@require_safe
@own_log
def run(request: LogRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    context: dict[str, Any] = {
        "here": "bring",
        "run": found,
        "is_open": found.state == RunState.PREVIEWED,
        "is_applied": found.state == RunState.APPLIED,
    }
    if found.importer == CALENDAR.key:
        context |= {
            "events": _events(request, found),
            "unread": unread_words(unread_of(found)),
            "categories": CpdCategory.choices,
        }
        return render(request, "people/cpd/choose.html", context)
    context["changes"] = [_told(one) for one in found.difference if one["kind"] != "same"]
    context["asked"] = sum(bool(one["instead"]) for one in context["changes"])
    return render(request, "people/cpd/preview.html", context)


def _told(change: dict[str, Any]) -> dict[str, Any]:
    """One line of the preview, in words."""
    there = change["fields"] or change["kept"]
    return {
        **change,
        "fields": [(TOLD[name], _shown(name, both)) for name, both in change["fields"].items()],
        "kept": [(name, TOLD[name], _shown(name, both)) for name, both in change["kept"].items()],
        "day": table.day_of((change["said"] or {}).get("begins", "")),
        "is_again": is_again(change),
        "title": (change["said"] or {}).get("title", change["key"]),
        "is_whole": bool(change["instead"]) or not there,
    }


def _shown(name: str, both: dict[str, Any]) -> dict[str, Any]:
    return {when: _value(name, value) for when, value in both.items()}


def _value(name: str, value: Any) -> str:
    if name == "category" and value:
        return str(CpdCategory(value).label)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in NUMBERS:
        return bare(value)
    if name in DAYS and (day := table.day_of(value or "")):
        return f"{day:%-d %b %Y}"
    return "" if value is None else str(value)


def _events(request: LogRequest, found: ImportRun) -> list[dict[str, Any]]:
    """The events to choose from, newest first, one that comes again as one choice with its days;
    what looks as if it were in the log says so."""
    there = {
        table.key_of(begins, title)
        for begins, title in queries.log(request.technician).values_list("begins", "title")
    }
    events = [{"place": place, **one["said"]} for place, one in enumerate(found.changes("added"))]
    series: dict[int, list[dict[str, Any]]] = {}
    for one, lead in zip(events, _leads(found), strict=True):
        begins = table.day_of(one["begins"])
        one["begins"], one["ends"] = begins, table.day_of(one["ends"])
        one["is_there"] = begins is not None and table.key_of(begins, one["title"]) in there
        series.setdefault(lead, []).append(one)
    choices = [_choice(some) for some in series.values()]
    return sorted(choices, key=lambda one: (one["begins"], one["title"]), reverse=True)


def _choice(some: list[dict[str, Any]]) -> dict[str, Any]:
    """What is ticked at once: one event, or one that comes again with all its days."""
    lead = some[0]
    if len(some) == 1:
        return lead
    times = sorted(some, key=lambda one: one["begins"])
    return lead | {"times": times, "begins": times[0]["begins"], "ends": times[-1]["ends"]}


def _leads(found: ImportRun) -> list[int]:
    """For each event the place of the first of its series, which for most is its own."""
    leads: dict[str, int] = {}
    return [
        leads.setdefault(one["key"].rsplit("#", 1)[0] if "#" in one["key"] else one["key"], place)
        for place, one in enumerate(found.changes("added"))
    ]


@require_POST
@own_log
def decide(request: LogRequest, pk: int) -> HttpResponseBase:
    """Bring it in, leave it, or undo it: the button says which."""
    found = _run(request, pk)
    verb = request.POST.get("do", "apply")
    try:
        if verb == "leave":
            imports.discard(actor=request.actor, run=found)
            messages.success(request, "Nothing was brought in.")
            return redirect("people:cpd_bring_in")
        if verb == "undo":
            imports.undo(actor=request.actor, run=found)
            messages.success(request, "It is undone. Your log is as it was before.")
            return redirect("people:cpd_run", found.pk)
        _apply(request, found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people:cpd_run", found.pk)
    messages.success(request, "It is in your log. You can undo it for 30 days.")
    return redirect("people:cpd_run", found.pk)


def _apply(request: LogRequest, found: ImportRun) -> None:
    whose: dict[str, Any] = {"actor": request.actor, "technician": request.technician, "run": found}
    if found.importer != CALENDAR.key:
        actions.bring_in(**whose, take=request.POST.getlist("take"))
        return
    said = request.POST
    leads = _leads(found)
    chosen = {}
    for place, one in enumerate(found.changes("added")):
        # A day of a series is of the kind that stands beside the series.
        kind = said.get(f"kind-{place}") or said.get(f"kind-{leads[place]}")
        ticked = str(place) in said.getlist("event") or str(leads[place]) in said.getlist("series")
        if ticked and kind in CpdCategory.values:
            chosen[one["key"]] = kind
    actions.bring_events(**whose, chosen=chosen)


@require_safe
@own_log
def template(request: LogRequest) -> HttpResponse:
    """An empty table with our columns and one made-up line."""
    return csv_response("cpd-log-template.csv", table.COLUMNS, [EXAMPLE])
