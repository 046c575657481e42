"""Wording and releasing feedback, recommending, ratifying, hearing an appeal."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from benchside.accounts.views import SignedInRequest
from benchside.assessment import actions
from benchside.assessment.enums import DecisionOutcome
from benchside.assessment.models import Appeal, Decision, Submission
from benchside.assessment.reviewing import forms
from benchside.assessment.reviewing.views.case import (
    done,
    of_a_runner,
    tried,
)
from benchside.core.actions import Actor


@of_a_runner
@require_POST
def feedback(request: SignedInRequest, one: Submission) -> HttpResponse:
    """Keep another wording, or release all of it."""
    waiting = list(one.feedback.filter(released_at__isnull=True))
    form = forms.WordingForm(request.POST, found=waiting)
    actor, is_release = Actor.of(request.user), request.POST.get("verb") == "release"

    def do(_: Mapping[str, Any]) -> None:
        said = form.wording()
        if is_release:
            actions.release_feedback(actor=actor, submission=one, wording=said)
            return
        for each in waiting:
            if said[each.pk] != each.text:
                actions.reword_feedback(actor=actor, feedback=each, text=said[each.pk])

    told = "It is released. They are told by e-mail." if is_release else "The wording is kept."
    return tried(request, one, form, "wording_form", do, told)


@of_a_runner
@require_POST
def recommend(request: SignedInRequest, one: Submission) -> HttpResponse:
    form = forms.RecommendForm(request.POST, standard=one.version.standard, level=one.level)
    actor = Actor.of(request.user)

    def do(said: Mapping[str, Any]) -> object:
        outcome = DecisionOutcome(said["outcome"])
        return actions.recommend_decision(
            actor=actor, submission=one, **{**said, "outcome": outcome}
        )

    told = "It is recommended. Somebody else must ratify it: they are told by e-mail."
    return tried(request, one, form, "recommend_form", do, told)


@of_a_runner
@require_POST
def ratify(request: SignedInRequest, one: Submission, pk: int) -> HttpResponse:
    """Make the decision that they read so, or send it back to whoever recommended it."""
    decision, actor = get_object_or_404(Decision, submission=one, pk=pk), Actor.of(request.user)
    if request.POST.get("verb") == "ratify":
        return done(
            request, one, lambda: actions.ratify_decision(actor=actor, decision=decision),
            "It is ratified. They are told by e-mail.",
        )  # fmt: skip

    def do(said: Mapping[str, Any]) -> None:
        actions.send_back(actor=actor, decision=decision, why=said["why"])

    form = forms.WhyForm(request.POST)
    return tried(request, one, form, "why_form", do, "It is sent back to be recommended anew.")


@of_a_runner
@require_POST
def conditions(request: SignedInRequest, one: Submission, pk: int) -> HttpResponse:
    decision, actor = get_object_or_404(Decision, submission=one, pk=pk), Actor.of(request.user)
    return done(
        request, one, lambda: actions.meet_conditions(actor=actor, decision=decision),
        "The conditions are met.",
    )  # fmt: skip


@of_a_runner
@require_POST
def appeal(request: SignedInRequest, one: Submission, pk: int) -> HttpResponse:
    found = Appeal.objects.filter(decision__submission=one)
    heard, actor = get_object_or_404(found, pk=pk), Actor.of(request.user)

    def do(said: Mapping[str, Any]) -> None:
        actions.decide_appeal(actor=actor, appeal=heard, **said)

    form = forms.AnswerForm(request.POST)
    return tried(request, one, form, "answer_form", do, "It is answered. They are told by e-mail.")
