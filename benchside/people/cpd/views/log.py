"""The log as a list with its year, adding to it, and taking it out."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.people.cpd import actions, days, forms, paper, queries, table
from benchside.people.cpd.queries import Wanted
from benchside.people.cpd.views import TAKING, LogRequest, own_log, status_of
from benchside.people.enums import CpdCategory

A_PAGE = 25
STATES = ((queries.DONE, "Done"), (queries.PLANNED, "Planned"))
SORTS = (
    ("-day", "Newest first"),
    ("day", "Oldest first"),
    ("title", "By title"),
    ("category", "By kind"),
    ("-hours", "Most hours first"),
)
ALL_YEARS = "all"


@require_safe
@own_log
def log(request: LogRequest) -> HttpResponse:
    wanted = asked(request)
    found = queries.listed(request.technician, wanted)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    year = wanted.year or today.year
    context = {
        "here": "log",
        "page": page,
        "wanted": wanted,
        "is_narrowed": bool(wanted.words or wanted.category or wanted.state),
        "has_any": bool(page.paginator.count) or queries.log(request.technician).exists(),
        "years": queries.years_of(request.technician),
        "categories": CpdCategory.choices,
        "states": STATES,
        "sorts": SORTS,
        "kept": request.GET.urlencode(),
        "year": year,
        "is_running": year == today.year,
        "standing": queries.standing(request.technician, date(year, 12, 31)),
        "form": forms.Quick(),
    }
    return render(request, "people/cpd/log.html", context)


def asked(request: LogRequest) -> Wanted:
    """What the address asks for; this year unless it says otherwise."""
    said = request.GET
    year = said.get("year", "")
    this = timezone.localdate().year
    known = year.isascii() and year.isdecimal() and days.EARLIEST.year <= int(year) <= this + 6
    return Wanted(
        sort=said.get("sort", "-day"),
        words=said.get("q", "").replace("\0", " ")[:80].strip(),
        year=None if year == ALL_YEARS else int(year) if known else this,
        category=said.get("category", ""),
        state=said.get("state", ""),
    )


@require_http_methods(TAKING)
@own_log
def add(request: LogRequest) -> HttpResponseBase:
    """The quick form: kept at once, and open for more."""
    form = forms.Quick(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_activity(
                actor=request.actor, technician=request.technician, values=form.values()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is kept. Add the rest now, or when you have time.")
            return redirect(made)
    context = {"here": "add", "form": form}
    return render(request, "people/cpd/add.html", context, status=status_of(form))


def _kinds() -> list[tuple[str, str]]:
    return [(CpdCategory(key).label, words) for key, words in forms.WHAT_EACH_IS]


@require_safe
@own_log
def how(request: LogRequest) -> HttpResponse:
    """How to write a good reflection, with an example that is made up."""
    return render(request, "people/cpd/how.html", {"here": "how", "kinds": _kinds()})


# --- taking it out --------------------------------------------------------------------------------
@require_safe
@own_log
def as_csv(request: LogRequest) -> HttpResponse:
    return csv_response("cpd-log.csv", table.COLUMNS, table.rows_out(_found(request)))


@require_safe
@own_log
def as_json(request: LogRequest) -> HttpResponse:
    found = _found(request).prefetch_related("evidence")
    said = {"activities": queries.values_of(found)}
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="cpd-log.json"'
    return response


@require_safe
@own_log
def as_pdf(request: LogRequest) -> HttpResponse:
    wanted = asked(request)
    found = _found(request).prefetch_related("evidence")
    standing = None
    if wanted.year is not None:
        standing = queries.standing(request.technician, date(wanted.year, 12, 31))
    made = paper.log_as_pdf(
        who=request.technician.name,
        title=f"CPD log {wanted.year}" if wanted.year else "CPD log",
        on=timezone.localdate(),
        activities=queries.values_of(found),
        standing=standing,
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="cpd-log.pdf"'
    return response


def _found(request: LogRequest) -> Any:
    return queries.listed(request.technician, asked(request))
