"""Entries at the desk: found, read, changed by one person or proposed to a second."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.assessment import queries as engine
from benchside.assessment.awarding.queries import rules_of, shown_state_of, state_of
from benchside.assessment.standards.shapes import in_words
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.models import Entry, EntryRequest, ProposedMove, YearlyRenewal
from benchside.recognition.registers.views.fees import fee_forms, fee_verb
from benchside.recognition.registry import actions, life, mails, outliving, queries, rules
from benchside.recognition.registry.checks import missing_of
from benchside.recognition.registry.enums import RequestState
from benchside.recognition.registry.forms import AnswerForm, BodyForm, StepForm, WhyForm
from benchside.recognition.registry.life import Step
from benchside.recognition.registry.views import (
    DeskRequest,
    actor_of,
    among,
    desk_only,
    page_of,
    registrars_only,
    tried,
)

COLUMNS = [("number", "Number"), ("name", "Name"), ("state", "State"), ("body", "Body"),
           ("ends", "Year ends")]  # fmt: skip


def _asked(request: DeskRequest) -> dict[str, str]:
    given, register = request.GET, request.desk.register
    sort = given.get("sort", "number")
    return {
        "words": words_of(request),
        "state": among(given.get("state", ""), {one.key for one in queries.states_of(register)}),
        "body": among(given.get("body", ""), {one.slug for one in queries.bodies_of(register)}),
        "due": among(given.get("due", ""), dict(queries.DUE)),
        "sort": sort if sort.removeprefix("-") in queries.SORTS else "number",
    }


@require_safe
@desk_only
def entries(request: DeskRequest) -> HttpResponse:
    asked, register = _asked(request), request.desk.register
    page = page_of(request, queries.entries(request.desk, **asked))
    context = {
        "desk": request.desk,
        "register": register,
        "here": "entries",
        "page": page,
        "rows": [(one, state_of(one.award)) for one in page],
        "asked": asked,
        "columns": sorting(request, COLUMNS, asked["sort"]),
        "states": queries.states_of(register),
        "bodies": queries.bodies_of(register),
        "dues": queries.DUE,
        "kept": request.GET.urlencode(),
        "is_narrowed": any(value for key, value in asked.items() if key != "sort"),
    }
    return render(request, "recognition/registry/entries.html", context)


@require_safe
@desk_only
def entries_csv(request: DeskRequest) -> HttpResponse:
    header = ("Number", "Name", "State", "Shown as", "Body", "Their number there", "Admitted",
              "Year from", "Year ends", "Not shown")  # fmt: skip
    rows = (
        (one.award.number, one.name, state_of(one.award).title, shown_state_of(one.award).title,
         one.body, one.membership, one.admitted_on, one.award.period_start,
         one.award.period_end or "", "yes" if one.is_hidden else "")
        for one in queries.entries(request.desk, **_asked(request))
    )  # fmt: skip
    return csv_response("entries.csv", header, rows)


@require_POST
@registrars_only
def renew_many(request: DeskRequest) -> HttpResponse:
    """Renew those that were ticked; each that cannot be says why."""
    numbers = request.POST.getlist("number")[:500]
    found = request.desk.entries().filter(award__number__in=numbers)
    back = redirect("recognition:desk_entries", request.desk.register.slug)
    if not numbers:
        messages.error(request, "Nothing was done: tick the entries first.")
        return back
    came = actions.renew_many(
        actor=actor_of(request), entries=found.select_related("award__version", "register")
    )
    if came.done:
        messages.success(request, f"Renewed: {len(came.done)}.")
    for entry, why in came.left[:10]:
        messages.error(request, f"{entry.award.number}: {why}")
    return back


def _entry(request: DeskRequest, number: str) -> Entry:
    found = queries.entry_of(request.desk, number)
    if found is None:
        raise Http404
    return found


def _publishes(entry: Entry, step: Step) -> bool:
    found = entry.register.rules.sanctions
    return any(one.verb == step.verb and one.publish_months for one in found)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only
def entry(request: DeskRequest, number: str) -> HttpResponse:
    """One entry: what it is, what happened to it, what may be done and what would follow. It is
    read anew after a refusal: the one in memory may hold what was taken back."""
    found, actor = _entry(request, number), actor_of(request)
    if request.method != "POST":
        return _page(request, found)
    step = next(
        (s for s in life.steps_for(actor, found) if s.verb == request.POST.get("verb")), None
    )
    if step is None:
        messages.error(request, "Nothing was done: press one of the buttons.")
        return redirect("recognition:desk_entry", request.desk.register.slug, number)
    form = StepForm(request.POST, step=step, publishes=_publishes(found, step))
    do, said = _doing(step)
    if tried(form, lambda: do(actor=actor, entry=found, verb=step.verb, **form.given)):
        messages.success(request, f"{number}: {step.move.title}. {said}")
        return redirect("recognition:desk_entry", request.desk.register.slug, number)
    return _page(request, _entry(request, number), wrong=(step.verb, form), status=422)


def _doing(step: Step) -> tuple[Callable[..., Any], str]:
    """What the button of a change does, and what is said once it is done."""
    if step.needs_two:
        return actions.propose_move, "Proposed. Another person confirms it."
    if step.fee:
        return actions.agree_to_return, "Agreed. It is done once the fee is settled."
    return actions.move_entry, "Done."


@require_POST
@registrars_only
def fee(request: DeskRequest, number: str) -> HttpResponse:
    """Write down an invoice for a fee of this entry, that it is paid, or that it is not asked."""
    found, (verb, _, key) = _entry(request, number), request.POST.get("do", "").partition(":")
    one = get_object_or_404(found.fees, pk=int(key) if key.isdecimal() else 0)
    do, form = fee_verb(request, verb, one)
    back = redirect("recognition:desk_entry", request.desk.register.slug, number)
    if do is None:
        messages.error(request, "Nothing was done: press one of the buttons.")
        return back
    if form is None:
        _say(request, lambda: do(actor_of(request), {}), "It is kept.")
    elif tried(form, lambda: do(actor_of(request), form.cleaned_data)):
        messages.success(request, "It is kept.")
    else:
        again = _entry(request, number)
        return _page(request, again, beside=(f"{verb}:{key}", form), status=422)
    return back


def _fees(request: DeskRequest, found: Entry, tried_one: tuple[str, Any]) -> list[Any]:
    """The last fees of this entry, each with what may be done with it by whoever looks."""
    if not request.desk.runs:
        return []
    actor, (pressed, form) = actor_of(request), tried_one
    return [(one, fee_forms(actor, one, form, pressed)) for one in found.fees.order_by("-pk")[:10]]


def _page(
    request: DeskRequest,
    found: Entry,
    *,
    beside: tuple[str, Any] = ("", None),
    wrong: tuple[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    titles = {one.key: one.title for one in rules_of(found.award).states}
    is_own = rules.is_holder(actor, found)
    proposal = None if is_own else actions.open_proposal(found)
    steps = life.steps_for(actor, found)
    told = _told(found) if request.desk.keeps else None
    forms = [
        (one, wrong[1] if wrong and wrong[0] == one.verb
         else StepForm(step=one, publishes=_publishes(found, one)))
        for one in steps
        if proposal is None or one.waits_for_nobody or (wrong and wrong[0] == one.verb)
    ]  # fmt: skip
    context = {
        "desk": request.desk,
        "register": request.desk.register,
        "here": "entries",
        "entry": found,
        "award": found.award,
        "state": state_of(found.award),
        "shown": shown_state_of(found.award),
        "history": [
            (one, in_words(one.event.verb), titles.get(one.event.target, one.event.target))
            for one in queries.history(found)
        ],
        "former_numbers": queries.former_numbers(found, titles),
        "faults": list(engine.faults_of(found.award)),
        "outlives": outliving.kept_after_erasing(found),
        "forms": forms,
        "waits_for_second": len(forms) < len(steps),
        "tried": wrong[0] if wrong else "",
        "form": wrong[1] if wrong else beside[1],
        "public_url": "" if found.is_hidden else mails.public_path(found),
        **_renewal(found, proposal),
        "spells": found.spells.filter(ended_on__isnull=True),
        "sanctions": found.sanctions.all() if request.desk.sees_conduct else [],
        "cases": request.desk.cases().filter(entry=found),
        "told": told,
        "told_at": str(told.conduct_at) if told else "",  # says which words were read
        "asked_for": _requests(found, proposal) if request.desk.runs else [],
        "agreed": _agreed(found) if request.desk.runs else None,
        "fees": _fees(request, found, beside),
        **_proposal(proposal, actor, beside[1] if beside[0] == "refuse" else None),
        "proposed": queries.proposed_before(found)
        if request.desk.sees_conduct and not is_own
        else [],
        **_body(request, found, proposal, actor),
    }
    return render(request, "recognition/registry/entry.html", context, status=status)


def _told(found: Entry) -> YearlyRenewal | None:
    """What somebody told about their conduct when they renewed, until it is read."""
    unread = found.renewals.filter(renewed_at=None, conduct_seen_at=None)
    return unread.exclude(conduct_words="").first()


def _agreed(found: Entry) -> EntryRequest | None:
    agreed = found.requests.filter(state=RequestState.AGREED)
    return agreed.select_related("fee").first()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asks for now: with the move's title, what is confirmed first, the fee that is
    asked for then, whether it can be granted as their entry stands, and from which day to come."""

    request: EntryRequest
    title: str
    needs: tuple[str, ...]
    fee: Decimal | None
    is_possible: bool
    opens: date | None


