"""Who is on the staff list: the list, its spreadsheet, one person's sheet."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from benchside.core.actions import Actor
from benchside.core.exports import csv_response
from benchside.organisations import queries, roles, staff_queries
from benchside.organisations.actions.staff_exports import note_export
from benchside.organisations.staff_queries import SORTS, Wanted
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 50
COLUMNS = [
    ("name", "Name"), ("title", "Job title"), ("unit", "Unit"), ("grade", "Grade"), ("fte", "FTE"),
    ("since", "Here since"),
]  # fmt: skip
GONE = [*COLUMNS, ("left", "Left")]


@require_safe
@members_only(roles.SEE_OWN_STAFF)
def staff(request: MemberRequest) -> HttpResponse:
    seat, wanted = request.seat, _wanted(request)
    found = staff_queries.staff(seat, wanted)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    organisation = seat.organisation
    context = {
        "page": page,
        "wanted": wanted,
        "columns": sorting(request, GONE if wanted.gone else COLUMNS, wanted.sort),
        "lines": queries.unit_lines(organisation),
        "grades": staff_queries.grades(organisation) if seat.may(roles.SEE_STAFF) else [],
        "kept": request.GET.urlencode(),
        "may_keep": seat.may(roles.KEEP_STAFF),
        "sees_all": seat.may(roles.SEE_STAFF),
        "newest": staff_queries.newest_run(organisation),
        "open_files": staff_queries.files(organisation) if seat.may(roles.KEEP_STAFF) else [],
        "is_empty": not page.paginator.count and not request.GET,
    }
    return render(request, "organisations/staff/staff.html", context)


@require_safe
@members_only(roles.SEE_STAFF)
def staff_csv(request: MemberRequest) -> HttpResponse:
    """The list as chosen, all its pages; that it was taken is written down."""
    seat = request.seat
    found: Any = staff_queries.staff(seat, _wanted(request))  # with columns of its own
    note_export(actor=Actor.of(request.user), organisation=seat.organisation)
    rows = found.values_list(
        "staff_number", "technician__name", "technician__work_email", "title", "unit_name",
        "grade", "fte", "terms", "started_on", "left_on",
    )  # fmt: skip
    header = [
        "Staff number", "Name", "Work e-mail", "Job title", "Unit", "Grade", "FTE", "Terms",
        "Here since", "Left",
    ]  # fmt: skip
    return csv_response(
        f"{seat.organisation.slug}-technicians.csv", header, rows.iterator(chunk_size=2_000)
    )


@require_safe
@members_only(roles.SEE_OWN_STAFF)
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """What the list says of one person. Age, sex, ethnicity and disability are for counts only and
    are shown of nobody."""
    seat = request.seat
    visible = staff_queries.visible_staff(seat).select_related("technician", "brought_by")
    one = get_object_or_404(visible, pk=pk)
    context = {
        "one": one,
        "posts": staff_queries.posts_of(one),
        "sees_all": seat.may(roles.SEE_STAFF),
        "may_keep": seat.may(roles.KEEP_STAFF),
    }
    return render(request, "organisations/staff/person.html", context)


def _wanted(request: MemberRequest) -> Wanted:
    asked = request.GET
    sort, unit = asked.get("sort", "name"), asked.get("unit", "")
    return Wanted(
        sort=sort if sort.removeprefix("-") in SORTS else "name",
        words=words_of(request),
        unit=int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None,
        grade=asked.get("grade", "")[:40].replace("\0", ""),
        claimed=asked.get("claimed", ""),
        gone=asked.get("gone") == "yes",
    )
