"""What came of it, for whoever sent it in: feedback and answers to it, the decision, an appeal."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.assessment import actions, writing_rules
from benchside.assessment.embargo import is_kept_back, state_told
from benchside.assessment.enums import CommentKind, DecisionOutcome
from benchside.assessment.models import Decision, Feedback, Submission
from benchside.assessment.panels import shortfalls_of
from benchside.assessment.reviewing import forms
from benchside.assessment.reviewing.naming import hides_reviewers, name_of
from benchside.assessment.reviewing.views import signed_in
from benchside.assessment.states import SUBMISSIONS
from benchside.core.actions import Actor, Refused
from benchside.core.registries import panels_at

View = Callable[..., HttpResponse]


def of_the_holder(view: View) -> View:
    """Give the view a submission to those who write, lead or sign it; 404 for everybody else."""

    @wraps(view)
    def found(request: SignedInRequest, key: UUID, **blanks: Any) -> HttpResponse:
        one = Submission.objects.select_related("version", "organisation", "technician")
        submission = one.filter(key=key).first()
        if submission is None or not _may_read(Actor.of(request.user), submission):
            raise Http404
        return view(request, submission, **blanks)

    return signed_in(found)


def _may_read(actor: Actor, submission: Submission) -> bool:
    steps = submission.version.standard.sign_offs
    return writing_rules.can_read_draft(actor, submission) or any(
        writing_rules.may_sign(actor, submission, step.right) for step in steps
    )


@of_the_holder
@require_safe
def outcome(request: SignedInRequest, submission: Submission) -> HttpResponse:
    return _page(request, submission)


def _page(
    request: HttpRequest,
    submission: Submission,
    *,
    answered: tuple[int, forms.ResponseForm] | None = None,
    appeal_form: forms.AppealForm | None = None,
) -> HttpResponse:
    actor = Actor.of(request.user)
    standard = submission.version.standard
    titles = {area.key: area.title for area in standard.areas}
    released = _released(submission)
    may_answer = writing_rules.can_lead(actor, submission)
    decision = _decision(submission)
    context = {
        "submission": submission,
        "state": state_told(submission).label,
        "panels": panels_at("assessment.outcome", str(submission.key)) if released else [],
        "organisation": submission.organisation,
        "standard": standard,
        "holder": name_of(submission),
        "shows_reviewers": not hides_reviewers(submission),
        "commended": [
            (one, titles.get(one.area, "")) for one in released if one.kind == CommentKind.COMMEND
        ],
        "recommended": [
            (one, titles.get(one.area, ""), _response_form(one, answered, may_answer))
            for one in released
            if one.kind == CommentKind.RECOMMEND
        ],
        "returns": submission.returns.all(),
        "requests": submission.requests.all(),
        "decision": decision,
        "shortfalls": shortfalls_of(submission) if _is_no(decision) else [],
        "level": next((one.title for one in standard.levels
                       if decision and one.key == decision.level), ""),
        "appeals": [each for one in submission.decisions.all() for each in one.appeals.all()],
        "last_day": _last_day(submission, decision),
        "appeal_form": _appeal_form(actor, submission, decision, appeal_form),
        "form": appeal_form or (answered[1] if answered else None),
    }  # fmt: skip
    status = 422 if answered or appeal_form else 200
    return render(request, "assessment/reviewing/outcome.html", context, status=status)


def _released(submission: Submission) -> list[Feedback]:
    found = submission.feedback.filter(released_at__isnull=False)
    return list(found.select_related("seat__user"))


def _response_form(
    one: Feedback, answered: tuple[int, forms.ResponseForm] | None, may: bool
) -> forms.ResponseForm | None:
    if not may:
        return None
    if answered and answered[0] == one.pk:
        return answered[1]
    return forms.ResponseForm(None, number=one.pk, text=one.response)


def _decision(submission: Submission) -> Decision | None:
    """What was ratified and stands: a recommendation is nobody's to read outside the desk, nor is
    what a room keeps back until its hour."""
    if is_kept_back(submission):
        return None
    found = submission.decisions.filter(ratified_at__isnull=False, overturned_at__isnull=True)
    return found.first()


def _is_no(decision: Decision | None) -> bool:
    return decision is not None and decision.outcome == DecisionOutcome.DECLINE


def _last_day(submission: Submission, decision: Decision | None) -> Any:
    if decision is None or decision.ratified_at is None or not _is_no(decision):
        return None
    days = submission.version.standard.decision.appeal_days
    if not days:  # nobody appeals
        return None
    return timezone.localdate(decision.ratified_at) + timedelta(days=days)


def _appeal_form(
    actor: Actor, submission: Submission, decision: Decision | None, typed: forms.AppealForm | None
) -> forms.AppealForm | None:
    """While there is something to appeal against, once, and time to do it; and always the one in
    which somebody has just typed, so that their words are not lost."""
    if typed is not None:
        return typed
    last = _last_day(submission, decision)
    may = "appeal" in SUBMISSIONS.verbs(actor, submission)
    if decision is None or last is None or last < timezone.localdate() or not may:
        return None
    if decision.appeals.exists():
        return None
    return forms.AppealForm()


@of_the_holder
@require_POST
def respond(request: SignedInRequest, submission: Submission, number: int) -> HttpResponse:
    one = get_object_or_404(
        Feedback.objects.filter(submission=submission, released_at__isnull=False), pk=number
    )
    form = forms.ResponseForm(request.POST, number=one.pk)
    if form.is_valid():
        try:
            actions.respond_to_feedback(
                actor=Actor.of(request.user), feedback=one, text=form.cleaned_data["text"]
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your answer is kept.")
            where = reverse("assessment:outcome", args=[submission.key])
            return redirect(f"{where}#feedback-{one.pk}")
    return _page(request, submission, answered=(one.pk, form))


@of_the_holder
@require_POST
def appeal(request: SignedInRequest, submission: Submission) -> HttpResponse:
    decision = _decision(submission)
    if decision is None:
        raise Http404
    form = forms.AppealForm(request.POST)
    if form.is_valid():
        try:
            actions.appeal_decision(
                actor=Actor.of(request.user), decision=decision, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your appeal is in. People who had no hand in it read it.")
            return redirect("assessment:outcome", submission.key)
    return _page(request, submission, appeal_form=form)
