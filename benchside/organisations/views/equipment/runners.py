"""Who runs an item: said in the workspace, agreed to at a technician's own page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.organisations.actions import running
from benchside.organisations.enums import RunLevel
from benchside.organisations.equipment import queries
from benchside.organisations.equipment.forms import RunnerForm
from benchside.organisations.models import Runs
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.equipment.items import item_page, keepable
from benchside.organisations.views.tables import words_of
from benchside.people.models import Technician
from benchside.people.queries import technician_of

FOUND = 20  # items offered to a technician at once


@require_POST
@members_only()
def add(request: MemberRequest, pk: int) -> HttpResponse:
    one = keepable(request, pk)
    form = RunnerForm(request.POST, organisation=request.seat.organisation)
    if form.is_valid():
        try:
            runs = running.say_runs(actor=Actor.of(request.user), item=one, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{runs.technician} is named. {_what_next(runs)}")
            return redirect("organisations:equipment_item", request.seat.organisation.slug, pk)
    return item_page(request, one, form)


@require_POST
@members_only()
def end(request: MemberRequest, pk: int, runs: int) -> HttpResponse:
    one = keepable(request, pk)
    held = get_object_or_404(one.runners.select_related("technician", "equipment"), pk=runs)
    try:
        running.end_runs(actor=Actor.of(request.user), runs=held)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{held.technician} is no longer named.")
    return redirect("organisations:equipment_item", request.seat.organisation.slug, pk)


def _what_next(runs: Runs) -> str:
    if runs.is_confirmed:
        return ""
    return "Outside your organisation, only once they have agreed at “Your space”."


# --- a technician's own ------------------------------------------------------------------------
@login_required
@never_cache
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What somebody is said to run, and what they could say they run."""
    me, words = technician_of(request.user), words_of(request)
    context = {
        "me": me,
        "words": words,
        "runs": queries.runs_of(me) if me else [],
        "found": queries.could_run(me, words)[:FOUND] if me and words else [],
        "levels": RunLevel.choices,
    }
    return render(request, "organisations/equipment/mine.html", context)


@require_POST
@login_required
@never_cache
def say(request: SignedInRequest, pk: int) -> HttpResponse:
    me = _me(request)
    item = get_object_or_404(queries.could_run(me, ""), pk=pk)
    level = request.POST.get("level", "")
    if level not in RunLevel.values:
        level = RunLevel.RUNS
    try:
        running.say_runs(actor=Actor.of(request.user), item=item, technician=me, level=level)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"You run {item.name}.")
    return redirect("my_equipment:mine")


@require_POST
@login_required
@never_cache
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agree to be named, or not to be."""
    runs = get_object_or_404(Runs.objects.filter(technician=_me(request)), pk=pk)
    verb = request.POST.get("verb", "")
    actor = Actor.of(request.user)
    try:
        if verb == "confirm":
            running.confirm_runs(actor=actor, runs=runs)
            messages.success(request, "You are named with it, as far as your profile shows you.")
        elif verb == "end":
            running.end_runs(actor=actor, runs=runs)
            messages.success(request, "You are no longer named with it.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("my_equipment:mine")


def _me(request: HttpRequest) -> Technician:
    me = technician_of(request.user)  # type: ignore[arg-type]
    if me is None:
        raise Http404
    return me
