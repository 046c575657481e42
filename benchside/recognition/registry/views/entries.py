"""Entries at the desk: found, read, changed by one person or proposed to a second."""

from collections.abc import Callable
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
from benchside.recognition.models import Entry, EntryRequest, ProposedMove
from benchside.recognition.registry import actions, life, mails, queries, rules
from benchside.recognition.registry.checks import missing_of
from benchside.recognition.registry.enums import ProposalState, RequestState
from benchside.recognition.registry.forms import AnswerForm, BodyForm, StepForm
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
    """One entry: what it is, what happened to it, what may be done and what would follow."""
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
    do: Callable[..., Any] = actions.propose_move if step.needs_two else actions.move_entry
    if tried(form, lambda: do(actor=actor, entry=found, verb=step.verb, **form.given)):
        said = "Proposed. Another person confirms it." if step.needs_two else "Done."
        messages.success(request, f"{number}: {step.move.title.lower()}. {said}")
        return redirect("recognition:desk_entry", request.desk.register.slug, number)
    return _page(request, found, wrong=(step.verb, form), status=422)


def _page(
    request: DeskRequest,
    found: Entry,
    *,
    wrong: tuple[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    titles = {one.key: one.title for one in rules_of(found.award).states}
    forms = [
        (one, wrong[1] if wrong and wrong[0] == one.verb
         else StepForm(step=one, publishes=_publishes(found, one)))
        for one in life.steps_for(actor, found)
    ]  # fmt: skip
    proposals = found.proposals.filter(state=ProposalState.OPEN)
    proposal = proposals.select_related("entry__body", "entry__register").first()
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
        "faults": list(engine.faults_of(found.award)),
        "forms": forms,
        "tried": wrong[0] if wrong else "",
        "form": wrong[1] if wrong else None,
        "public_url": "" if found.is_hidden else mails.public_path(found),
        **_renewal(found),
        "spells": found.spells.filter(ended_on__isnull=True),
        "sanctions": found.sanctions.all() if request.desk.sees_conduct else [],
        "cases": request.desk.cases().filter(entry=found),
        "told": found.renewals.filter(renewed_at=None, conduct_seen_at=None)
        .exclude(conduct_words="")
        .first()
        if request.desk.keeps
        else None,
        "asked_for": _requests(found) if request.desk.runs else [],
        "fees": found.fees.order_by("-pk")[:10] if request.desk.runs else [],
        **_proposal(request, proposal, actor),
        **_body(request, found, actor),
    }
    return render(request, "recognition/registry/entry.html", context, status=status)


def _requests(found: Entry) -> list[tuple[EntryRequest, str, tuple[str, ...]]]:
    """What the person asks for now: with the move's title, and what is confirmed first."""
    steps = {one.verb: one.move for one in life.steps(found)}
    open_ones = found.requests.filter(state=RequestState.ASKED)
    return [
        (one, in_words(one.verb), steps[one.verb].needs if one.verb in steps else ())
        for one in open_ones
    ]


def _renewal(found: Entry) -> dict[str, Any]:
    """What is missing, once its renewal is open, and whether it could be renewed now."""
    end = found.award.period_end
    is_open = end is not None and found.renewals.filter(period_end=end, renewed_at=None).exists()
    is_due = is_open and actions.can_be_renewed(found)
    missing = missing_of(found) if is_due else []
    return {"missing": missing, "is_ready": is_due and not missing}


def _proposal(request: DeskRequest, proposal: ProposedMove | None, actor: Actor) -> dict[str, Any]:
    if proposal is None:
        return {"proposal": None}
    names = queries.names_of([proposal.proposed_by])
    return {
        "proposal": proposal,
        "proposal_title": in_words(proposal.verb),
        "proposer": names.get(proposal.proposed_by, "Somebody who has left"),
        "may_confirm": rules.can_confirm(actor, proposal),
        "may_withdraw": rules.can_keep(actor, proposal),
    }


def _body(request: DeskRequest, found: Entry, actor: Actor) -> dict[str, Any]:
    others = [one for one in queries.bodies_of(found.register) if one.pk != found.body_id]
    if not others or not rules.can_keep(actor, found):
        return {"body_form": None}
    return {"body_form": BodyForm(bodies=others)}


@require_POST
@desk_only
def proposal(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    """The second person's answer, or the first one's second thought."""
    found = _entry(request, number)
    one = get_object_or_404(ProposedMove, pk=pk, entry=found)
    verbs: dict[str, tuple[Callable[..., None], str]] = {
        "confirm": (actions.confirm_move, "It is done, and the person gets a letter."),
        "refuse": (actions.refuse_move, "It is not done."),
        "withdraw": (actions.withdraw_move, "It is taken back."),
    }
    do, said = verbs.get(request.POST.get("do", ""), (None, ""))
    if do is not None:
        _say(request, lambda: do(actor=actor_of(request), proposal=one), said)
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
        _say(
            request,
            lambda: actions.grant_request(actor=actor, request=one, confirmed=confirmed),
            "Granted, and done.",
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
        made = found.renewals.filter(renewed_at=None).exclude(conduct_words="").first()
        if made is not None:
            _say(request, lambda: actions.see_conduct(actor=actor, renewal=made), "Read and kept.")
    elif what == "renew":
        _say(request, lambda: actions.renew_entry(actor=actor, entry=found), "Renewed.")
    return redirect("recognition:desk_entry", request.desk.register.slug, number)
