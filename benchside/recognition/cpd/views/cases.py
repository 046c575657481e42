"""Cases of a register's audits, and those with the committee."""

from datetime import date, datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.cpd import queries
from benchside.recognition.cpd.actions.committee import waits_to_be_lifted
from benchside.recognition.cpd.enums import CaseState
from benchside.recognition.cpd.views import A_PAGE, DeskRequest, for_all, for_deciders, shared
from benchside.recognition.models import AuditCase

COLUMNS = [
    ("name", "Name"), ("number", "Number"), ("state", "State"), ("sent", "Came in"), ("due", "Due"),
]  # fmt: skip
WAITS = [("us", "Us"), ("them", "Them")]


@require_safe
@for_all
def cases(request: DeskRequest) -> HttpResponse:
    asked = _asked(request)
    found = queries.cases(request.here, request.user, **asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **shared(request),
        "page": page,
        "asked": asked,
        "columns": sorting(request, COLUMNS, asked["sort"]),
        "states": CaseState.choices,
        "years": sorted({one.year for one in queries.runs(request.here)}, reverse=True),
        "waits": WAITS,
        "kept": request.GET.urlencode(),
        "today": timezone.localdate(),
    }
    return render(request, "recognition/cpd/cases.html", context)


def _asked(request: DeskRequest) -> dict[str, str]:
    given = request.GET
    state, year, waits = given.get("state", ""), given.get("year", ""), given.get("waits", "")
    sort = given.get("sort", "due")
    return {
        "words": words_of(request),
        "state": state if state in CaseState.values else "",
        "year": year if year.isdecimal() and len(year) == 4 else "",
        "waits": waits if waits in dict(WAITS) else "",
        "sort": sort if sort.removeprefix("-") in queries.CASE_SORTS else "due",
    }


@require_safe
@for_all
def cases_csv(request: DeskRequest) -> HttpResponse:
    rows = (
        (one.run.year, one.entry.award.number, one.entry.name, one.entry.body.name, one.stratum,
         one.get_state_display(), one.due_on, _day(one.notified_at), _day(one.submitted_at),
         _day(one.decided_at), one.rounds, "yes" if one.is_certain else "")
        for one in queries.cases(request.here, request.user, **_asked(request))
    )  # fmt: skip
    header = (
        "Year", "Number", "Name", "Body", "Part", "State", "Due", "Asked", "Came in", "Decided",
        "Times asked again", "Silent last time",
    )  # fmt: skip
    return csv_response("cpd-cases.csv", header, rows)


def _day(moment: datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


@require_safe
@for_deciders
def committee(request: DeskRequest) -> HttpResponse:
    found = queries.committee(request.here, request.user)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    here = queries.decidable_among(request.here, page)
    today = timezone.localdate()
    context = {
        **shared(request),
        "page": page,
        "rows": [(one, _next(one, today, is_here=one.pk in here)) for one in page],
    }
    return render(request, "recognition/cpd/committee.html", context)


def _next(case: AuditCase, today: date, *, is_here: bool) -> str:
    """What the committee can do now, in words."""
    if waits_to_be_lifted(case):
        return "Lift the suspension: their CPD was accepted"
    state, due = case.state, case.due_on
    if state != CaseState.SUSPENDED and not is_here:
        return "Not on the register now: it waits until they are back"
    if state == CaseState.COMMITTEE:
        return "Decide: a last chance, or suspension"
    if due is not None and due >= today:
        return f"They may answer until {due:%-d %B %Y}"
    return "No answer: removal can be decided" if state == CaseState.SUSPENDED else "Day is over"
