"""The registrar's sheets on entries: names and hiding, the register as at a day, its seals."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.entries import actions, as_at, queries, rules
from benchside.recognition.entries.forms import AnswerHidingForm, AsAtForm, HideForm, RenameForm
from benchside.recognition.entries.seals import found_before
from benchside.recognition.entries.tasks import being_sealed, seal_watched
from benchside.recognition.enums import AskedState
from benchside.recognition.models import Entry, Register

TAKING = ["GET", "HEAD", "POST"]
A_PAGE = 30
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RegistrarRequest(SignedInRequest):
    """What a registrar's sheet gets."""

    register: Register


def registrars_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Sign-in, then 404 for whoever does not keep this register."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(request: RegistrarRequest, register: str, **kwargs: Any) -> HttpResponseBase:
        here = get_object_or_404(Register, slug=register)
        if not rules.keeps(Actor.of(request.user), here):
            raise Http404
        request.register = here
        return view(request, **kwargs)

    return checked


# --- names and hiding ---------------------------------------------------------------------------
REQUEST_COLUMNS = [("number", "Entry"), ("name", "Name"), ("what", "Asks to be"),
                   ("asked", "Asked"), ("state", "State")]  # fmt: skip


def _asked(request: RegistrarRequest) -> dict[str, str]:
    state, sort = request.GET.get("state", ""), request.GET.get("sort", "")
    return {
        "words": words_of(request),
        "state": state if state in AskedState.values else "",
        "sort": sort if sort.removeprefix("-") in queries.REQUEST_SORTS else "",
    }


@require_safe
@registrars_only
def hiding(request: RegistrarRequest) -> HttpResponse:
    """Who asks not to be found, or to be found again."""
    asked = _asked(request)
    found = Paginator(queries.requests_kept(request.register, request.user, **asked), A_PAGE)
    context = {
        "register": request.register,
        "page": found.get_page(request.GET.get("page")),
        "asked": asked,
        "columns": sorting(request, REQUEST_COLUMNS, asked["sort"]),
        "states": AskedState.choices,
        "kept": request.GET.urlencode(),
        "is_narrowed": bool(asked["words"] or asked["state"]),
    }
    return render(request, "recognition/entries/hiding.html", context)


@require_safe
@registrars_only
def hiding_csv(request: RegistrarRequest) -> HttpResponse:
    """Who asked and what became of it; never why, nor the answer."""
    header = ("Number", "Name", "Asks to be", "Asked", "State", "Answered")
    rows = (
        (one.entry.award.number, one.entry.called, "shown" if one.wants_shown else "hidden",
         timezone.localdate(one.made_at), one.get_state_display(),
         timezone.localdate(one.answered_at) if one.answered_at else "")
        for one in queries.requests_kept(request.register, request.user, **_asked(request))
    )  # fmt: skip
    return csv_response("hiding.csv", header, rows)


@require_http_methods(TAKING)
@registrars_only
def answer(request: RegistrarRequest, pk: int) -> HttpResponse:
    """One of them, with what the registrar decides."""
    found = get_object_or_404(queries.requests_kept(request.register, request.user), pk=pk)
    do, wants_shown = request.POST.get("do"), found.wants_shown
    hides = do == "hide" and not wants_shown
    form = AnswerHidingForm(request.POST or None, hides=hides, wants_shown=wants_shown)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_hiding(
                actor=Actor.of(request.user),
                request=found,
                grant=hides or (do == "show" and wants_shown),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, "Your answer stands on their page, and a letter tells them so."
            )
            return redirect("recognition:hiding", request.register.slug)
    context = {"register": request.register, "asked": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "recognition/entries/hiding_answer.html", context, status=status)


@require_http_methods(TAKING)
@registrars_only
def names(request: RegistrarRequest, number: str) -> HttpResponse:
    """One entry's name, and whether it is shown."""
    entry = queries.entry_by_number(request.register, number)
    if entry is None or not rules.can_keep(Actor.of(request.user), entry):
        raise Http404
    doing = request.POST.get("do", "")
    rename = RenameForm(request.POST if doing == "rename" else None, initial={"name": entry.name})
    hide = HideForm(request.POST if doing == "hide" else None)
    if request.method == "POST" and _done(request, entry, doing, rename, hide):
        return redirect("recognition:entry_names", request.register.slug, number)
    context = {
        "register": request.register,
        "entry": entry,
        "rename": rename,
        "hide": hide,
        "tried": hide if doing == "hide" else rename,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "recognition/entries/names.html", context, status=status)


def _done(
    request: RegistrarRequest, entry: Entry, doing: str, rename: RenameForm, hide: HideForm
) -> bool:
    """Whether what was sent could be done; if not, its form says why."""
    actor = Actor.of(request.user)
    tried = {"rename": rename, "hide": hide}.get(doing)
    if tried is not None and not tried.is_valid():
        return False
    try:
        match doing:
            case "rename":
                said = rename.cleaned_data
                actions.rename_entry(
                    actor=actor,
                    entry=entry,
                    name=said["name"],
                    keep_former=not said["forget"],
                    reason=said["reason"],
                    on=said["on"],
                )
                messages.success(request, "The register has the new name.")
            case "hide":
                actions.hide_entry(actor=actor, entry=entry, basis=hide.cleaned_data["basis"])
                messages.success(request, "Nobody outside finds this entry any more.")
            case "show":
                actions.show_entry(actor=actor, entry=entry)
                messages.success(request, "Everybody finds this entry again.")
            case _:
                return False
    except Refused as refused:
        (tried or rename).add_error(None, str(refused))
        return False
    return True


# --- the register as at a day -------------------------------------------------------------------
@require_safe
@registrars_only
def register_as_at(request: RegistrarRequest) -> HttpResponseBase:
    """The form; with a day in the address, the file."""
    form = AsAtForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return _file(request.register, form.cleaned_data["on"], form.cleaned_data["kind"])
    context = {"register": request.register, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "recognition/entries/as_at.html", context, status=status)


def _file(register: Register, on: date, kind: str) -> HttpResponseBase:
    name = f"{register.slug}-as-at-{on}.{kind}"
    response: HttpResponseBase
    if kind == "xlsx":
        response = HttpResponse(as_at.as_workbook(register, on), content_type=WORKBOOK)
    else:
        lines = as_at.as_csv(register, on)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- seals --------------------------------------------------------------------------------------
@require_http_methods(TAKING)
@registrars_only
def register_seals(request: RegistrarRequest) -> HttpResponse:
    """Every head of the register, and a new one on demand."""
    here = request.register
    if request.method == "POST":
        back = reverse("recognition:register_seals", args=[here.slug])
        return redirect(seal_watched(here, owner=request.user.person_id, then=back))
    page = Paginator(here.heads.order_by("-number"), A_PAGE).get_page(request.GET.get("page"))
    running = being_sealed(here)
    context = {
        "register": here,
        "page": page,
        "found": found_before(here),
        "running": running,
        "may_watch": running is not None and running.owner == request.user.person_id,
    }
    return render(request, "recognition/entries/seals.html", context)
