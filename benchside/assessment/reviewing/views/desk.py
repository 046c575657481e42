"""The desk: one's own seats, and what waits where one runs a standard."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.accounts.views import SignedInRequest
from benchside.assessment.models import Seat
from benchside.assessment.reviewing import queries
from benchside.assessment.reviewing.naming import name_for_reviewers
from benchside.assessment.reviewing.views import chosen, page, paged, signed_in, sort_of
from benchside.core.exports import csv_response
from benchside.core.registries import ToDo, own_desks, own_lines
from benchside.organisations.views.tables import sorting

COLUMNS = [("asked", "Asked"), ("standard", "Standard"), ("state", "State"), ("due", "Due")]
SHOWN = [("open", "Asked and reading"), ("asked", "Asked"), ("reading", "Reading"),
         ("done", "Done"), ("over", "Said no, or ended")]  # fmt: skip


@signed_in
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    sort, shown = _asked(request)
    found = paged(request, queries.seats_of(request.user, sort=sort, shown=shown))
    waiting = queries.how_many_wait(request.user) if queries.run_by(request.user) else []
    context = {
        "page": found,
        "rows": [(one, *_told(one)) for one in found],
        "columns": sorting(request, COLUMNS, sort),
        "shown": shown,
        "choices": SHOWN,
        "has_any": found.paginator.count or shown,
        "waiting": waiting,
        "runs": bool(queries.run_by(request.user)),
        "others": [one for one in _desks(request) if one.url != request.path],
        "load": queries.seats_of(request.user, shown="open").count(),
        "kept": request.GET.urlencode(),
    }
    return page(request, "desk", context)


def _desks(request: SignedInRequest) -> list[ToDo]:
    return own_lines(own_desks, request.user)


@signed_in
@require_safe
def seats_csv(request: SignedInRequest) -> HttpResponse:
    sort, shown = _asked(request)
    rows = (
        (name_for_reviewers(one.submission), one.submission.version.title, one.get_state_display(),
         one.due_on or "", timezone.localdate(one.invited_at),
         timezone.localdate(one.submitted_at) if one.submitted_at else "")
        for one in queries.seats_of(request.user, sort=sort, shown=shown)
    )  # fmt: skip
    header = ("Whose", "Standard", "State", "Due", "Asked", "Handed in")
    return csv_response("reviews.csv", header, rows)


def _asked(request: HttpRequest) -> tuple[str, str]:
    sort = sort_of(request, queries.SEAT_SORTS, "due")
    return sort, chosen(request, "show", queries.SHOWN)


def _told(seat: Seat) -> tuple[str, int, int, str]:
    """Whose it is as far as they may know, judgements given and asked, and how soon it is due."""
    submission = seat.submission
    standard = submission.version.standard
    of = (
        len(standard.judged_at(submission.level or None, submission.route))
        if standard.review.grades
        else 0
    )
    is_open = seat.state in queries.OPEN
    soon = how_soon(seat.due_on) if is_open else ""
    return name_for_reviewers(submission), getattr(seat, "judged", 0), of, soon


def how_soon(day: date | None) -> str:
    """How a due day stands to today, in words."""
    if day is None:
        return ""
    left = (day - timezone.localdate()).days
    if left < 0:
        return f"{-left} day{'' if left == -1 else 's'} late"
    return "today" if left == 0 else f"{left} day{'' if left == 1 else 's'} left"
