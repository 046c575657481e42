"""What a file would change: judged, applied, undone; and all that came before it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.organisations import queries, roles, staff_queries
from benchside.organisations.actions.staff_files import compare_staff_file
from benchside.organisations.actions.staff_lists import (
    apply_staff_list,
    bad_rows_of,
    discard_staff_list,
    undo_staff_list,
)
from benchside.organisations.models import StaffFile, StaffRun
from benchside.organisations.staff import columns, telling
from benchside.organisations.staff.kept import settings_of
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.staff.files import XLSX

A_PAGE, RUNS = 50, 25


@require_safe
@members_only(roles.KEEP_STAFF)
def runs(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    found = staff_queries.runs(organisation)
    page = Paginator(found, RUNS).get_page(request.GET.get("page"))
    names = queries.names_of({one.by for one in page if one.by})
    rows = [(one, names.get(str(one.by), ""), telling.summary(one)) for one in page]
    context = {"page": page, "rows": rows, "open_files": staff_queries.files(organisation)}
    return render(request, "organisations/staff/runs.html", context)


@require_safe
@members_only(roles.KEEP_STAFF)
def run(request: MemberRequest, pk: int) -> HttpResponse:
    one = _run(request, pk)
    parts = telling.parts(one)
    show = request.GET.get("show") or next((part.key for part in parts if part.count), "joined")
    if show not in {part.key for part in parts}:
        raise Http404
    page = Paginator(telling.rows(one, show), A_PAGE).get_page(request.GET.get("page"))
    file = StaffFile.objects.filter(run=one).first()
    context = {
        "run": one,
        "by": queries.names_of({one.by}).get(str(one.by), "") if one.by else "",
        "file": file,
        "parts": parts,
        "show": show,
        "page": page,
        "lines": telling.told(one, show, page.object_list),
        "is_stale": settings_of(one.organisation).version != one.version,
        "is_last": settings_of(one.organisation).version == one.version + 1,
        "watched": telling.watched(one),
    }
    return render(request, "organisations/staff/run.html", context)


@require_safe
@members_only(roles.KEEP_STAFF)
def bad_rows(request: MemberRequest, pk: int) -> HttpResponse:
    """The rows that cannot be used, made from the file while it is here."""
    one = _run(request, pk)
    file = get_object_or_404(StaffFile, run=one)
    book = bad_rows_of(
        actor=Actor.of(request.user),
        organisation=one.organisation,
        data=columns.data_of(file),
        as_of=file.as_of,
        answers=columns.answers_of(file),
    )
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="rows-to-correct.xlsx"'
    return response


@require_POST
@members_only(roles.KEEP_STAFF)
def apply(request: MemberRequest, pk: int) -> HttpResponse:
    one = _run(request, pk)
    here = reverse("organisations:staff_run", args=[request.seat.organisation.slug, pk])
    if one.warnings and request.POST.get("sure") != "yes":
        messages.error(request, "Nothing is changed yet: tick that this is the whole list.")
        return redirect(here)
    try:
        return redirect(apply_staff_list(actor=Actor.of(request.user), run=one, then=here))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(here)


@require_POST
@members_only(roles.KEEP_STAFF)
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    one = _run(request, pk)
    done = _try(request, lambda: discard_staff_list(actor=Actor.of(request.user), run=one))
    if done:
        messages.success(request, "The file and what it would have changed are deleted.")
        return redirect("organisations:staff", request.seat.organisation.slug)
    return redirect("organisations:staff_run", request.seat.organisation.slug, pk)


@require_POST
@members_only(roles.KEEP_STAFF)
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    one = _run(request, pk)
    if _try(request, lambda: undo_staff_list(actor=Actor.of(request.user), run=one)):
        messages.success(request, "All that this list changed is as it was before.")
    return redirect("organisations:staff_run", request.seat.organisation.slug, pk)


@require_POST
@members_only(roles.KEEP_STAFF)
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """Compare the same file once more with the list as it is now."""
    file = get_object_or_404(StaffFile, run=_run(request, pk))
    slug = request.seat.organisation.slug
    here = reverse("organisations:staff_columns", args=[slug, file.pk])
    try:
        return redirect(compare_staff_file(actor=Actor.of(request.user), file=file, then=here))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("organisations:staff_run", slug, pk)


def _try(request: MemberRequest, do: Callable[[], Any]) -> bool:
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True


def _run(request: MemberRequest, pk: int) -> StaffRun:
    found = StaffRun.objects.filter(organisation=request.seat.organisation)
    return get_object_or_404(found.select_related("organisation", "definition"), pk=pk)
