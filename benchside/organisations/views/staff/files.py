"""A file comes in: chosen, told which column is which, compared."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations import roles, staff_queries
from benchside.organisations.actions.staff_files import (
    answer_columns,
    compare_staff_file,
    leave_staff_file,
    take_in_staff_file,
)
from benchside.organisations.models import StaffFile
from benchside.organisations.staff import columns as reading
from benchside.organisations.staff_forms import StaffListFile
from benchside.organisations.staff_list.fields import FIELDS
from benchside.organisations.staff_list.returned import TEMPLATE, template_workbook
from benchside.organisations.views import MemberRequest, members_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKING = ("GET", "HEAD", "POST")


@require_http_methods(TAKING)
@members_only(roles.KEEP_STAFF)
def bring_in(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    form = StaffListFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["file"]
        try:
            file = take_in_staff_file(
                actor=Actor.of(request.user),
                organisation=organisation,
                data=chosen.read(),
                filename=chosen.name,
                as_of=form.cleaned_data["as_of"],
            )
        except Refused as refused:
            form.add_error("as_of" if "day" in refused.message else "file", str(refused))
        else:
            return redirect("organisations:staff_columns", organisation.slug, file.pk)
    context = {"form": form, "open_files": staff_queries.files(organisation)}
    status = 422 if form.errors else 200
    return render(request, "organisations/staff/bring_in.html", context, status=status)


@require_http_methods(TAKING)
@members_only(roles.KEEP_STAFF)
def columns(request: MemberRequest, pk: int) -> HttpResponse:
    """Which column is which. Leads on to the progress, and then to what it would change."""
    file = _file(request, pk)
    slug = request.seat.organisation.slug
    if file.run is not None:
        return redirect("organisations:staff_run", slug, file.run.pk)
    if file.watched is not None and file.is_being_read:
        return redirect(file.watched)
    book = reading.book_of(file)
    if request.method == "POST":
        actor = Actor.of(request.user)
        answers, has_moved = reading.answers_from(request.POST, file, book)
        answer_columns(actor=actor, file=file, answers=answers)
        parts = reading.parts_of(file, book)
        if not has_moved and not _problems(parts):
            here = reverse("organisations:staff_columns", args=[slug, pk])
            return redirect(compare_staff_file(actor=actor, file=file, then=here))
        if has_moved:
            messages.info(request, "The header was read anew. Look at the columns, then go on.")
    else:
        parts = reading.parts_of(file, book)
    wrong = _problems(parts) if request.method == "POST" else []
    context = {
        "file": file,
        "parts": parts,
        "uses": reading.USES,
        "choices": reading.CHOICES,
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "organisations/staff/columns.html", context, status=status)


def _problems(parts: list[reading.SheetPart]) -> list[reading.SheetPart]:
    if all(one.use == reading.UNUSED for one in parts):
        parts[0].problem = "Every sheet is left out. Say which sheet holds the staff."
    return [one for one in parts if one.problem]


@require_POST
@members_only(roles.KEEP_STAFF)
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    if file.run is not None:
        return redirect("organisations:staff_run", request.seat.organisation.slug, file.run.pk)
    leave_staff_file(actor=Actor.of(request.user), file=file)
    messages.success(request, f"{file.filename} is deleted here. Nothing was changed.")
    return redirect("organisations:staff", request.seat.organisation.slug)


def _file(request: MemberRequest, pk: int) -> StaffFile:
    return get_object_or_404(staff_queries.files(request.seat.organisation), pk=pk)


@require_safe
@members_only(roles.KEEP_STAFF)
def template_xlsx(_request: MemberRequest) -> HttpResponse:
    response = HttpResponse(template_workbook(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="staff-list.xlsx"'
    return response


@require_safe
@members_only(roles.KEEP_STAFF)
def template_csv(_request: MemberRequest) -> HttpResponse:
    return csv_response("staff-list.csv", [FIELDS[name].label for name in TEMPLATE], [])
