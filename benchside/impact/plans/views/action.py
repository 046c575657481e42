"""One action: all that is known of it, and every button on its page."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form, IntegerField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core import charts
from benchside.core.actions import Actor, Refused
from benchside.core.registries import evidence_kinds
from benchside.impact.enums import PlanState
from benchside.impact.models import Action, Plan, Success
from benchside.impact.plans import actions, annex, forms, queries, rules, themes
from benchside.impact.plans.marks import marks
from benchside.impact.plans.states import ACTION, WHY
from benchside.impact.plans.views import about, panels
from benchside.impact.plans.wording import VERBS
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only


@require_safe
@members_only()
def action(request: MemberRequest, plan: UUID, code: str) -> HttpResponse:
    here, found = _found(request, plan, code)
    return _page(request, here, found)


def _found(request: MemberRequest, key: UUID, code: str) -> tuple[Plan, Action]:
    plan = queries.plan_of(request.seat.organisation, key)
    return plan, queries.action_of(plan, code.replace("\0", "")[:12])


def _page(
    request: MemberRequest, plan: Plan, found: Action, status: int = 200, **wrong: Any
) -> HttpResponse:
    """The whole page; `wrong` holds a form that was sent and could not be used."""
    actor = Actor.of(request.user)
    is_open = plan.state != PlanState.CLOSED
    verbs = ACTION.verbs(actor, found) if is_open else []
    with_why = {row.verb for row in ACTION.rows if WHY in row.needs}
    today = timezone.localdate()
    context = {
        **about(request, plan),
        **panels("impact.action", str(found.pk)),
        "action": found,
        "mark": marks()[found.delivery],
        "themes": themes.titles(found.themes),
        "moves": [(verb, VERBS[verb]) for verb in verbs if verb not in with_why],
        "moves_why": [(verb, VERBS[verb]) for verb in verbs if verb in with_why],
        "may_deliver": is_open and rules.can_deliver(actor, found),
        "notes": queries.notes_of(found),
        "changes": queries.told(queries.changes_of(plan, found.code)[:12]),
        "successes": [(one, annex.told(one), _chart(one)) for one in found.successes.all()],
        "evidence": [(one, _where(one, request)) for one in found.evidence.all()],
        "today": today,
        "note_form": forms.NoteForm(initial={"delivery": found.delivery}),
        "milestone_form": forms.MilestoneForm(),
        "success_form": forms.SuccessForm(),
        "observation_form": forms.ObservationForm(initial={"observed_on": today}),
        "evidence_form": forms.EvidenceForm(),
        **wrong,
    }
    return render(request, "impact/plans/action.html", context, status=status)


def _chart(success: Success) -> dict[str, Any] | None:
    """Its values over time with where it started; None with fewer than two."""
    seen = [(one.observed_on, float(one.value)) for one in success.observations.all()][::-1]
    if success.baseline is not None and success.baseline_on:
        seen = sorted([(success.baseline_on, float(success.baseline)), *seen])
    points = [(f"{on:%b %Y}", value) for on, value in seen]
    if len(points) < 2 or any(value < 0 for _, value in points):
        return None
    aim = float(success.target) if success.target is not None and success.target >= 0 else None
    return {"points": points, "line": charts.line(points, aim), "aim": aim}


def _where(evidence: Any, request: MemberRequest) -> str:
    """The address of a piece of evidence, where this member may open it."""
    if evidence.url:
        return str(evidence.url)
    if evidence.record_kind not in evidence_kinds:
        return ""
    kind = evidence_kinds[evidence.record_kind]
    found = kind.describe(evidence.record_id, request.user.person_id)
    return str(found["url"]) if found else ""


# --- writing -------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_PLAN)
def add(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    form = forms.NewAction(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.propose_action(
                actor=Actor.of(request.user), plan=here, title=said["title"],
                areas=said["areas"], due_on=said["due_on"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{made.code} is in the plan. Now say who, why and how.")
            return redirect("impact:plan_action_edit", here.organisation.slug, here.key, made.code)
    context = {**about(request, here), "form": form, "heading": "Add an action", "submit": "Add it"}
    status = 422 if form.errors else 200
    return render(request, "impact/plans/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_PLAN)
def edit(request: MemberRequest, plan: UUID, code: str) -> HttpResponse:
    here, found = _found(request, plan, code)
    initial = forms.initial_of(found)
    if not found.themes:
        initial["themes"] = themes.suggested(f"{found.title} {found.objective}")
    form = forms.ActionForm(here.organisation, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_action(
                actor=Actor.of(request.user), action=found, changes=form.values()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved." if changed else "Nothing was different.")
            return redirect("impact:plan_action", here.organisation.slug, here.key, found.code)
    context = {
        **about(request, here), "form": form, "heading": f"Change {found.code}", "submit": "Save",
        "action": found, "suggested": not found.themes and bool(initial["themes"]),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "impact/plans/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_PLAN)
def edit_success(request: MemberRequest, plan: UUID, code: str, pk: int) -> HttpResponse:
    here, found = _found(request, plan, code)
    success = get_object_or_404(found.successes, pk=pk)
    initial = {name: getattr(success, name) for name in forms.SuccessForm.base_fields}
    form = forms.SuccessForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_success(
                actor=Actor.of(request.user), success=success, values=form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved.")
            return redirect("impact:plan_action", here.organisation.slug, here.key, found.code)
    context = {
        **about(request, here),
        "form": form,
        "heading": f"A measure of {found.code}",
        "submit": "Save",
        "action": found,
    }
    return render(request, "impact/plans/form.html", context, status=422 if form.errors else 200)


# --- every button of the page --------------------------------------------------------------------
@require_POST
@members_only()
def do(request: MemberRequest, plan: UUID, code: str, what: str) -> HttpResponse:
    here, found = _found(request, plan, code)
    if what not in BUTTONS:
        raise Http404
    form_name, form_class, button = BUTTONS[what]
    form = form_class(request.POST) if form_class else None
    problem = ""
    if form is None or form.is_valid():
        try:
            said = button(
                Actor.of(request.user), found, form.cleaned_data if form else request.POST
            )
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, said)
            return redirect("impact:plan_action", here.organisation.slug, here.key, found.code)
    if form is not None and problem:
        form.add_error(None, problem)
    elif problem:
        messages.error(request, problem)
    wrong: dict[str, Any] = {}
    if form is not None:
        wrong = {form_name: form, "wrong": _said(form)}
    if what == "observe":
        wrong["observed"] = request.POST.get("success", "")
    return _page(request, here, queries.action_of(here, found.code), 422, **wrong)


def _said(form: Form) -> list[str]:
    """All that is wrong with a form, each with the name of its field."""
    return [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]


def _pk(value: Any) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _move(actor: Actor, found: Action, said: Any) -> str:
    actions.move_action(actor=actor, action=found, verb=said["verb"], why=said["why"])
    return f"{found.code} is {found.get_state_display().lower()} now."


def _note(actor: Actor, found: Action, said: Any) -> str:
    actions.write_note(
        actor=actor, action=found, text=said["text"], delivery=said["delivery"],
        is_public=said["is_public"],
    )  # fmt: skip
    return "Your note is kept."


def _milestone(actor: Actor, found: Action, said: Any) -> str:
    actions.add_milestone(actor=actor, action=found, title=said["title"], due_on=said["due_on"])
    return "The milestone is added."


def _reach(actor: Actor, found: Action, said: Any) -> str:
    one = get_object_or_404(found.milestones, pk=_pk(said.get("milestone")))
    on: date | None = None if one.done_on else timezone.localdate()
    actions.finish_milestone(actor=actor, milestone=one, done_on=on)
    return "Reached, as of today." if on else "Not reached after all."


def _drop_milestone(actor: Actor, found: Action, said: Any) -> str:
    one = get_object_or_404(found.milestones, pk=_pk(said.get("milestone")))
    actions.drop_milestone(actor=actor, milestone=one)
    return "The milestone is gone. What it was stands in the history."


def _success(actor: Actor, found: Action, said: Any) -> str:
    actions.add_success(actor=actor, action=found, values=said)
    return "The measure is added."


def _drop_success(actor: Actor, found: Action, said: Any) -> str:
    one = get_object_or_404(found.successes, pk=_pk(said.get("success")))
    actions.drop_success(actor=actor, success=one)
    return "The measure is gone. What it was stands in the history."


def _evidence(actor: Actor, found: Action, said: Any) -> str:
    actions.add_evidence(
        actor=actor, action=found, title=said["title"], url=said["url"],
        is_public=said["is_public"],
    )  # fmt: skip
    return "The evidence is added."


def _drop_evidence(actor: Actor, found: Action, said: Any) -> str:
    one = get_object_or_404(found.evidence, pk=_pk(said.get("evidence")))
    actions.drop_evidence(actor=actor, evidence=one)
    return "It is taken off."


class _Observed(forms.ObservationForm):
    """Of which measure, beside the value."""

    success = IntegerField(min_value=0, max_value=10**11)


def _observe(actor: Actor, found: Action, said: Any) -> str:
    one = get_object_or_404(found.successes, pk=said["success"])
    actions.observe(
        actor=actor, success=one, value=said["value"], observed_on=said["observed_on"],
        people=said["people"],
    )  # fmt: skip
    return "The value is kept."


Button = Callable[[Actor, Action, Any], str]
BUTTONS: dict[str, tuple[str, Any, Button]] = {
    "move": ("state_form", forms.StateForm, _move),
    "note": ("note_form", forms.NoteForm, _note),
    "milestone": ("milestone_form", forms.MilestoneForm, _milestone),
    "reach": ("", None, _reach),
    "drop-milestone": ("", None, _drop_milestone),
    "measure": ("success_form", forms.SuccessForm, _success),
    "drop-measure": ("", None, _drop_success),
    "observe": ("observation_form", _Observed, _observe),
    "evidence": ("evidence_form", forms.EvidenceForm, _evidence),
    "drop-evidence": ("", None, _drop_evidence),
}
