"""What is shown, for which criteria: the list, the grid, adding, changing, taking out, files."""

from pathlib import PurePosixPath
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from benchside.assessment.actions.evidence import (
    add_file,
    add_link,
    add_record,
    change_evidence,
    remove_evidence,
)
from benchside.assessment.content import asked
from benchside.assessment.enums import EvidenceKind
from benchside.assessment.models import Evidence
from benchside.assessment.showing import keeping, queries
from benchside.assessment.showing.forms import (
    ChangeForm,
    EvidenceForm,
    FileForm,
    LinkForm,
    RecordForm,
)
from benchside.assessment.showing.readers import can_read
from benchside.assessment.showing.views import (
    FormRequest,
    bytes_or_refusal,
    hand_out,
    of_submission,
    page,
)
from benchside.assessment.writing_rules import can_read_draft
from benchside.core import vault
from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.core.safe_files import TYPES
from benchside.core.ways_back import back_to
from benchside.organisations.views.tables import sorting, words_of

PER_PAGE = 25
BOTH = ("GET", "HEAD", "POST")
COLUMNS = (("title", "What it shows"), ("kind", "What it is"), ("added_at", "Added"))


def _wanted(request: FormRequest) -> queries.Wanted:
    return queries.Wanted(
        words=words_of(request),
        kind=request.GET.get("kind", "")[:10],
        criterion=request.GET.get("for", "").replace("\0", " ")[:40],
        sort=request.GET.get("sort", "added_at"),
    )


@require_safe
@of_submission()
def listing(request: FormRequest) -> HttpResponse:
    one = request.submission
    wanted = _wanted(request)
    found = queries.evidence_of(one, wanted)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    titles = {each.key: each.title for each in one.version.standard.criteria}
    rows = [
        (piece, [(titles.get(each.criterion, ""), each.how) for each in piece.serves.all()],
         _where(request, piece))
        for piece in shown
    ]  # fmt: skip
    kept = request.GET.copy()
    kept.pop("page", None)
    needs = queries.needs_of(one)
    return page(
        request,
        "evidence",
        shown=shown,
        rows=rows,
        columns=sorting(request, COLUMNS, wanted.sort),
        wanted=wanted,
        kinds=EvidenceKind.choices,
        needs=needs,
        lacking=[each for each in needs if each.misses or each.over],
        is_empty=not one.evidence.exists(),
        may_change=one.is_open and can_read_draft(request.actor, one),
        has_records=bool(queries.offers_for(one, request.user)),
        kept=kept.urlencode(),
    )


def _where(request: FormRequest, piece: Evidence) -> str:
    if piece.kind == EvidenceKind.FILE:
        return reverse("assessment:evidence_file", args=[request.submission.key, piece.file_digest])
    if piece.kind == EvidenceKind.LINK:
        return piece.url
    return queries.url_of_record(piece, request.user)


@require_safe
@of_submission()
def as_csv(request: FormRequest) -> HttpResponse:
    header = [
        "What it shows", "What it is", "Where", "Serves", "How", "Added", "Digest (SHA-256)",
    ]  # fmt: skip
    found = queries.evidence_of(request.submission, _wanted(request))
    rows = queries.rows_of_evidence(request.submission, iter(found))
    return csv_response("evidence.csv", header, rows)


@require_http_methods(BOTH)
@of_submission()
def grid(request: FormRequest) -> HttpResponse:
    """Every piece beside every criterion, ticked where it serves it."""
    one = request.submission
    criteria = asked(one)
    found = queries.evidence_of(one)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    may_change = one.is_open and can_read_draft(request.actor, one)
    problem = ""
    if request.method == "POST":
        try:
            changed = _save_grid(request, list(shown))
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"Kept. {changed} changed.")
            return redirect(request.get_full_path())
    ticked = set(request.POST.getlist("tick")) if problem else None
    rows = [(piece, _ticks(piece, criteria, ticked)) for piece in shown]
    context = {"shown": shown, "rows": rows, "criteria": list(enumerate(criteria, 1))}
    status = 422 if problem else 200
    return page(request, "grid", status, may_change=may_change, problem=problem, **context)


def _ticks(piece: Evidence, criteria: Any, ticked: set[str] | None) -> list[tuple[Any, str, bool]]:
    now = {each.criterion for each in piece.serves.all()}
    return [
        (one, f"{piece.pk}|{one.key}",
         one.key in now if ticked is None else f"{piece.pk}|{one.key}" in ticked)
        for one in criteria
    ]  # fmt: skip


def _save_grid(request: FormRequest, pieces: list[Evidence]) -> int:
    """Only pieces that were on the page are touched, and each keeps how it served."""
    shown = set(request.POST.getlist("row"))
    ticked: dict[str, set[str]] = {}
    for one in request.POST.getlist("tick"):
        pk, _, key = one.partition("|")
        ticked.setdefault(pk, set()).add(key)
    changed = 0
    asked_for = {one.key for one in asked(request.submission)}
    for piece in pieces:
        if str(piece.pk) not in shown:
            continue
        before = {each.criterion: each.how for each in piece.serves.all()}
        beyond = {key: how for key, how in before.items() if key not in asked_for}
        after = {key: before.get(key, "") for key in ticked.get(str(piece.pk), set())} | beyond
        if after.keys() != before.keys():
            change_evidence(actor=request.actor, evidence=piece, title=piece.title, serves=after)
            changed += 1
    return changed