def _requests(found: Entry, proposal: ProposedMove | None) -> list[Asked]:
    steps = {one.verb: one.move for one in life.steps(found)}
    return [
        Asked(
            request=one,
            title=in_words(one.verb),
            needs=steps[one.verb].needs if one.verb in steps else (),
            fee=life.fee_asked(found, one.verb),
            is_possible=proposal is None and one.verb in steps,
            opens=life.day_to_grant(one),
        )
        for one in found.requests.filter(state=RequestState.ASKED)
    ]


def _renewal(found: Entry, proposal: ProposedMove | None) -> dict[str, Any]:
    """What is missing, once its renewal is open, and whether it could be renewed now."""
    end = found.award.period_end
    is_open = end is not None and found.renewals.filter(period_end=end, renewed_at=None).exists()
    is_due = is_open and actions.can_be_renewed(found)
    missing = missing_of(found) if is_due else []
    return {"missing": missing, "is_ready": is_due and not missing and proposal is None}


def _proposal(proposal: ProposedMove | None, actor: Actor, form: Any) -> dict[str, Any]:
    if proposal is None:
        return {"proposal": None}
    names = queries.names_of([proposal.proposed_by])
    return {
        "proposal": proposal,
        "proposal_from": actions.takes_effect_on(proposal, proposal.entry),
        "proposal_title": in_words(proposal.verb),
        "proposer": names.get(proposal.proposed_by, queries.GONE),
        "refuse_form": form or WhyForm(),
        "may_confirm": rules.can_confirm(actor, proposal),
        "may_withdraw": rules.can_keep(actor, proposal),
    }


