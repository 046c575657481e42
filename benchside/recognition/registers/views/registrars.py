"""Applications to one register, for those who run it: found, sorted, taken as a spreadsheet; and
one of them: its check, its fees, its interview, its body. Seats and decisions are the engine's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benchside.accounts.models import User
from benchside.assessment.barriers import barred
from benchside.assessment.enums import SubmissionState
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.enums import InterviewOutcome
from benchside.recognition.models import Register, RegisterApplication
from benchside.recognition.registers import actions, queries, rules
from benchside.recognition.registers import forms as own
from benchside.recognition.registers.actions.checking import TALKED
from benchside.recognition.registers.actions.details import Details
from benchside.recognition.registers.standing import Standing, standing_of
from benchside.recognition.registers.views.fees import Do, Form, fee_forms, fee_verb
from benchside.recognition.registry.outliving import namesakes_of

A_PAGE = 50
WITH_APPLICANT = (SubmissionState.DRAFT, SubmissionState.RETURNED, SubmissionState.MORE_ASKED)
COLUMNS = [
    ("number", "Number"), ("name", "Name"), ("body", "Body"), ("state", "State"),
    ("sent", "Sent in"),
]  # fmt: skip


class RegistrarRequest(HttpRequest):
    user: User
    register: Register


def registrars_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sign-in, then 404 for whoever has no duty on this register."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(request: RegistrarRequest, register: str, **blanks: Any) -> HttpResponse:
        found = queries.run_by(Actor.of(request.user)).filter(slug=register).first()
        if found is None:
            raise Http404
        request.register = found
        return view(request, **blanks)

    return checked


@require_safe
@registrars_only
def applications(request: RegistrarRequest) -> HttpResponse:
    asked = _asked(request)
    found = queries.applications_to(request.register, reader=request.user, **asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "register": request.register,
        "page": page,
        "rows": [(one, queries.route_of(one)) for one in page],
        "asked": asked,
        "columns": sorting(request, COLUMNS, asked["sort"]),
        "states": [one for one in SubmissionState.choices if one[0] != SubmissionState.DRAFT],
        "waits": queries.WAITS.items(),
        "kept": request.GET.urlencode(),
    }
    return render(request, "recognition/registers/applications.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    given = request.GET
    state, waits, sort = given.get("state", ""), given.get("waits", ""), given.get("sort", "-sent")
    return {
        "words": words_of(request),
        "state": state if state in SubmissionState.values else "",
        "waits": waits if waits in queries.WAITS else "",
        "sort": sort if sort.removeprefix("-") in queries.SORTS else "-sent",
    }


@require_safe
@registrars_only
def applications_csv(request: RegistrarRequest) -> HttpResponse:
    header = (
        "Number", "Name", "Route", "Body", "Membership", "State", "Sent in", "Checked", "Fees open",
        "Pay by", "On the register since",
    )  # fmt: skip
    rows = (
        (one.number, one.name, route.title if route else "", one.body.name, one.membership,
         one.submission.get_state_display(), _day(one.submission.submitted_at),
         "yes" if one.is_checked else "", sum(not fee.is_settled for fee in one.fees.all()),
         one.pay_by.isoformat() if one.pay_by else "", _day(one.admitted_at))
        for one in queries.applications_to(
            request.register, reader=request.user, **_asked(request)
        )
        for route in [queries.route_of(one)]
    )  # fmt: skip
    return csv_response("applications.csv", header, rows)


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


# --- one of them --------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@registrars_only
def application(request: RegistrarRequest, number: str) -> HttpResponse:
    sent = queries.applications_to(request.register, reader=request.user)
    found = get_object_or_404(sent, number=number)
    if request.method != "POST":
        return _page(request, found)
    do, form = _verb(request, found)
    if do is None:
        messages.error(request, "Nothing was done: press one of the buttons.")
        return redirect(request.path)
    if form is not None and not form.is_valid():
        return _page(request, found, form)
    try:
        said = do(Actor.of(request.user), form.cleaned_data if form is not None else {})
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
            return redirect(request.path)
        form.add_error(None, str(refused))
        return _page(request, found, form)
    messages.success(request, said)
    return redirect(request.path)


def _verb(request: HttpRequest, found: RegisterApplication) -> tuple[Do | None, Form]:
    """What the pressed button does, and the form that belongs to it."""
    verb, _, key = request.POST.get("do", "").partition(":")
    if key:
        fee = next((one for one in found.fees.all() if str(one.pk) == key), None)
        return fee_verb(request, verb, fee) if fee else (None, None)
    form = _form(verb, found, request.POST)
    return {
        "check": lambda who, _: _check(who, found),
        "arrange": lambda who, said: _arrange(who, found, said),
        "record": lambda who, said: _record(who, found, said),
        "unmet": lambda who, said: _unmet(who, found, said),
        "correct": lambda who, said: _correct(who, found, said),
    }.get(verb), form


def _check(who: Actor, found: RegisterApplication) -> str:
    actions.check_application(actor=who, application=found)
    waits = barred(found.submission, "assign", who) or ["Seats can be given."]
    return " ".join(["It is checked.", *waits])


def _arrange(who: Actor, found: RegisterApplication, said: dict[str, Any]) -> str:
    actions.arrange_interview(actor=who, application=found, **said)
    return "It is arranged. The applicant gets a letter."


def _record(who: Actor, found: RegisterApplication, said: dict[str, Any]) -> str:
    outcome = InterviewOutcome(said["outcome"])
    actions.record_interview(actor=who, application=found, outcome=outcome, notes=said["notes"])
    return "It is written down."


def _unmet(who: Actor, found: RegisterApplication, said: dict[str, Any]) -> str:
    actions.close_unmet(actor=who, application=found, **said)
    return "It is closed. The applicant gets a letter."


def _correct(who: Actor, found: RegisterApplication, said: dict[str, Any]) -> str:
    why = said.pop("why")
    actions.correct_details(actor=who, application=found, details=Details(**said), why=why)
    return "It is put right. The applicant reads it on their page."


def _form(verb: str, found: RegisterApplication, data: Any = None) -> Form:
    if verb == "arrange":
        return own.InterviewForm(data)
    if verb == "record":
        return own.OutcomeForm(data)
    if verb == "unmet":
        return own.UnmetForm(data)
    if verb == "correct":
        kept = {"name": found.name, "body": found.body_id, "membership": found.membership}
        is_decided = found.submission.state == SubmissionState.APPROVED
        bodies = [found.body] if is_decided else queries.bodies_for(found)
        return own.CorrectForm(data, bodies=bodies, initial=kept)
    return None


def _page(
    request: RegistrarRequest, found: RegisterApplication, tried: Form = None
) -> HttpResponse:
    who, standing = Actor.of(request.user), standing_of(found)
    pressed = request.POST.get("do", "") if tried is not None else ""
    context = {
        "register": request.register,
        "application": found,
        "submission": found.submission,
        "route": queries.route_of(found),
        "standing": standing,
        "fees": [(one, fee_forms(who, one, tried, pressed)) for one in standing.fees],
        "bars": _bars(found, who),
        "conditions": queries.conditions_of(found),
        "conditions_by": queries.conditions_by(found),
        "owed_back": queries.owed_back(found),
        "waits_for_applicant": found.submission.state in WITH_APPLICANT,
        "may_check": _may_check(found, who),
        "namesakes": namesakes_of(found) if not queries.is_over(found) else [],
        "arranges": rules.can_check(who, found),
        "before": found.submission.interviews.filter(set_aside_at__isnull=False),
        "record_waits": actions.why_not_record(actor=who, application=found),
        "entry": getattr(getattr(found.submission, "award", None), "entry", None),
        "forms": {
            verb: tried if pressed == verb else form
            for verb in _open_forms(found, standing, who)
            if (form := _form(verb, found)) is not None
        },
        "form": tried,
    }
    status = 422 if tried is not None else 200
    return render(request, "recognition/registers/run.html", context, status=status)


def _may_check(found: RegisterApplication, who: Actor) -> bool:
    waits = found.submission.state == SubmissionState.SUBMITTED and not found.is_checked
    return waits and rules.can_check(who, found)


def _bars(found: RegisterApplication, who: Actor) -> list[str]:
    """What keeps it from going on now."""
    verb = {
        SubmissionState.SUBMITTED: "assign",
        SubmissionState.REVIEWED: "recommend",
        SubmissionState.RECOMMENDED: "ratify",
    }.get(SubmissionState(found.submission.state))
    if verb == "ratify":  # who may is the ratifier's affair; that the licence has ended is ours
        gone = found.body not in queries.bodies_of(found.register)
        lost = f"{found.body.name} has no licence now: put another body in its place below."
        return [lost] if gone else []
    return barred(found.submission, verb, who) if verb else []


def _open_forms(found: RegisterApplication, standing: Standing, who: Actor) -> list[str]:
    """Which of the forms make sense now."""
    if queries.is_over(found) or not rules.can_check(who, found):
        return []
    opened = []
    held = standing.interview
    is_written = held is not None and held.outcome
    if standing.has_interview and found.submission.state in TALKED and not is_written:
        is_past = held is not None and held.held_at and held.held_at <= timezone.now()
        # Past its moment both: it may not have taken place, and is arranged again then.
        may_write = is_past and not actions.why_not_record(actor=who, application=found)
        opened += ["record", "arrange"] if may_write else ["arrange"]
    if not actions.why_not_unmet(found):
        opened.append("unmet")
    return [*opened, "correct"]
