"""One case: the year beside the standards, what happened, and what can be decided now."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.people.cpd.queries import file_of
from benchside.people.enums import CpdCategory
from benchside.recognition.cpd import actions, queries, rules
from benchside.recognition.cpd.actions.committee import waits_to_be_lifted
from benchside.recognition.cpd.enums import CaseState
from benchside.recognition.cpd.forms import (
    SAID_BEFORE,
    CommitteeForm,
    GiveTimeForm,
    RefuseTimeForm,
    RemoveForm,
    ReviewForm,
)
from benchside.recognition.cpd.states import CASES
from benchside.recognition.cpd.views import DeskRequest, for_all, shared
from benchside.recognition.cpd.whereabouts import back_from
from benchside.recognition.cpd.year import Year, rule_of, year_of
from benchside.recognition.models import AuditCase

REVIEW = ("accept", "ask-again", "doubt", "fail")
DONE = {
    "accept": "Accepted. They get a letter.",
    "ask-again": "They are asked again, with your words.",
    "doubt": "Kept. Somebody else looks at it before they are told.",
    "fail": "It is with the committee now.",
    "give-time": "More time is given. They get a letter.",
    "refuse-time": "They get a letter with your words.",
    "give-last-chance": "They get a letter with the last day.",
    "suspend": "Suspended, from now. They get a letter.",
    "remove": "Taken off the register. They get a letter.",
    "lift": "The suspension is lifted: they are on the register again.",
}


def _case(request: DeskRequest, pk: int) -> AuditCase:
    return get_object_or_404(
        AuditCase.objects.filter(run__register=request.here).select_related(
            "run__register", "share__technician", "entry__register", "entry__body",
            "entry__award__version", "entry__award__technician",
        ),
        pk=pk,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_all
def case(request: DeskRequest, pk: int) -> HttpResponse:
    found, actor = _case(request, pk), Actor.of(request.user)
    if not rules.has_business(actor, found):
        raise Http404
    against = rules.against(actor, found)
    if against:
        context = {**shared(request), "case": found, "against": against}
        return render(request, "recognition/cpd/conflict.html", context, status=403)
    verb = request.POST.get("do", "")
    year = year_of(found)
    made = _forms(request, found, year, verb)
    tried = made.get(_form_of(verb))
    if verb in DONE and (tried is None or tried.is_valid()):
        try:
            _act(actor, found, verb, tried)
        except Refused as refused:
            if tried is None:
                messages.error(request, str(refused))
                return redirect("recognition:cpd_case", request.here.slug, pk)
            tried.add_error(None, str(refused))
        else:
            messages.success(request, DONE[verb])
            return redirect("recognition:cpd_case", request.here.slug, pk)
    context = {
        **shared(request),
        **made,
        "case": found,
        "form": tried,
        "year": year,
        "activities": _activities(year),
        "verbs": _verbs(actor, found),
        "verdicts": found.verdicts.all(),
        "steps": queries.steps_of(found),
        "letters": found.letters.all(),
        "most_rounds": rule_of(found.run).ask_again_at_most,
        "is_unreached": queries.is_unreached(found),
        "to_lift": waits_to_be_lifted(found) and rules.can_suspend(actor, found),
    }
    status = 422 if tried is not None and tried.errors else 200
    return render(request, "recognition/cpd/case.html", context, status=status)


def _verbs(actor: Actor, case: AuditCase) -> list[str]:
    """What this reader may do now; what a rule forbids is not offered."""
    found = CASES.verbs(actor, case)
    needs = {verb: CASES.row(case.state, verb).needs for verb in found}
    return [verb for verb in found if all(need.met(case) for need in needs[verb])]


def _activities(year: Year | None) -> list[dict[str, Any]]:
    labels = dict(CpdCategory.choices)
    return [
        {
            **one,
            "kind": labels.get(one["category"], one["category"]),
            "day": date.fromisoformat(one["ends"]),
        }
        for one in (year.activities if year else [])
    ]


# --- forms --------------------------------------------------------------------------------------
def _form_of(verb: str) -> str:
    if verb in REVIEW:
        return "review"
    names = {
        "give-time": "give",
        "refuse-time": "refuse",
        "give-last-chance": "decide",
        "suspend": "decide",
        "remove": "remove",
    }
    return names.get(verb, "")


def _forms(
    request: DeskRequest, case: AuditCase, year: Year | None, verb: str
) -> dict[str, forms.Form]:
    data = request.POST if request.method == "POST" else None
    asked = _form_of(verb)

    def bound(name: str) -> Any:
        return data if asked == name else None

    back = back_from(case.entry.award, timezone.localdate())
    made: dict[str, forms.Form] = {
        "give": GiveTimeForm(bound("give"), initial={"until": case.more_until}, auto_id="give_%s"),
        "refuse": RefuseTimeForm(bound("refuse"), auto_id="refuse_%s"),
        "decide": CommitteeForm(bound("decide"), auto_id="decide_%s"),
        "remove": RemoveForm(bound("remove"), back=back, auto_id="remove_%s"),
    }
    if year is not None:
        rule = rule_of(case.run)
        made["review"] = ReviewForm(
            bound("review"),
            seen=year.seen,
            answer_days=rule.answer_days,
            initial=_said_so_far(case),
        )
    return made


def _said_so_far(case: AuditCase) -> dict[str, str]:
    """The second reader begins with what the first one found."""
    if case.state != CaseState.DOUBTED:
        return {}
    found = {"words": case.words}
    for one in case.verdicts.filter(round=case.rounds):
        found[f"met_{one.standard}"] = SAID_BEFORE[one.is_met]
        found[f"words_{one.standard}"] = one.words
    return found


def _act(actor: Actor, case: AuditCase, verb: str, form: Any) -> None:
    said = form.cleaned_data if form is not None else {}
    to: dict[str, Any] = {"actor": actor, "case": case}
    if verb in REVIEW:
        to |= {"verdicts": form.verdicts(), "words": said["words"]}
    elif form is not None:
        to |= {key: value for key, value in said.items() if key != "is_sure"}
    if verb == "ask-again":
        to["due_on"] = said["due_on"]
    verbs: dict[str, Callable[..., object]] = {
        "accept": actions.accept_year,
        "ask-again": actions.ask_again,
        "doubt": actions.doubt_year,
        "fail": actions.fail_year,
        "give-time": actions.give_time,
        "refuse-time": actions.refuse_time,
        "give-last-chance": actions.give_last_chance,
        "suspend": actions.suspend_for_cpd,
        "remove": actions.remove_for_cpd,
        "lift": actions.lift_suspension,
    }
    verbs[verb](**to)


# --- evidence -----------------------------------------------------------------------------------
@require_safe
@for_all
def file(request: DeskRequest, pk: int, digest: str) -> HttpResponse:
    """A file they showed, as it was when they shared it; never opened within the page."""
    found = _case(request, pk)
    if found.share is None or not rules.can_read(Actor.of(request.user), found):
        raise Http404
    try:
        shown = file_of(found.share, digest)
    except Refused:
        raise Http404 from None
    if shown is None:
        raise Http404
    name, data = shown
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
