"""Audit runs: plan one with its sizes, fix the population, draw, announce, see how it ended."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.recognition.cpd import actions, declaring, queries, sampling
from benchside.recognition.cpd.actions.runs import FAR
from benchside.recognition.cpd.enums import RunState, Stratum
from benchside.recognition.cpd.forms import AnnounceForm, DrawForm, RunForm
from benchside.recognition.cpd.population import Population
from benchside.recognition.cpd.sampling import Sizes
from benchside.recognition.cpd.views import DeskRequest, for_all, for_registrars, shared
from benchside.recognition.cpd.year import rule_of
from benchside.recognition.models import AuditRun

STATUS = {
    RunState.FROZEN: "g",
    RunState.DRAWN: "a",
    RunState.ANNOUNCED: "b",
    RunState.ABANDONED: "g",
}


@require_safe
@for_all
def overview(request: DeskRequest) -> HttpResponse:
    rule = request.here.rules.cpd_on(timezone.localdate())
    context = {
        **shared(request),
        "runs": [(one, STATUS[RunState(one.state)]) for one in queries.runs(request.here)],
        "waiting": queries.waiting(request.here, request.user),
        "rule": rule,
    }
    return render(request, "recognition/cpd/desk.html", context)


# --- planning one -------------------------------------------------------------------------------
def _usual(request: DeskRequest) -> dict[str, Any]:
    """What the register's own rule would have: the year whose declaration was due last, or the
    first after it that has no audit yet; no year where all that can be asked for have one."""
    today = timezone.localdate()
    rule = request.here.rules.cpd_on(today)
    if rule is None:
        return {}
    last, ends_on = declaring.last_due(today, rule.declare_by)
    there, year = queries.audits_by_year(request.here), None
    for one in range(last, today.year + 2):
        due = declaring.due_on(one, rule.declare_by)
        if one not in there and due <= today + FAR:
            year, ends_on = one, due
            break
    return {"year": year, "percent": rule.audit_percent, "ends_on": ends_on}


@require_http_methods(["GET", "HEAD", "POST"])
@for_registrars
def new(request: DeskRequest) -> HttpResponse:
    """The plan, how many it would take of whom, and the button that fixes the population."""
    form = RunForm(request.POST or None, initial=_usual(request))
    found: tuple[Population, Sizes] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "freeze":
                made = actions.freeze_population(
                    actor=Actor.of(request.user), register=request.here, plan=form.plan()
                )
                messages.success(request, "The population is fixed. Now draw the sample.")
                return redirect("recognition:cpd_run", request.here.slug, made.pk)
            found = actions.preview(request.here, form.plan())
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {**shared(request), "form": form}
    if form.errors:
        year = form.cleaned_data.get("year", 0)
        context |= {"year": year, "there": queries.audits_by_year(request.here).get(year)}
    if found is not None:
        context |= {"population": found[0], "sizes": found[1]}
    status = 422 if form.errors else 200
    return render(request, "recognition/cpd/new_run.html", context, status=status)


# --- one ----------------------------------------------------------------------------------------
def _run(request: DeskRequest, pk: int) -> AuditRun:
    return get_object_or_404(
        AuditRun.objects.select_related("register"), pk=pk, register=request.here
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_all
def run(request: DeskRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    what = request.POST.get("do", "")
    draw = DrawForm(request.POST if what == "draw" else None)
    announce = AnnounceForm(
        request.POST if what == "announce" else None, initial={"due_on": _usual_due(found)}
    )
    tried: forms.Form | None = {"draw": draw, "announce": announce}.get(what)
    if what == "abandon":
        return _abandon(request, found)
    if tried is not None and tried.is_valid():
        try:
            return _do(request, what, found, tried.cleaned_data)
        except Refused as refused:
            tried.add_error(None, str(refused))
    context = {
        **shared(request),
        "run": found,
        "form": tried,
        "draw_form": draw,
        "announce_form": announce,
        "strata": [Stratum(one).label for one in found.strata],
        "sizes": _sizes(found),
        "is_whole": sampling.digest(found.population.encode()) == found.digest,
        "outcomes": queries.outcomes(found) if found.seed else {},
        "published": queries.published(found) if found.seed else None,
    }
    status = 422 if tried is not None else 200
    return render(request, "recognition/cpd/run.html", context, status=status)


def _sizes(run: AuditRun) -> Sizes:
    members = sampling.parse(run.population.encode())
    return sampling.sizes(members, run.percent, each_stratum=run.each_stratum)


def _usual_due(run: AuditRun) -> date:
    days = rule_of(run).answer_days
    return timezone.localdate() + timedelta(days=days)


def _abandon(request: DeskRequest, found: AuditRun) -> HttpResponse:
    try:
        actions.abandon_run(actor=Actor.of(request.user), run=found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("recognition:cpd_run", request.here.slug, found.pk)
    messages.success(request, "That run is given up. Nobody was drawn.")
    return redirect("recognition:cpd_desk", request.here.slug)


def _do(request: DeskRequest, what: str, found: AuditRun, said: dict[str, Any]) -> HttpResponse:
    actor = Actor.of(request.user)
    if what == "announce":
        watched = actions.announce_run(actor=actor, run=found, due_on=said["due_on"])
        return redirect(watched)
    many = actions.draw_sample(actor=actor, run=found, seed=said["seed"])
    messages.success(request, f"{many} drawn. Nobody is told before you announce it.")
    return redirect("recognition:cpd_run", request.here.slug, found.pk)


# --- what can be taken away ---------------------------------------------------------------------
@require_safe
@for_registrars
def population(request: DeskRequest, pk: int) -> HttpResponse:
    """The very bytes whose digest is published."""
    found = _run(request, pk)
    response = HttpResponse(found.population.encode(), content_type="text/tab-separated-values")
    response["Content-Disposition"] = 'attachment; filename="population.tsv"'
    return response


@require_safe
@for_registrars
def sample(request: DeskRequest, pk: int) -> HttpResponse:
    """All who were drawn; how it stands, of those the reader may read."""
    run = _run(request, pk)
    mine = set(queries.readable(request.here, request.user).values_list("pk", flat=True))
    rows = (
        (one.entry.award.number, one.entry.name, one.entry.body.name, one.stratum,
         "yes" if one.is_certain else "", one.get_state_display() if one.pk in mine else "")
        for one in run.cases.select_related("entry__award", "entry__body").order_by(
            "entry__award__number"
        )
    )  # fmt: skip
    header = ("Number", "Name", "Body", "Part", "Silent last time", "State")
    return csv_response("sample.csv", header, rows)


@require_safe
@for_registrars
def results(request: DeskRequest, pk: int) -> HttpResponse:
    """Counts as they may be published."""
    shown = queries.published(_run(request, pk))
    rows: list[tuple[object, object]] = [
        (title, _shown(cell)) for title, cell in shown.cells.items()
    ]
    return csv_response("results.csv", ("Outcome", "People"), [*rows, ("All", _shown(shown.total))])


def _shown(cell: Any) -> object:
    return cell.reason if cell.value is None else int(cell.value)
