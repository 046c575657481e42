"""Who counts as a technician here: the rules, their versions, two versions compared."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.organisations import definition_forms as editor
from benchside.organisations import queries, roles, staff_queries
from benchside.organisations.actions.definitions import write_definition
from benchside.organisations.models import Organisation, StaffFile, TechnicianDefinition
from benchside.organisations.staff import judging, kept
from benchside.organisations.staff_list import BadDefinition, Definition, Unreadable
from benchside.organisations.views import MemberRequest, members_only

TAKING = ("GET", "HEAD", "POST")


@require_safe
@members_only(roles.KEEP_STAFF)
def definition(request: MemberRequest) -> HttpResponse:
    """What holds now, in sentences, and every version before it."""
    organisation = request.seat.organisation
    holds, written = kept.definition_of(organisation)
    versions = list(organisation.technician_definitions.order_by("-version"))
    names = queries.names_of({one.written_by for one in versions if one.written_by})
    context = {
        "holds": holds,
        "written": written,
        "versions": [(one, names.get(str(one.written_by), "")) for one in versions],
        "waiting": len(judging.waiting_titles(organisation)),
    }
    return render(request, "organisations/staff/definition.html", context)


@require_safe
@members_only(roles.KEEP_STAFF)
def version(request: MemberRequest, number: int) -> HttpResponse:
    organisation = request.seat.organisation
    written = get_object_or_404(TechnicianDefinition, organisation=organisation, version=number)
    holds = Definition.from_json(written.rules)
    context = {"holds": holds, "written": written, "is_old": True}
    return render(request, "organisations/staff/definition.html", context)


@require_http_methods(TAKING)
@members_only(roles.KEEP_STAFF)
def edit(request: MemberRequest) -> HttpResponse:
    """Rules are moved, added and taken out without saving; saving writes a new version."""
    organisation = request.seat.organisation
    holds, _ = kept.definition_of(organisation)
    context: dict[str, Any] = {"about": editor.ABOUT, "verdicts": editor.VERDICTS, "why": ""}
    if request.method != "POST":
        context |= {"rows": editor.rows_of(holds), "otherwise": holds.otherwise}
        return render(request, "organisations/staff/edit_definition.html", context)
    rows, do = editor.rows_from(request.POST), request.POST.get("do", "")
    context |= {
        "otherwise": request.POST.get("otherwise", ""),
        "why": request.POST.get("why", "")[:1000],
    }
    if do not in {"save", "try"}:
        context["rows"] = editor.moved(rows, do)
        return render(request, "organisations/staff/edit_definition.html", context)
    context["rows"] = rows = [one for one in rows if not one.is_blank]
    try:
        if do == "save":
            write_definition(
                actor=Actor.of(request.user),
                organisation=organisation,
                rules=[one.as_rule() for one in rows],
                otherwise=context["otherwise"],
                note=context["why"],
            )
            messages.success(request, "This is your definition now. It holds for the next list.")
            return redirect("organisations:staff_definition", organisation.slug)
        context["judged"] = _try(organisation, holds, rows, context["otherwise"])
    except (Refused, BadDefinition) as refusal:
        context["problem"] = str(refusal)
        editor.tell_problem(rows, str(refusal))
    except Unreadable as refusal:
        context["problem"] = f"{refusal.message} {refusal.remedy}"
    status = 422 if "problem" in context else 200
    return render(request, "organisations/staff/edit_definition.html", context, status=status)


def _try(
    organisation: Organisation, holds: Definition, rows: list[editor.RuleRow], otherwise: str
) -> judging.Judged:
    """On the file that is being brought in, if there is one; else on the list."""
    rules = [one.as_rule() for one in rows]
    tried = Definition.from_json({"version": 0, "rules": rules, "otherwise": otherwise})
    file = StaffFile.objects.filter(organisation=organisation).first()
    people = judging.people_of(organisation, file)
    return judging.compare(organisation, holds, tried, people)


@require_safe
@members_only(roles.KEEP_STAFF)
def compare(request: MemberRequest) -> HttpResponse:
    """Two versions on the same people of the same day."""
    organisation = request.seat.organisation
    newest = kept.definition_of(organisation)[0].version
    asked = {
        "first": _number(request, "first", max(newest - 1, 0)),
        "second": _number(request, "second", newest),
    }
    first, second = (judging.version(organisation, number) for number in asked.values())
    files = staff_queries.files(organisation)
    file = files.filter(pk=_number(request, "file", 0)).first()
    context: dict[str, Any] = {
        **asked,
        "file": file,
        "files": files,
        "versions": range(newest + 1),
        "problem": "",
        "newest": staff_queries.newest_run(organisation),
    }
    if first is None or second is None:
        context["problem"] = "There is no such version. Choose two of the list."
    else:
        try:
            people = judging.people_of(organisation, file)
            context["judged"] = judging.compare(organisation, first, second, people)
        except Unreadable as refusal:
            context["problem"] = f"{refusal.message} {refusal.remedy}"
    return render(request, "organisations/staff/compare.html", context)


def _number(request: MemberRequest, name: str, otherwise: int) -> int:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else otherwise