# --- adding -----------------------------------------------------------------------------------
def _form(request: FormRequest, kind: str) -> EvidenceForm:
    criteria = asked(request.submission)
    data = request.POST if request.method == "POST" else None
    begun = dict.fromkeys(request.GET.getlist("for"), "")
    if kind == "file":
        return FileForm(data, request.FILES or None, criteria=criteria, now=begun)
    if kind == "link":
        return LinkForm(data, criteria=criteria, now=begun)
    if kind == "record":
        offers = queries.offers_for(request.submission, request.user)
        return RecordForm(data, criteria=criteria, now=begun, offers=offers)
    raise Http404


@require_http_methods(BOTH)
@of_submission(can_read_draft)
def add(request: FormRequest, kind: str) -> HttpResponse:
    form = _form(request, kind)
    said = ""
    if request.method == "POST" and form.is_valid():
        try:
            said = _added(request, form)
        except Refused as refused:
            form.add_error(_field_of(form), str(refused))
    here = reverse("assessment:evidence", args=[request.submission.key])
    if request.headers.get("HX-Request") and request.POST.get("beside"):
        return _beside(request, form, said)
    if said:
        messages.success(request, said)
        return redirect(back_to(request, here))
    status = 422 if form.errors else 200
    return page(request, "add", status, form=form, kind=kind, next=back_to(request, here))


def _field_of(form: EvidenceForm) -> str | None:
    return form.kind.replace("link", "url") if form.kind in {"file", "link"} else None


def _added(request: FormRequest, form: EvidenceForm) -> str:
    """Add what the form holds; what to say of it."""
    data = form.cleaned_data
    rest: Any = {
        "actor": request.actor,
        "submission": request.submission,
        "serves": form.serves(),
    }
    if isinstance(form, FileForm):
        file = data["file"]
        made, is_new = add_file(name=file.name, data=file.read(), title=data["title"], **rest)
        if not is_new:
            return (
                f"This very file is here already, as “{made.title}”. It is kept once, and serves "
                "what you ticked as well."
            )
    elif isinstance(form, RecordForm):
        kind, record = form.chosen()
        made = add_record(title=data["title"], record_kind=kind, record_id=record, **rest)
    else:
        made = add_link(title=data["title"], url=data["url"], **rest)
    return f"“{made.title}” is added."


def _beside(request: FormRequest, form: EvidenceForm, said: str) -> HttpResponse:
    """The part of a question's page that shows its evidence, as it stands now."""
    key = request.POST["beside"]
    criterion = next((one for one in asked(request.submission) if one.key == key), None)
    if criterion is None:
        raise Http404
    problems = [str(error) for errors in form.errors.values() for error in errors]
    context = {
        "submission": request.submission,
        "criterion": criterion,
        "said": said,
        "came_from": back_to(request, ""),
        "problems": problems,
        "typed": request.POST if problems else {},
        "failed": form.kind if problems else "",
    }
    return render(request, "assessment/showing/parts/beside_question.html", context)


# --- one piece --------------------------------------------------------------------------------
def _piece(request: FormRequest, pk: int) -> Evidence:
    return get_object_or_404(queries.evidence_of(request.submission), pk=pk)


@require_http_methods(BOTH)
@of_submission()
def change(request: FormRequest, pk: int) -> HttpResponse:
    piece = _piece(request, pk)
    now = {each.criterion: each.how for each in piece.serves.all()}
    here = reverse("assessment:evidence", args=[request.submission.key])
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        criteria=asked(request.submission),
        kind=piece.kind,
        now=now,
        initial={"title": piece.title},
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_evidence(
                actor=request.actor,
                evidence=piece,
                title=form.cleaned_data["title"],
                serves=form.serves(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{piece.title}” is changed.")
            return redirect(back_to(request, here))
    may = request.submission.is_open and can_read_draft(request.actor, request.submission)
    return page(
        request,
        "piece",
        422 if form.errors else 200,
        form=form,
        piece=piece,
        where=_where(request, piece),
        next=back_to(request, here),
        may_change=may,
    )


@require_http_methods(BOTH)
@of_submission(can_read_draft)
def remove(request: FormRequest, pk: int) -> HttpResponse:
    """Ask once, then take it out."""
    piece = _piece(request, pk)
    here = reverse("assessment:evidence", args=[request.submission.key])
    if request.method != "POST":
        return page(request, "remove", piece=piece, next=back_to(request, here))
    title = piece.title
    remove_evidence(actor=request.actor, evidence=piece)
    messages.success(request, f"“{title}” is taken out.")
    return redirect(back_to(request, here))


@require_safe
@of_submission(can_read)
def download(request: FormRequest, digest: str) -> HttpResponse:
    """A file by its digest: one that is shown now, or that a frozen version names."""
    piece = request.submission.evidence.filter(file_digest=digest).first()
    if piece is not None:
        stored, name = piece.file, piece.file_name
    elif digest in keeping.frozen_files(request.submission):
        stored = _stored_under(request, digest)
        name = PurePosixPath(stored).name
    else:
        raise Http404
    data, refusal = bytes_or_refusal(request, stored, digest)
    ending = PurePosixPath(stored).suffix
    return refusal or hand_out(
        data, name=name, content_type=TYPES.get(ending, "application/octet-stream")
    )


def _stored_under(request: FormRequest, digest: str) -> str:
    """The file of a piece that was taken out since."""
    for name in vault.names_below(keeping.folder_of(request.submission)):
        if PurePosixPath(name).stem == digest:
            return name
    raise Http404
