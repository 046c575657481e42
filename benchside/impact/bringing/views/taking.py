"""A file comes in, and is looked over: which column is which, what its words mean."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.impact.bringing import actions, example, showing
from benchside.impact.bringing.fields import AREA_TITLES
from benchside.impact.bringing.forms import NEW_PLAN, BringIn
from benchside.impact.bringing.queries import file_of, files_of, open_plans
from benchside.impact.bringing.reading import reading_of, remembered_of
from benchside.impact.bringing.words import MEANINGS
from benchside.impact.enums import FileState
from benchside.impact.models import Plan
from benchside.impact.plans.actions import begin_plan
from benchside.organisations import queries as organisations
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only

TAKING = ("GET", "HEAD", "POST")
A_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(TAKING)
@members_only(roles.KEEP_PLAN)
def bring_in(request: MemberRequest) -> HttpResponse:
    here = request.seat.organisation
    plans = open_plans(here)
    chosen = request.GET.get("plan", str(plans[0].key) if plans else NEW_PLAN)
    form = BringIn(
        request.POST or None, request.FILES or None, plans=plans, initial={"plan": chosen}
    )
    if request.method == "POST" and form.is_valid():
        said, actor = form.cleaned_data, Actor.of(request.user)
        try:
            data = said["file"].read(actions.MOST_BYTES)
            name = said["file"].name
            actions.check(data, name)
            plan = _plan(request, plans, said, actor)
            file = actions.take_in_file(actor=actor, plan=plan, data=data, filename=name)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("impact:bring_read", here.slug, file.key)
    found = files_of(here)
    context = {
        "form": form,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "plans": plans,
    }
    status = 422 if form.errors else 200
    return render(request, "impact/bringing/bring_in.html", context, status=status)


def _plan(request: MemberRequest, plans: list[Plan], said: dict[str, Any], actor: Actor) -> Plan:
    if said["plan"] != NEW_PLAN:
        return next(one for one in plans if str(one.key) == said["plan"])
    return begin_plan(
        actor=actor,
        organisation=request.seat.organisation,
        title=said["title"],
        starts_on=said["starts_on"],
        ends_on=said["ends_on"],
    )


@require_http_methods(TAKING)
@members_only(roles.KEEP_PLAN)
def read(request: MemberRequest, key: str) -> HttpResponse:
    """Which column is which, and what words mean. Leads on to what would change."""
    here = request.seat.organisation
    file = get_object_or_404(file_of(here), key=key)
    if not file.tables or file.state not in {FileState.OPEN, FileState.BROUGHT}:
        return redirect("impact:bring_rows", here.slug, file.key)
    wrong: list[tuple[str, str]] = []
    typed: dict[str, str] = {}
    if request.method == "POST":
        said = showing.answers_from(request.POST, file.answers, reading_of(file))
        try:
            actions.answer_file(actor=Actor.of(request.user), file=file, answers=said.answers)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("impact:bring_rows", here.slug, file.key)
        reading = reading_of(file)
        wrong = [*said.wrong, *((f"table-{at}", problem) for at, problem in reading.problems)]
        typed = {name: request.POST.get(name, "") for name, _ in said.wrong}
        if said.has_moved:
            messages.info(request, "The headings were read anew. Look at the columns, then go on.")
        elif not wrong:
            return redirect("impact:bring_rows", here.slug, file.key)
    else:
        reading = reading_of(file)
    context = {
        "file": file,
        "notes": reading.source.notes,
        "tables": showing.tables_of(reading),
        "words": showing.words_of(reading, typed),
        "cycles": reading.cycles,
        "choices": showing.COLUMN_CHOICES,
        "areas": AREA_TITLES.items(),
        "meanings": [(str(one), label) for one, label in MEANINGS.items()],
        "members": organisations.members_who_sign_in(here),
        "months": showing.MONTHS.items(),
        "years_begin": file.answers.get("years_begin") or remembered_of(here).years_begin,
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "impact/bringing/read.html", context, status=status)


@require_POST
@members_only(roles.KEEP_PLAN)
def leave(request: MemberRequest, key: str) -> HttpResponse:
    here = request.seat.organisation
    file = get_object_or_404(file_of(here), key=key)
    try:
        actions.leave_file(actor=Actor.of(request.user), file=file)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("impact:bring_rows", here.slug, file.key)
    messages.success(request, f"{file.filename} is deleted here. Nothing was changed.")
    return redirect("impact:bring_in", here.slug)


@require_POST
@members_only(roles.KEEP_PLAN)
def use_for(request: MemberRequest, key: str) -> HttpResponse:
    """The same file for another plan, as when it holds several."""
    here = request.seat.organisation
    file = get_object_or_404(file_of(here), key=key)
    plan = next((one for one in open_plans(here) if str(one.key) == request.POST.get("plan")), None)
    if plan is None:
        messages.error(request, "Choose one of your plans; begin it first if it is not here yet.")
        return redirect("impact:bring_read", here.slug, file.key)
    try:
        made = actions.use_for(actor=Actor.of(request.user), file=file, plan=plan)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("impact:bring_read", here.slug, file.key)
    return redirect("impact:bring_read", here.slug, made.key)


@require_safe
@members_only(roles.KEEP_PLAN)
def example_xlsx(_request: MemberRequest) -> HttpResponse:
    return _download(example.workbook(), "made-up-plan.xlsx", XLSX)


@require_safe
@members_only(roles.KEEP_PLAN)
def example_docx(_request: MemberRequest) -> HttpResponse:
    return _download(example.document(), "made-up-plan.docx", DOCX)


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
