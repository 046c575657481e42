"""Somebody's own declaration and audit, under their registration; to others nothing is here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.people.cpd.queries import breaks_of, log, plain
from benchside.recognition.cpd import actions, declaring, queries
from benchside.recognition.cpd.enums import ANSWERABLE, ASKED, CaseState, told_state
from benchside.recognition.cpd.forms import AnswerForm, DeclareForm, MoreTimeForm
from benchside.recognition.cpd.whereabouts import Presence, back_from, presence
from benchside.recognition.cpd.year import held_against
from benchside.recognition.models import AnnualDeclaration, AuditCase, Entry

NOT_OPEN = "That year was declared already, or it is too early."
CAN_ASK_FOR_TIME = (CaseState.NOTIFIED, CaseState.RESUBMIT)


class OwnRequest(HttpRequest):
    user: User


def _entry(request: OwnRequest, number: str) -> Entry:
    return get_object_or_404(queries.entries_of(request.user), award__number=number)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: OwnRequest, number: str) -> HttpResponse:
    entry, today = _entry(request, number), timezone.localdate()
    year = _year_on_the_page(request, queries.years_to_declare(entry, today))
    rule = entry.register.rules.cpd_on(today)
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and year is None:
        messages.error(request, f"Nothing was declared just now. {NOT_OPEN}")
        return redirect("recognition:declare", number)
    if request.method == "POST" and year is not None and form.is_valid():
        try:
            actions.declare_year(
                actor=Actor.of(request.user), entry=entry, year=year, said=form.said()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Thank you. Your CPD of {year} is declared.")
            return redirect("recognition:declare", number)
    context = {
        "entry": entry,
        "year": year,
        "due": declaring.due_on(year, rule.declare_by) if year and rule else None,
        "today": today,
        "terms": entry.register.rules.terms,
        "said": _said_of(entry),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "recognition/cpd/declare.html", context, status=status)


def _year_on_the_page(request: HttpRequest, years: Sequence[int]) -> int | None:
    """The year that was asked about, not the next one: a form sent twice declares one year."""
    if request.method != "POST":
        return years[0] if years else None
    return next((one for one in years if str(one) == request.POST.get("year")), None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: OwnRequest, number: str, year: int) -> HttpResponse:
    """Correct what was declared of a year. Once it cannot be, the page says so and why."""
    entry = _entry(request, number)
    said = get_object_or_404(entry.declarations, year=year)
    form = DeclareForm(request.POST or None, initial=DeclareForm.saying(said))
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_declaration(
                actor=Actor.of(request.user), declaration=said, said=form.said()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"What you declared of {year} is corrected.")
            return redirect("recognition:declare", number)
    context = {
        "entry": entry,
        "said": said,
        "until": queries.correctable_until(said, timezone.localdate()),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "recognition/cpd/correct.html", context, status=status)


def _said_of(entry: Entry) -> list[tuple[AnnualDeclaration, date | None]]:
    """What they declared, the newest year first, each with the last day to correct it."""
    today = timezone.localdate()
    found = entry.declarations.select_related("entry__register", "entry__award__version")
    return [
        (one, queries.correctable_until(one, today)) for one in found.prefetch_related("earlier")
    ]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: OwnRequest, number: str) -> HttpResponse:
    entry = _entry(request, number)
    case = queries.case_of(entry)
    what = request.POST.get("do", "")
    answer = AnswerForm(
        request.POST if what == "answer" else None,
        initial={"summary": case.summary if case else ""},
    )
    more = MoreTimeForm(request.POST if what == "more" else None)
    tried: forms.Form | None = {"answer": answer, "more": more}.get(what)
    if case is not None and tried is not None and tried.is_valid():
        try:
            said = _do(request, what, case, tried.cleaned_data)
        except Refused as refused:
            tried.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect("recognition:my_audit", number)
    context = {"entry": entry, "case": case, "form": tried, "answer": answer, "more": more}
    if case is not None:
        context |= _about(case)
    status = 422 if tried is not None else 200
    return render(request, "recognition/cpd/my_audit.html", context, status=status)


def _do(request: OwnRequest, what: str, case: AuditCase, said: dict[str, Any]) -> str:
    actor = Actor.of(request.user)
    if what == "more":
        actions.ask_for_time(actor=actor, case=case, until=said["until"], why=said["why"])
        return "You asked for more time. We write to you."
    actions.submit_year(actor=actor, case=case, summary=said["summary"])
    return "It is with us. You need do nothing more until we write to you."


def _about(case: AuditCase) -> dict[str, Any]:
    """What the page says of the case: how the log stands today, and what was found."""
    can_answer, can_ask = case.state in ANSWERABLE, case.state in CAN_ASK_FOR_TIME
    verdicts = case.verdicts.filter(round__lt=case.rounds) if can_answer else case.verdicts.all()
    is_told = can_answer or case.state == CaseState.ACCEPTED
    return {
        "state": told_state(case.state),
        "can_answer": can_answer,
        "is_paused": case.state in ASKED and presence(case) == Presence.AWAY,
        "can_ask_for_time": can_ask and not case.time_refused_at,
        "is_time_refused": can_ask and case.time_refused_at,
        "seen": _as_it_stands(case) if can_answer else [],
        "unmet": [one for one in verdicts if not one.is_met] if is_told else [],
        "words": case.words if case.state != CaseState.DOUBTED else "",
        "today": timezone.localdate(),
        "back": back_from(case.entry.award, timezone.localdate(case.decided_at)),
    }


def _as_it_stands(case: AuditCase) -> list[Any]:
    technician = case.entry.award.technician
    if technician is None:
        return []
    theirs = log(technician).filter(is_done=True, ends__lte=case.run.ends_on)
    return held_against(case, [plain(one) for one in theirs], breaks_of(technician))[1]
