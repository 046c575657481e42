"""What a file would change: looked through, row by row settled, brought in, taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.impact.bringing import actions, showing
from benchside.impact.bringing.building import Preview, Told, preview_of
from benchside.impact.bringing.forms import Settle
from benchside.impact.bringing.importer import actions_of, key_of
from benchside.impact.bringing.queries import file_of, open_plans
from benchside.impact.enums import FileState
from benchside.impact.models import PlanFile
from benchside.organisations import queries as organisations
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import words_of

A_PAGE = 50
TAKING = ("GET", "HEAD", "POST")
LIVE = {FileState.OPEN, FileState.BROUGHT}


@require_safe
@members_only(roles.KEEP_PLAN)
def rows(request: MemberRequest, key: str) -> HttpResponse:
    file = _file(request, key)
    context: dict[str, Any] = {"file": file, "runs": file.runs.order_by("pk")}
    if file.tables and file.state in LIVE:
        context |= _shown(request, file, preview_of(file))
    return render(request, "impact/bringing/rows.html", context)


def _shown(request: MemberRequest, file: PlanFile, preview: Preview) -> dict[str, Any]:
    skipped = preview.reading.read.skipped
    counts = {part: preview.count(part) for part, _ in showing.PARTS} | {"skipped": len(skipped)}
    show = request.GET.get("show") or next(
        (part for part, _ in showing.PARTS if counts[part]), "new"
    )
    if show not in counts:
        raise Http404
    words = words_of(request)
    found: list[Any] = list(skipped) if show == "skipped" else preview.of(show)
    if words:
        found = [one for one in found if words.casefold() in _text(one).casefold()]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = (
        [] if show == "skipped" else showing.lines_of(preview, page.object_list, _names(request))
    )
    parts = [(part, title, counts[part]) for part, title in showing.PARTS]
    return {
        "preview": preview,
        "parts": [one for one in parts if one[2] or one[0] in {"new", "changed", "doubt", show}],
        "show": show,
        "page": page,
        "lines": lines,
        "q": words,
        "counts": counts,
        "first_doubt": next((one.line.key for one in preview.of("doubt")), ""),
        "tables": [one.name for one in preview.reading.source.tables],
        "is_live": True,
        "settled": set(file.settled),
        "open_words": sum(one.is_open for one in preview.reading.asked),
        "others": [one for one in open_plans(request.seat.organisation) if one.pk != file.plan_id],
    }


def _text(one: Any) -> str:
    return f"{one.line.code} {one.line.title}" if isinstance(one, Told) else one.text


def _names(request: MemberRequest) -> dict[str, str]:
    people = organisations.members_who_sign_in(request.seat.organisation)
    return {str(one.pk): one.get_full_name() for one in people}


@require_http_methods(TAKING)
@members_only(roles.KEEP_PLAN)
def line(request: MemberRequest, key: str, line: str) -> HttpResponse:
    """One row in full, and what a person says of it."""
    file = _file(request, key)
    if not file.tables or file.state not in LIVE:
        raise Http404
    if request.method == "POST" and "take-back" in request.POST:
        return _take_back(request, file, line)
    preview = preview_of(file)
    told = next((one for one in preview.told if one.line.key == line), None)
    if told is None:
        raise Http404
    there = [
        (key_of(one, getattr(one, "brought", None)), one) for one in actions_of(str(file.plan.key))
    ]
    near = [one.pk for one in told.near]
    there.sort(key=lambda one: (one[1].pk not in near, one[1].code))
    settled = file.settled.get(line, {})
    form = Settle(
        request.POST or None,
        actions=there,
        members=organisations.members_who_sign_in(request.seat.organisation),
        initial=_initial(told, settled),
    )
    if request.method == "POST" and form.is_valid():
        _settle(request, file, line, _said(form, told))
        return _onward(request, file, line)
    context = {
        "file": file,
        "told": told,
        "form": form,
        "why": [said for _, said in (*told.record.bad, *told.record.doubts)],
        "is_settled": bool(settled),
        "waiting": preview.count("doubt"),
        "table": preview.reading.source.tables[told.line.table].name,
    }
    status = 422 if form.errors else 200
    return render(request, "impact/bringing/line.html", context, status=status)


def _settle(request: MemberRequest, file: PlanFile, line: str, said: dict[str, Any]) -> None:
    who = Actor.of(request.user)
    _try(request, lambda: actions.settle_line(actor=who, file=file, line=line, said=said))


def _take_back(request: MemberRequest, file: PlanFile, line: str) -> HttpResponse:
    """Read the row again as if nobody had said anything of it."""
    if line not in file.settled:
        raise Http404
    _settle(request, file, line, {})
    return redirect("impact:bring_rows", request.seat.organisation.slug, file.key)


def _initial(told: Told, settled: dict[str, Any]) -> dict[str, Any]:
    values = told.record.values
    return {
        "kind": settled.get("is", "action"),
        "same": settled.get("same", ""),
        "areas": settled.get("areas") or values["areas"],
        "due": settled.get("due", values["due_on"] or ""),
        "owner": settled.get("owner", values["owner"]),
        "meaning": settled.get("meaning", ""),
    }


def _said(form: Settle, told: Told) -> dict[str, Any]:
    """What differs from the reading, or settles a doubt; that it was looked at settles the rest."""
    said = form.cleaned_data
    if said["kind"] != "action":
        return {"is": said["kind"]}
    found: dict[str, Any] = {"is": "action"}
    doubted = {what for what, _ in told.record.doubts}
    values = told.record.values
    due = said["due"].isoformat() if said["due"] else ""
    if said["same"] or "same" in doubted or "twin" in doubted:
        found["same"] = said["same"] or "new"
    if said["areas"] and said["areas"] != values["areas"]:
        found["areas"] = said["areas"]
    if due != (values["due_on"] or "") or "due" in doubted:
        found["due"] = due
    if said["owner"] != values["owner"] or "owner" in doubted:
        found["owner"] = said["owner"]
    if said["meaning"]:
        found["meaning"] = said["meaning"]
    return found


def _onward(request: MemberRequest, file: PlanFile, line: str) -> HttpResponse:
    """To the next row that waits, else back to the list."""
    slug = request.seat.organisation.slug
    waiting = [one.line.key for one in preview_of(file).of("doubt")]
    if line in waiting:
        messages.error(request, "It still waits: something is not said yet.")
        return redirect("impact:bring_line", slug, file.key, line)
    if waiting:
        return redirect("impact:bring_line", slug, file.key, waiting[0])
    messages.success(request, "No row waits any more.")
    return redirect("impact:bring_rows", slug, file.key)


@require_POST
@members_only(roles.KEEP_PLAN)
def apply(request: MemberRequest, key: str) -> HttpResponse:
    file = _file(request, key)
    actor, take = Actor.of(request.user), request.POST.getlist("take")
    seen = request.POST.get("seen", "")
    if _try(request, lambda: actions.bring_in(actor=actor, file=file, seen=seen, take=take)):
        messages.success(request, f"{file.filename} is brought in. You can take it back.")
    return redirect("impact:bring_rows", request.seat.organisation.slug, file.key)


@require_POST
@members_only(roles.KEEP_PLAN)
def undo(request: MemberRequest, key: str) -> HttpResponse:
    file = _file(request, key)
    if _try(request, lambda: actions.undo_bringing(actor=Actor.of(request.user), file=file)):
        messages.success(request, "All that this file changed is as it was before.")
    return redirect("impact:bring_rows", request.seat.organisation.slug, file.key)


@require_POST
@members_only(roles.KEEP_PLAN)
def open_again(request: MemberRequest, key: str) -> HttpResponse:
    file = _file(request, key)
    _try(request, lambda: actions.open_again(actor=Actor.of(request.user), file=file))
    return redirect("impact:bring_rows", request.seat.organisation.slug, file.key)


@require_safe
@members_only(roles.KEEP_PLAN)
def rows_csv(request: MemberRequest, key: str) -> HttpResponse:
    """Rows of one kind with what is said of them, to mend and bring in again; else all."""
    file = _file(request, key)
    if not file.tables or file.state not in LIVE:
        raise Http404
    show = request.GET.get("show", "")
    preview = preview_of(file)
    told = [one for one in preview.told if not show or one.kind == show]
    heads = list(dict.fromkeys(heading for one in told for heading, _ in one.line.cells))
    titles = dict(showing.PARTS)
    body = (
        [
            preview.reading.source.tables[one.line.table].name,
            one.where,
            titles.get(one.kind, one.kind),
            " ".join(said for _, said in (*one.record.bad, *one.record.doubts)),
            *_cells(one, heads),
        ]
        for one in told
    )
    return csv_response("rows.csv", ["Table", "Row", "What it is", "What to do", *heads], body)


def _cells(one: Told, heads: list[str]) -> list[str]:
    by_heading: dict[str, list[str]] = {}
    for heading, cell in one.line.cells:
        by_heading.setdefault(heading, []).append(cell)
    return ["\n".join(by_heading.get(heading, [])) for heading in heads]


def _try(request: MemberRequest, do: Callable[[], Any]) -> bool:
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True


def _file(request: MemberRequest, key: str) -> PlanFile:
    return get_object_or_404(file_of(request.seat.organisation), key=key)
