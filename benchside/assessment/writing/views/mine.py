"""What I lead, what I was asked to write, what I sign."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from benchside.accounts.models import User
from benchside.assessment.embargo import state_told
from benchside.assessment.models import Submission
from benchside.assessment.writing import queries
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 25
Row = tuple[Submission, str]
COLUMNS = [
    ("title", "What"), ("holder", "For"), ("state", "How it stands"), ("part", "You"),
    ("begun", "Begun"),
]  # fmt: skip
PARTS = {"lead": "lead it", "write": "write a part", "sign": "sign it"}
STATES = [("open", "To be written"), ("sent", "Sent in"), ("", "All")]
SORTS: dict[str, Callable[[Row], Any]] = {
    "title": lambda row: row[0].version.title.casefold(),
    "holder": lambda row: holder_of(row[0]).casefold(),
    "state": lambda row: state_told(row[0]).label,
    "part": lambda row: row[1],
    "begun": lambda row: row[0].created_at,
}


class Signed(HttpRequest):
    user: User


def holder_of(one: Submission) -> str:
    return str(one.technician or one.organisation)


@require_safe
@never_cache
@login_required
def forms(request: Signed) -> HttpResponse:
    everything = queries.forms_of(request.user)
    chosen = _chosen(request)
    page = Paginator(_narrowed(everything, chosen), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, PARTS[part], holder_of(one), state_told(one).label) for one, part in page],
        "columns": sorting(request, COLUMNS, chosen["sort"]),
        "chosen": chosen,
        "states": STATES,
        "is_empty": not everything,
        "kept": request.GET.urlencode(),
    }
    return render(request, "assessment/writing/forms.html", context)


@require_safe
@never_cache
@login_required
def forms_csv(request: Signed) -> HttpResponse:
    """The list as chosen, all its pages."""
    rows = (
        (
            one.version.title,
            holder_of(one),
            state_told(one).label,
            PARTS[part],
            one.created_at.date().isoformat(),
        )
        for one, part in _narrowed(queries.forms_of(request.user), _chosen(request))
    )
    return csv_response("forms.csv", [title for _, title in COLUMNS], rows)


def _chosen(request: Signed) -> dict[str, str]:
    sort, state = request.GET.get("sort", "-begun"), request.GET.get("state", "")
    return {
        "sort": sort if sort.removeprefix("-") in SORTS else "-begun",
        "state": state if state in dict(STATES) else "",
        "words": words_of(request),
    }


def _narrowed(rows: list[Row], chosen: dict[str, str]) -> list[Row]:
    words = chosen["words"].casefold().split()
    found = [
        row
        for row in rows
        if (not chosen["state"] or row[0].is_open == (chosen["state"] == "open"))
        and all(word in f"{row[0].version.title} {holder_of(row[0])}".casefold() for word in words)
    ]
    name = chosen["sort"]
    found.sort(key=SORTS[name.removeprefix("-")], reverse=name.startswith("-"))
    return found
