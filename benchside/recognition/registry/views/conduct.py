"""Conduct: what anybody may say, and the desk where it is looked into. Confidential throughout."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import VISITOR, Actor, Refused
from benchside.core.exports import csv_response
from benchside.core.forms import PlainForm
from benchside.core.open_forms import is_too_often
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.models import CaseDecision, ConductCase, Entry
from benchside.recognition.registry import actions, life, mails, queries
from benchside.recognition.registry import forms as made
from benchside.recognition.registry.actions.conduct import is_too_late, proposed_decision
from benchside.recognition.registry.enums import ConductState, ProposalState
from benchside.recognition.registry.states import CONDUCT, HEARD, PROTECTS
from benchside.recognition.registry.views import (
    DeskRequest,
    actor_of,
    among,
    conduct_only,
    page_of,
    tried,
)

MOST = 5
WITHIN = timedelta(hours=1)
COLUMNS = [("number", "About"), ("came", "Came in"), ("state", "State"), ("moved", "Since")]


# --- what anybody may say -----------------------------------------------------------------------
@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, register: str, number: str) -> HttpResponse:
    """Only about an entry that everybody can see: a hidden one is not there."""
    entry = _public_entry(register, number)
    if request.method != "POST":
        return _concern(request, entry, made.ConcernForm(request))
    form = made.ConcernForm(request, request.POST)
    if not form.is_valid():
        return _concern(request, entry, form, status=422)
    if is_too_often(request, what="conduct-concern", limit=MOST, within=WITHIN):
        form.add_error(None, "We have had many messages from your network. Try in an hour.")
        return _concern(request, entry, form, status=429)
    if not form.is_from_a_robot:
        cleaned = {key: form.cleaned_data[key] for key in ("said", "name", "reply_to")}
        try:
            actions.raise_concern(actor=VISITOR, entry=entry, **cleaned)
        except Refused as refused:
            form.add_error(None, str(refused))
            return _concern(request, entry, form, status=422)
    return redirect("recognition:concern_sent")


def _public_entry(register: str, number: str) -> Entry:
    found = get_object_or_404(
        Entry.objects.select_related("award__version", "register", "body"),
        register__slug=register,
        award__number=number,
        is_hidden=False,
    )
    state = next((one for one in queries.states_of(found.register)
                  if one.key == found.award.state), None)  # fmt: skip
    if state is None or not state.public:
        raise Http404
    return found


def _concern(
    request: HttpRequest, entry: Entry, form: made.ConcernForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "entry": entry,
        "register": entry.register,
        "back": mails.public_path(entry),
    }
    return render(request, "recognition/registry/concern.html", context, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "recognition/registry/concern_sent.html")


# --- the desk -----------------------------------------------------------------------------------
def _asked(request: DeskRequest) -> dict[str, Any]:
    given = request.GET
    sort = given.get("sort", "-came")
    return {
        "words": words_of(request),
        "state": among(given.get("state", ""), ConductState.values),
        "is_open": given.get("show") == "open",
        "sort": sort if sort.removeprefix("-") in queries.CASE_SORTS else "-came",
    }


@require_safe
@conduct_only
def cases(request: DeskRequest) -> HttpResponse:
    asked = _asked(request)
    context = {
        "register": request.desk.register,
        "here": "conduct",
        "page": page_of(request, queries.cases(request.desk, **asked)),
        "asked": asked,
        "columns": sorting(request, COLUMNS, asked["sort"]),
        "states": ConductState.choices,
        "kept": request.GET.urlencode(),
        "is_narrowed": bool(asked["words"] or asked["state"] or asked["is_open"]),
    }
    return render(request, "recognition/registry/cases.html", context)


@require_safe
@conduct_only
def cases_csv(request: DeskRequest) -> HttpResponse:
    """Which there are and how far they came; never what was said."""
    header = ("Case", "About", "Body", "State", "Came in", "Since", "Heard on", "Over")
    rows = (
        (one.pk, one.entry.award.number, one.entry.body, one.get_state_display(),
         timezone.localdate(one.made_at), timezone.localdate(one.moved_at), one.hearing_on or "",
         timezone.localdate(one.closed_at) if one.closed_at else "")
        for one in queries.cases(request.desk, **_asked(request))
    )  # fmt: skip
    return csv_response("conduct.csv", header, rows)


Wrong = tuple[str, Any] | None
Make = Callable[[Any, ConductCase], Any]
Do = Callable[[Actor, Any, dict[str, Any]], object]
# What is done to the decision that is proposed, and not to the case.
OF_A_DECISION = ("confirm", "send-back", "withdraw")
# By what is pressed: the verb of the table that it is, its button, its form, and what it does.
VERBS: dict[str, tuple[str, str, Make, Do]] = {
    "look-into": (
        "look-into", "Look into it",
        lambda data, case: made.LookForm(data),
        lambda who, case, said: actions.look_into(actor=who, case=case, **said),
    ),
    "find-no-case": (
        "find-no-case", "There is no case to answer",
        lambda data, case: made.WhyForm(data),
        lambda who, case, said: actions.find_no_case(actor=who, case=case, **said),
    ),
    "find-case": (
        "find-case", "There is a case to answer",
        lambda data, case: PlainForm(data),
        lambda who, case, said: actions.find_case(actor=who, case=case),
    ),
    "call-hearing": (
        "call-hearing", "Set the day it is heard",
        lambda data, case: made.HearingForm(data),
        lambda who, case, said: actions.call_hearing(actor=who, case=case, **said),
    ),
    "propose": (
        "propose", "Propose the decision",
        lambda data, case: made.DecisionForm(data, register=case.entry.register.rules),
        lambda who, case, said: actions.propose_decision(actor=who, case=case, **said),
    ),
    "confirm": (
        "confirm", "Confirm the decision",
        lambda data, case: PlainForm(data),
        lambda who, read, said: actions.confirm_decision(actor=who, decision=read),
    ),
    "send-back": (
        "send-back", "Send the decision back",
        lambda data, case: made.WhyForm(data),
        lambda who, read, said: actions.send_back(actor=who, decision=read, **said),
    ),
    "withdraw": (
        "withdraw", "Take the decision back",
        lambda data, case: PlainForm(data),
        lambda who, read, said: actions.withdraw_decision(actor=who, decision=read),
    ),
    "hear": (
        "uphold", "Decide the appeal",
        lambda data, case: made.HeardForm(data),
        lambda who, case, said: actions.hear_appeal(
            actor=who, case=case, upheld=said["upheld"] == "yes", words=said["words"]
        ),
    ),
}  # fmt: skip


def _open_verbs(actor: Actor, case: ConductCase) -> list[str]:
    """What this actor may do now; what one proposed, another confirms, while it can be done."""
    allowed = set(CONDUCT.verbs(actor, case))
    decision = proposed_decision(case)
    if decision is not None and decision.proposed_by == actor.person_id:
        allowed -= {"confirm", "send-back"}
    if decision is not None and is_too_late(decision):
        allowed -= {"confirm"}
    last = case.decisions.filter(confirmed_at__isnull=False).first()
    if last is not None and actor.person_id in {last.proposed_by, last.confirmed_by}:
        allowed -= {"uphold", "dismiss"}
    return [key for key, (verb, *_) in VERBS.items() if verb in allowed]


def _found(request: DeskRequest, pk: int) -> ConductCase:
    found = queries.case_of(request.desk, pk)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@conduct_only
def case(request: DeskRequest, pk: int) -> HttpResponse:
    """One concern: what was said, what they answer, what is decided, and what may be done."""
    found, actor = _found(request, pk), actor_of(request)
    if request.method != "POST":
        return _case(request, found)
    what, _, read = request.POST.get("do", "").partition(":")
    if what == "note":
        form: Any = made.NoteForm(request.POST)
        do: Callable[[], object] = lambda: actions.write_note(  # noqa: E731
            actor=actor, case=found, **form.cleaned_data
        )
    elif what == "interim":
        form = made.InterimForm(request.POST)
        do = lambda: actions.propose_interim(  # noqa: E731
            actor=actor, case=found, **form.cleaned_data
        )
    elif what in _open_verbs(actor, found):
        form, about = VERBS[what][2](request.POST, found), _about(found, what, read)
        do = lambda: VERBS[what][3](actor, about, form.cleaned_data)  # noqa: E731
    else:
        messages.error(request, "Nothing was done: somebody may have been quicker.")
        return redirect("recognition:desk_case", request.desk.register.slug, pk)
    if tried(form, do):
        messages.success(request, "Kept.")
        return redirect("recognition:desk_case", request.desk.register.slug, pk)
    # read anew: the one in memory may hold what was taken back
    return _case(request, _found(request, pk), wrong=(what, form), status=422)


def _about(case: ConductCase, what: str, read: str) -> ConductCase | CaseDecision:
    """The case; or the decision that stood on the page on which the button was pressed."""
    if what not in OF_A_DECISION:
        return case
    return get_object_or_404(case.decisions, pk=int(read) if read.isdecimal() else 0)


def _pressed(key: str, proposed: CaseDecision | None) -> str:
    """What a button says it does, as `_about` takes it."""
    return f"{key}:{proposed.pk}" if proposed and key in OF_A_DECISION else key


def _button(key: str, case: ConductCase) -> str:
    is_again = key == "call-hearing" and case.state == ConductState.HEARING
    return "Set another day" if is_again else VERBS[key][1]


def _interim_form(request: DeskRequest, case: ConductCase, wrong: Wrong) -> Any:
    """For suspending somebody until it is decided; none where that cannot be proposed now."""
    if wrong and wrong[0] == "interim":
        return wrong[1]
    rule = next((one for one in case.entry.register.rules.sanctions if one.meanwhile), None)
    if rule is None or case.state not in PROTECTS or not request.desk.keeps:
        return None
    if _waits_for_second(case) or life.step_of(case.entry, rule.verb) is None:
        return None
    return made.InterimForm()


def _waits_for_second(case: ConductCase) -> bool:
    """One change of an entry is proposed at a time, from wherever it was."""
    return case.entry.proposals.filter(state=ProposalState.OPEN).exists()


def _case(
    request: DeskRequest,
    found: ConductCase,
    *,
    wrong: Wrong = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    people = [one.made_by for one in found.notes.all()]
    for one in found.decisions.all():
        people += [one.proposed_by, one.confirmed_by, one.heard_by]
    rules = found.entry.register.rules
    open_verbs, proposed = _open_verbs(actor, found), proposed_decision(found)
    context = {
        "register": request.desk.register,
        "here": "conduct",
        "case": found,
        "entry": found.entry,
        "names": queries.names_of(people),
        "note_form": wrong[1] if wrong and wrong[0] == "note" else made.NoteForm(),
        "steps": [
            (key, _pressed(key, proposed), _button(key, found),
             wrong[1] if wrong and wrong[0] == key else VERBS[key][2](None, found))
            for key in open_verbs if key != "propose" or HEARD.met(found)
        ],
        "is_early": "propose" in open_verbs and not HEARD.met(found),
        "outcomes": {one.kind: one.title for one in rules.sanctions},
        "interim_form": _interim_form(request, found, wrong),
        "waits_elsewhere": found.state in PROTECTS and _waits_for_second(found),
        "is_too_late": proposed is not None and is_too_late(proposed),
        "protecting": next((one for one in found.proposals.all() if one.state == "open"), None),
        "tried": wrong[0] if wrong else "",
        "form": wrong[1] if wrong else None,
    }  # fmt: skip
    return render(request, "recognition/registry/case.html", context, status=status)
