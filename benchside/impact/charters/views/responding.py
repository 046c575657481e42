"""What the reviewers said, what the organisation says to it, and the actions it makes of it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from benchside.assessment.enums import CommentKind
from benchside.assessment.models import Feedback
from benchside.core.actions import Actor, Refused
from benchside.impact.charters import actions, addresses, queries
from benchside.impact.charters.actions.responding import origin_ref
from benchside.impact.charters.forms import ActionForm, ResponseForm
from benchside.impact.enums import Origin
from benchside.impact.models import Action, Cycle
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only


@dataclass(slots=True)
class Line:
    """One recommendation: its forms, and the action that was made of it."""

    feedback: Feedback
    respond: forms.Form
    propose: forms.Form
    action: Action | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def response(request: MemberRequest, charter: str, stage: int) -> HttpResponse:
    cycle = _cycle(request, charter, stage)
    if request.method != "POST":
        return _page(request, cycle)
    feedback = get_object_or_404(queries.feedback_of(cycle), pk=_number(request))
    verb = request.POST.get("verb", "")
    form = _bound(request, cycle, verb, feedback)
    if form.is_valid():
        try:
            _do(request, cycle, feedback, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("impact:response", request.seat.organisation.slug, charter, stage)
    return _page(request, cycle, status=422, bound=(feedback.pk, form))


def _cycle(request: MemberRequest, charter: str, stage: int) -> Cycle:
    """Of this organisation, once feedback is released; else there is nothing here."""
    signatory = queries.signatory_of(request.seat.organisation, charter)
    found = Cycle.objects.filter(
        signatory=signatory, stage=stage, submission__released_at__isnull=False
    )
    cycle = found.select_related("submission__version", "signatory__charter").first()
    if signatory is None or cycle is None:
        raise Http404
    return cycle


def _number(request: MemberRequest) -> int:
    given = request.POST.get("feedback", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0


def _bound(request: MemberRequest, cycle: Cycle, verb: str, feedback: Feedback) -> forms.Form:
    if verb == "respond":
        return ResponseForm(request.POST, prefix=f"r{feedback.pk}")
    plans = queries.plans_to_add_to(request.seat.organisation)
    return ActionForm(request.POST, prefix=f"a{feedback.pk}", plans=plans)


def _do(request: MemberRequest, cycle: Cycle, feedback: Feedback, form: Any) -> None:
    actor = Actor.of(request.user)
    if isinstance(form, ResponseForm):
        actions.respond(actor=actor, cycle=cycle, feedback=feedback, text=form.cleaned_data["text"])
        messages.success(request, "Your response is on record.")
        return
    made = actions.make_action_of(actor=actor, cycle=cycle, feedback=feedback, **form.cleaned_data)
    messages.success(request, f"It is action {made.code} of your plan now, as a proposal.")


def _page(
    request: MemberRequest,
    cycle: Cycle,
    status: int = 200,
    bound: tuple[int, forms.Form] | None = None,
) -> HttpResponse:
    found = list(queries.feedback_of(cycle))
    asked = [one for one in found if one.kind == CommentKind.RECOMMEND]
    plans = queries.plans_to_add_to(request.seat.organisation)
    context = {
        "cycle": cycle,
        "charter": cycle.signatory.charter,
        "praised": [one for one in found if one.kind == CommentKind.COMMEND],
        "lines": _lines(request, asked, plans, bound),
        "answered": sum(bool(one.response) for one in asked),
        "plans": list(plans),
        "may_lead": request.seat.may(roles.LEAD_CHARTER),
        "form_url": addresses.of_form(cycle.submission) if cycle.submission else "",
    }
    return render(request, "impact/charters/response.html", context, status=status)


def _lines(
    request: MemberRequest, asked: list[Feedback], plans: Any, bound: tuple[int, forms.Form] | None
) -> list[Line]:
    refs = [origin_ref(one) for one in asked]
    made = {
        one.origin_ref: one
        for one in Action.objects.filter(
            plan__organisation=request.seat.organisation, origin=Origin.REVIEW, origin_ref__in=refs
        ).order_by("pk")
    }
    lines = []
    for one in asked:
        known = {"title": one.text[:300], "areas": [one.area] if one.area else []}
        line = Line(
            one,
            ResponseForm(prefix=f"r{one.pk}", initial={"text": one.response}),
            ActionForm(prefix=f"a{one.pk}", initial=known, plans=plans),
            made.get(origin_ref(one)),
        )
        if bound and bound[0] == one.pk:
            kind = "respond" if isinstance(bound[1], ResponseForm) else "propose"
            setattr(line, kind, bound[1])
        lines.append(line)
    return lines
