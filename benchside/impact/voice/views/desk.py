"""For the lead: suggestions to answer, and what technicians think of each action."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.impact.enums import Area, Origin, PlanState
from benchside.impact.models import Action, Plan, Suggestion
from benchside.impact.voice import actions, queries
from benchside.impact.voice.enums import SuggestionState
from benchside.impact.voice.forms import DeclineForm, JoinForm, TakeForm
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 25
COLUMNS = [("title", "Suggestion"), ("area", "Area"), ("made", "Made"), ("state", "What became")]
STATES = [(one.value, one.label) for one in SuggestionState if one in queries.SAID]


@require_safe
@members_only(roles.KEEP_PLAN)
def voice(request: MemberRequest) -> HttpResponse:
    """All suggestions, what waits first."""
    here = request.seat.organisation
    wanted = _wanted(request)
    page = Paginator(queries.suggestions_of(here, **wanted), A_PAGE).get_page(
        request.GET.get("page")
    )
    every = Suggestion.objects.filter(plan__organisation=here)
    context = {
        "page": page,
        "lines": [(one, queries.who_made(one)) for one in page],
        "tally": queries.tally(every),
        "wanted": wanted,
        "columns": sorting(request, COLUMNS, wanted["sort"]),
        "states": STATES,
        "areas": Area.choices,
        "kept": request.GET.urlencode(),
        "is_empty": not every.filter(state__in=queries.SAID).exists(),
        "plan": _agreed(request),
    }
    return render(request, "impact/voice/desk.html", context)


@require_safe
@members_only(roles.KEEP_PLAN)
def suggestions_csv(request: MemberRequest) -> HttpResponse:
    """The list as chosen, all its pages; names of those who allowed it."""
    here = request.seat.organisation
    header = ("Suggestion", "Why", "Area", "Made", "Who", "What became", "Action", "Answer")
    rows = (
        (one.title, one.why, one.get_area_display(), one.made_at.date(), queries.who_made(one),
         one.get_state_display(), one.action.code if one.action else "", one.answer)
        for one in queries.suggestions_of(here, **_wanted(request))
    )  # fmt: skip
    return csv_response(f"{here.slug}-suggestions.csv", header, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_PLAN)
def suggestion(request: MemberRequest, key: UUID) -> HttpResponse:
    """One suggestion: take it over, say which action does it, or say why not now."""
    found = queries.suggestions_of(request.seat.organisation)
    one = get_object_or_404(found, key=key)
    bound: dict[str, forms.Form] = {}
    if request.method == "POST":
        verb = request.POST.get("verb", "")
        form = _form(verb, request.POST, one)
        if form is None:
            messages.error(request, "Nothing was done: press one of the buttons.")
            return redirect("impact:suggestion", request.seat.organisation.slug, key)
        if form.is_valid() and (said := _answer(request, one, verb, form)):
            messages.success(request, f"{said} Whoever suggested it is told by e-mail.")
            return redirect("impact:voice", request.seat.organisation.slug)
        bound[f"{verb}_form"] = form
    context = {
        "one": one,
        "who": queries.who_made(one),
        "alike": _alike(one),
        "take_form": TakeForm.of(one),
        "join_form": JoinForm(plan=one.plan),
        "decline_form": DeclineForm(),
        "errors": next(iter(bound.values()), None),
        "is_over": one.plan.state == PlanState.CLOSED,
        **bound,
    }
    status = 422 if bound else 200
    return render(request, "impact/voice/suggestion.html", context, status=status)


def _form(verb: str, said: Any, one: Suggestion) -> forms.Form | None:
    if verb == "take":
        return TakeForm(said)
    if verb == "join":
        return JoinForm(said, plan=one.plan)
    return DeclineForm(said) if verb == "decline" else None


def _answer(request: MemberRequest, one: Suggestion, verb: str, form: forms.Form) -> str:
    """What was done, in words; empty where it was refused, which the form then says."""
    who: dict[str, Any] = {"actor": Actor.of(request.user), "suggestion": one}
    try:
        if verb == "take":
            action = actions.take_over(**who, **form.cleaned_data)
            return f"It is in the plan as {action.code}, proposed."
        if verb == "join":
            actions.join(**who, **form.cleaned_data)
            return f"It goes with {form.cleaned_data['action'].code}."
        actions.decline(**who, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return ""
    return "Answered."


def _alike(one: Suggestion) -> list[Action]:
    """Actions of the plan that others' suggestions became: perhaps this asks for the same."""
    found = one.plan.actions.filter(origin=Origin.VOICE).order_by("position", "code")
    return list(found.only("code", "title", "plan")[:10])


@require_safe
@members_only(roles.KEEP_PLAN)
def opinions(request: MemberRequest) -> HttpResponse:
    """What technicians think of each action of the agreed plan."""
    plan = _agreed(request)
    heard = queries.heard(plan) if plan else []
    page = Paginator(heard, A_PAGE * 2).get_page(request.GET.get("page"))
    context = {"plan": plan, "page": page, "few": queries.FEW}
    return render(request, "impact/voice/opinions.html", context)


@require_safe
@members_only(roles.KEEP_PLAN)
def opinions_csv(request: MemberRequest) -> HttpResponse:
    plan = _agreed(request)
    header = ("Action", "Title", "Matters to, about", "Not for, about")
    rows = (
        (one.action.code, one.action.title, _cell(one.matters), _cell(one.not_mine))
        for one in (queries.heard(plan) if plan else [])
    )
    return csv_response(f"{request.seat.organisation.slug}-opinions.csv", header, rows)


def _cell(cell: Any) -> object:
    if cell is None:
        return f"fewer than {queries.FEW} said"
    return cell.reason if cell.value is None else int(cell.value)


def _agreed(request: MemberRequest) -> Plan | None:
    """The agreed plan that began last."""
    found = Plan.objects.filter(organisation=request.seat.organisation, state=PlanState.AGREED)
    return found.order_by("-starts_on", "-pk").first()


def _wanted(request: MemberRequest) -> dict[str, str]:
    asked = request.GET
    sort, state, area = (asked.get(name, "") for name in ("sort", "state", "area"))
    return {
        "sort": sort if sort.removeprefix("-") in queries.SORTS else "state",
        "state": state if state in dict(STATES) else "",
        "area": area if area in Area.values else "",
        "words": words_of(request),
    }