def _body(
    request: DeskRequest, found: Entry, proposal: ProposedMove | None, actor: Actor
) -> dict[str, Any]:
    others = [one for one in queries.bodies_of(found.register) if one.pk != found.body_id]
    if proposal is not None or not others or not rules.can_keep(actor, found):
        return {"body_form": None}
    return {"body_form": BodyForm(bodies=others)}


@require_POST
@desk_only
def proposal(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    """The second person's answer, or the first one's second thought."""
    found = _entry(request, number)
    one = get_object_or_404(ProposedMove, pk=pk, entry=found)
    actor = actor_of(request)
    if request.POST.get("do") == "refuse":
        form = WhyForm(request.POST)
        if not tried(
            form,
            lambda: actions.refuse_move(actor=actor, proposal=one, why=form.cleaned_data["why"]),
        ):
            return _page(request, _entry(request, number), beside=("refuse", form), status=422)
        messages.success(request, "It is not done, and whoever proposed it is told.")
    verbs: dict[str, tuple[Callable[..., None], str]] = {
        "confirm": (actions.confirm_move, "It is done, and the person gets a letter."),
        "withdraw": (actions.withdraw_move, "It is taken back."),
    }
    do, said = verbs.get(request.POST.get("do", ""), (None, ""))
    if do is not None:
        _say(request, lambda: do(actor=actor, proposal=one), said)
    return redirect("recognition:desk_entry", request.desk.register.slug, number)


def _say(request: DeskRequest, do: Callable[[], object], said: str) -> None:
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)


@require_POST
@registrars_only
def answer(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    """Grant or refuse what somebody asked for their own entry."""
    found, actor = _entry(request, number), actor_of(request)
    one = get_object_or_404(EntryRequest, pk=pk, entry=found)
    one.entry = found
    if request.POST.get("do") == "grant":
        confirmed = request.POST.getlist("confirmed")
        waits = life.fee_asked(found, one.verb)
        _say(
            request,
            lambda: actions.grant_request(actor=actor, request=one, confirmed=confirmed),
            "Agreed. It is done once the fee is settled." if waits else "Granted, and done.",
        )
    else:
        form = AnswerForm(request.POST)
        words = form.cleaned_data["answer"] if form.is_valid() else ""
        _say(
            request,
            lambda: actions.refuse_request(actor=actor, request=one, answer=words),
            "They are told why not.",
        )
    return redirect("recognition:desk_entry", request.desk.register.slug, number)


@require_POST
@registrars_only
def affairs(request: DeskRequest, number: str) -> HttpResponse:
    """What is no change of state: another body, what was told at renewal, the renewal itself."""
    found, actor, what = _entry(request, number), actor_of(request), request.POST.get("do", "")
    if what == "body":
        form = BodyForm(request.POST, bodies=queries.bodies_of(found.register))
        if form.is_valid():
            _say(
                request,
                lambda: actions.change_body(actor=actor, entry=found, **form.cleaned_data),
                "They are registered through that body now, under the same number.",
            )
        else:
            messages.error(request, "Nothing was done: choose the body.")
    elif what == "seen":
        made, read = _told(found), request.POST.get("told_at", "")
        if made is None or str(made.conduct_at) != read:
            messages.error(request, "It has changed since you read it. Read it again.")
        else:
            _say(request, lambda: actions.see_conduct(actor=actor, renewal=made), "Read and kept.")
    elif what == "renew":
        _say(request, lambda: actions.renew_entry(actor=actor, entry=found), "Renewed.")
    return redirect("recognition:desk_entry", request.desk.register.slug, number)
