"""A person's own entry: renewing it, asking for a change, answering a concern; and what an
applicant says of themselves for the counts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from benchside.accounts.models import User
from benchside.assessment.awarding.queries import last_day, rules_of, state_of
from benchside.assessment.standards.shapes import in_words
from benchside.core.actions import Actor, Refused
from benchside.recognition.models import ConductCase, Entry, EntryRequest
from benchside.recognition.registry import actions, life, mails, queries
from benchside.recognition.registry.checks import missing_of, renewal_of
from benchside.recognition.registry.enums import ConductState
from benchside.recognition.registry.forms import (
    AppealForm,
    AskForm,
    EqualityForm,
    OwnSideForm,
    RenewForm,
)
from benchside.recognition.registry.states import OPEN_REQUESTS, OPEN_TO_ANSWER
from benchside.recognition.registry.views import tried


class OwnRequest(HttpRequest):
    user: User


def _own(request: OwnRequest, number: str) -> Entry:
    found = queries.own_entry(request.user, number)
    if found is None:
        raise Http404
    return found


def _shell(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry,
        "register": entry.register,
        "award": entry.award,
        "state": state_of(entry.award),
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: OwnRequest, number: str) -> HttpResponse:
    """Confirm, and see the one thing that is missing."""
    entry = _own(request, number)
    form = RenewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        actor = Actor.of(request.user)
        if tried(
            form,
            lambda: actions.confirm_renewal(actor=actor, entry=entry, **form.cleaned_data),
        ):
            messages.success(request, "Kept.")
            return redirect("recognition:renew_entry", number)
        entry = _own(request, number)  # the one in memory may hold what was taken back
    end, may = entry.award.period_end, actions.is_open(entry)
    made = renewal_of(entry, end) if end else None
    context = _shell(entry) | {
        "form": form,
        "may": may,
        "opens_on": actions.opens_on(entry) if actions.can_be_renewed(entry) else None,
        "missing": missing_of(entry) if may else [],
        "renewal": made,
        "is_confirmed": made is not None and made.details_at is not None,
        "last": last_day(entry.award),
        "is_over": end is not None and end < timezone.localdate(),
        "public_url": "" if entry.is_hidden else mails.public_path(entry),
    }
    status = 422 if form.errors else 200
    return render(request, "recognition/registry/renew.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def life_of(request: OwnRequest, number: str) -> HttpResponse:
    """What one may ask for: a break, to leave, to come back; and what one asked for before."""
    entry, actor = _own(request, number), Actor.of(request.user)
    wrong: tuple[str, Any] | None = None
    asked = entry.register.rules.asked_by_holder
    steps = [one for one in life.steps(entry) if one.verb in asked]
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            return _withdraw(request, entry)
        step = next((one for one in steps if one.verb == request.POST.get("verb", "")), None)
        if step is None:
            messages.error(request, "Nothing was done: press one of the buttons.")
            return redirect("recognition:my_life", number)
        form = AskForm(request.POST, step=step)
        if tried(
            form,
            lambda: actions.ask_for(actor=actor, entry=entry, verb=step.verb, **form.cleaned_data),
        ):
            messages.success(request, "We have it, and write to you.")
            return redirect("recognition:my_life", number)
        wrong, entry = (step.verb, form), _own(request, number)
    today = timezone.localdate()
    titles = {one.key: one.title for one in rules_of(entry.award).states}
    asked_for = entry.requests.select_related("fee").order_by("-pk")[:20]
    requests = [(one, in_words(one.verb)) for one in asked_for]
    context = _shell(entry) | {
        "steps": [
            (one, one.is_open(today), wrong[1] if wrong and wrong[0] == one.verb
             else AskForm(step=one))
            for one in steps
        ],
        "requests": requests,
        "today": today,
        "waits": any(one.state in OPEN_REQUESTS for one, _ in requests),
        "cases": queries.own_cases(entry),
        "history": [
            (one, titles.get(one.event.target, one.event.target))
            for one in queries.history(entry)
        ],
        "spells": entry.spells.filter(ended_on__isnull=True),
        "tried": wrong[0] if wrong else "",
        "form": wrong[1] if wrong else None,
    }  # fmt: skip
    return render(request, "recognition/registry/life.html", context, status=422 if wrong else 200)


def _withdraw(request: OwnRequest, entry: Entry) -> HttpResponse:
    one = get_object_or_404(EntryRequest, entry=entry, state__in=OPEN_REQUESTS)
    one.entry = entry
    try:
        actions.withdraw_request(actor=Actor.of(request.user), request=one)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Taken back.")
    return redirect("recognition:my_life", entry.award.number)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: OwnRequest, number: str, pk: int) -> HttpResponse:
    """What one is told of a concern, one's answer, the decision, the appeal."""
    entry, actor = _own(request, number), Actor.of(request.user)
    found = _own_case(entry, pk)
    what = request.POST.get("do", "")
    answer = OwnSideForm(
        request.POST if what == "answer" else None, initial={"answer": found.answer}
    )
    appeal = AppealForm(request.POST if what == "appeal" else None)
    if what == "answer" and tried(
        answer, lambda: actions.answer_concern(actor=actor, case=found, **answer.cleaned_data)
    ):
        messages.success(request, "Kept. Those who decide read it.")
        return redirect("recognition:my_case", number, pk)
    if what == "appeal" and tried(
        appeal, lambda: actions.appeal_decision(actor=actor, case=found, **appeal.cleaned_data)
    ):
        messages.success(request, "Your appeal is in. Somebody else looks at it.")
        return redirect("recognition:my_case", number, pk)
    if what:
        found = _own_case(entry, pk)  # the one in memory may hold what was taken back
    decision = found.decisions.filter(confirmed_at__isnull=False).first()
    context = _shell(entry) | {
        "case": found,
        "decision": decision,
        "outcome": _outcome(entry, decision.outcome) if decision else "",
        "answer_form": answer if found.state in OPEN_TO_ANSWER else None,
        "appeal_form": appeal if _may_appeal(found) else None,
        "form": {"answer": answer, "appeal": appeal}.get(what),
    }
    return render(
        request, "recognition/registry/own_case.html", context, status=422 if what else 200
    )


def _own_case(entry: Entry, pk: int) -> ConductCase:
    found = get_object_or_404(queries.own_cases(entry), pk=pk)
    found.entry = entry
    return found


def _may_appeal(found: ConductCase) -> bool:
    last = found.decisions.filter(confirmed_at__isnull=False).first()
    today = timezone.localdate()
    return (
        found.state == ConductState.DECIDED
        and last is not None
        and last.appeal_by is not None
        and today <= last.appeal_by
    )


def _outcome(entry: Entry, kind: str) -> str:
    rule = entry.register.rules.sanction(kind)
    return rule.title if rule else "No action"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def equality(request: OwnRequest, number: str) -> HttpResponse:
    """For whoever likes to say; reviewers and registrars see counts alone."""
    application = queries.own_application(request.user, number)
    if application is None:
        raise Http404
    held = getattr(application, "equality", None)
    form = EqualityForm(request.POST if request.method == "POST" else None, instance=held)
    if request.method == "POST" and form.is_valid():
        actions.answer_equality(
            actor=Actor.of(request.user), application=application, **form.cleaned_data
        )
        messages.success(request, "Kept. Thank you.")
        return redirect("recognition:equality", number)
    context = {"form": form, "application": application, "register": application.register}
    status = 422 if form.errors else 200
    return render(request, "recognition/registry/equality.html", context, status=status)
