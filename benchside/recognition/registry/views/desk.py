"""The desk of a register: what waits, who assesses, how decisions come out."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from benchside.core.disclosure import Cell, ProtectedTable
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.registry import queries, queues, reports
from benchside.recognition.registry.outcomes import OUTCOMES
from benchside.recognition.registry.queues import Queue, Reader, Waiting
from benchside.recognition.registry.views import (
    DeskRequest,
    among,
    desk_only,
    page_of,
    registrars_only,
)

QUEUE_COLUMNS = [("title", "Who"), ("what", "What"), ("since", "Since"), ("due", "To be done by")]
ASSESSOR_COLUMNS = [("name", "Name"), ("load", "Reads now"), ("trained", "Trained"),
                    ("refresh", "Refresh by")]  # fmt: skip


@login_required
@never_cache
@require_safe
def desks(request: DeskRequest) -> HttpResponse:
    """The registers somebody has a desk for; straight to the only one."""
    found = queries.desks_of(request.user)
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("recognition:registry_desk", found[0].register.slug)
    return render(request, "recognition/registry/desks.html", {"desks": found})


@require_safe
@desk_only
def desk(request: DeskRequest) -> HttpResponse:
    """Every queue: how many wait, since when, how many are late."""
    found = queues.lines(request.desk)
    context = {
        "desk": request.desk,
        "register": request.desk.register,
        "here": "desk",
        "waiting": [one for one in found if one.count],
        "quiet": [one for one in found if not one.count],
        "late": sum(one.late for one in found),
        "entries": request.desk.entries().count(),
    }
    return render(request, "recognition/registry/desk.html", context)


@require_safe
@desk_only
def desk_csv(request: DeskRequest) -> HttpResponse:
    header = ("Queue", "How many", "Oldest, in days", "Late")
    rows = (
        (one.queue.title, one.count, "" if one.oldest is None else one.oldest, one.late)
        for one in queues.lines(request.desk)
    )
    return csv_response("desk.csv", header, rows)


def _queue(request: DeskRequest, key: str) -> Queue:
    found = next((one for one in queues.queues_of(request.desk) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _rows(request: DeskRequest, one: Queue) -> tuple[list[Waiting], dict[str, str]]:
    asked = {
        "words": words_of(request),
        "sort": request.GET.get("sort", "since"),
        "late": "yes" if request.GET.get("late") == "yes" else "",
    }
    key = asked["sort"].removeprefix("-")
    if key not in dict(QUEUE_COLUMNS):
        key = asked["sort"] = "since"
    today, wanted = timezone.localdate(), asked["words"].lower().split()
    found = [
        row
        for row in one.waiting(Reader(request.desk))
        if all(word in f"{row.title} {row.what}".lower() for word in wanted)
        and (not asked["late"] or row.is_late(today))
    ]
    found.sort(key=lambda row: _order(row, key), reverse=asked["sort"].startswith("-"))
    return found, asked


def _order(row: Waiting, key: str) -> Any:
    value = getattr(row, key)
    return (value is None, value if value is not None else row.since)


@require_safe
@desk_only
def queue(request: DeskRequest, queue: str) -> HttpResponse:
    one = _queue(request, queue)
    found, asked = _rows(request, one)
    page, today = page_of(request, found), timezone.localdate()
    context = {
        "register": request.desk.register,
        "queue": one,
        "page": page,
        "rows": [(row, row.days(today), row.is_late(today)) for row in page],
        "asked": asked,
        "columns": sorting(request, QUEUE_COLUMNS, asked["sort"]),
        "kept": request.GET.urlencode(),
        "is_narrowed": bool(asked["words"] or asked["late"]),
    }
    return render(request, "recognition/registry/queue.html", context)


@require_safe
@desk_only
def queue_csv(request: DeskRequest, queue: str) -> HttpResponse:
    one, today = _queue(request, queue), timezone.localdate()
    header = ("Who", "What", "Since", "Days", "To be done by", "Late")
    rows = (
        (row.title, row.what, row.since, row.days(today), row.due or "",
         "yes" if row.is_late(today) else "")
        for row in _rows(request, one)[0]
    )  # fmt: skip
    return csv_response("queue.csv", header, rows)


# --- assessors ----------------------------------------------------------------------------------
def _assessors(request: DeskRequest) -> tuple[list[reports.Assessor], dict[str, str]]:
    sort = request.GET.get("sort", "name")
    known = dict(ASSESSOR_COLUMNS)
    asked = {
        "words": words_of(request),
        "sort": sort if sort.removeprefix("-") in known else "name",
        "show": among(request.GET.get("show", ""), ("warned",)),
    }
    wanted = asked["words"].lower().split()
    found = [
        one
        for one in reports.assessors(request.desk.register)
        if all(word in one.reviewer.user.get_full_name().lower() for word in wanted)
        and (not asked["show"] or one.warnings)
    ]
    key = asked["sort"].removeprefix("-")
    found.sort(key=lambda one: _assessor_order(one, key), reverse=asked["sort"].startswith("-"))
    return found, asked


def _assessor_order(one: reports.Assessor, key: str) -> Any:
    match key:
        case "load":
            return one.load
        case "trained" | "refresh":
            day = one.reviewer.trained_on if key == "trained" else one.reviewer.refresh_by
            return (day is None, day.toordinal() if day else 0)
    return one.reviewer.user.get_full_name().lower()


@require_safe
@registrars_only
def assessors(request: DeskRequest) -> HttpResponse:
    found, asked = _assessors(request)
    context = {
        "register": request.desk.register,
        "here": "assessors",
        "page": page_of(request, found),
        "asked": asked,
        "columns": sorting(request, ASSESSOR_COLUMNS, asked["sort"]),
        "kept": request.GET.urlencode(),
        "is_narrowed": bool(asked["words"] or asked["show"]),
        "level": request.desk.register.rules.level,
    }
    return render(request, "recognition/registry/assessors.html", context)


@require_safe
@registrars_only
def assessors_csv(request: DeskRequest) -> HttpResponse:
    header = ("Name", "Reads now", "Takes", "Done", "Late", "Trained", "Refresh by",
              "Registered as", "To look at")  # fmt: skip
    rows = (
        (one.reviewer.user.get_full_name(), one.load, one.reviewer.most, one.done, one.late,
         one.reviewer.trained_on or "", one.reviewer.refresh_by or "", one.registered_as,
         "; ".join(one.warnings))
        for one in _assessors(request)[0]
    )  # fmt: skip
    return csv_response("assessors.csv", header, rows)


# --- outcomes -----------------------------------------------------------------------------------
def _shown(cell: Cell) -> str:
    return f"{cell.value:.0f}" if cell.value is not None else str(cell.reason)


def _table_rows(table: ProtectedTable) -> Iterable[tuple[str, list[str]]]:
    for label, cells in table.cells.items():
        yield label, [*(_shown(cells[one]) for one in OUTCOMES), _shown(table.row_totals[label])]
    totals = [_shown(table.column_totals[one]) for one in OUTCOMES]
    yield "All", [*totals, _shown(table.total)]


@require_safe
@registrars_only
def outcomes(request: DeskRequest) -> HttpResponse:
    found = reports.report(request.desk.register)
    context = {
        "register": request.desk.register,
        "here": "outcomes",
        "until": found.until,
        "heads": OUTCOMES,
        "tables": [(title, list(_table_rows(one))) for title, one in found.tables],
        "times": found.times,
    }
    return render(request, "recognition/registry/outcomes.html", context)


@require_safe
@registrars_only
def outcomes_csv(request: DeskRequest) -> HttpResponse:
    found = reports.report(request.desk.register)
    rows = (
        (title, label, *cells) for title, one in found.tables for label, cells in _table_rows(one)
    )
    return csv_response("outcomes.csv", ("By", "Group", *OUTCOMES, "All"), rows)
