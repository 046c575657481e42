"""A charter in the workspace: signing, the stages, where the one in hand stands."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from benchside.core.actions import Actor, Refused
from benchside.impact.charters import actions, addresses, links, mails, progress, queries
from benchside.impact.charters.forms import (
    BeginForm,
    ContactForm,
    DetailsForm,
    ExtensionForm,
    HeadForm,
)
from benchside.impact.enums import Part, SignatoryState
from benchside.impact.models import Charter, Signatory
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only

NOT_BEGUN = (SignatoryState.DECLINED, SignatoryState.TAKEN_BACK, SignatoryState.LEFT)
FORMS: dict[str, type[forms.Form]] = {
    "details": DetailsForm, "sign_head": HeadForm, "contact": ContactForm, "extend": ExtensionForm,
}  # fmt: skip


@require_http_methods(["GET", "HEAD"])
@members_only()
def charters(request: MemberRequest) -> HttpResponse:
    """Those it signed, and those it could sign."""
    here = request.seat.organisation
    today = timezone.localdate()
    rows = []
    for one in queries.signatories_of(here):
        cycle = queries.current(queries.stages_of(one)) if one.state == "announced" else None
        word = progress.PHASES[queries.phase(cycle, today)] if cycle else ""
        rows.append((one, cycle, word))
    context = {
        "rows": rows,
        "to_sign": queries.charters_to_sign(here),
        "may_lead": request.seat.may(roles.LEAD_CHARTER),
    }
    return render(request, "impact/charters/inside_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def charter(request: MemberRequest, charter: str) -> HttpResponse:
    """One of them, from before it is begun to its newest stage."""
    here = request.seat.organisation
    one = get_object_or_404(Charter, slug=charter)
    signatory = queries.signatory_of(here, one.slug)
    if request.method != "POST":
        return _page(request, one, signatory)
    verb = request.POST.get("verb", "")
    form = FORMS[verb](request.POST) if verb in FORMS else None
    if form is not None and not form.is_valid():
        return _page(request, one, signatory, status=422, **{f"{verb}_form": form})
    try:
        return _do(request, verb, form, one, signatory)
    except Refused as refused:
        if form is None:
            messages.error(request, str(refused))
            return redirect("impact:inside_charter", here.slug, one.slug)
        form.add_error(None, str(refused))
        return _page(request, one, signatory, status=422, **{f"{verb}_form": form})


def _do(
    request: MemberRequest, verb: str, form: Any, charter: Charter, signatory: Signatory | None
) -> HttpResponse:
    actor, here = Actor.of(request.user), request.seat.organisation
    if verb == "begin_signing":
        given = BeginForm(request.POST)
        part = Part(given.cleaned_data["part"]) if given.is_valid() else Part.SIGNATORY
        actions.begin_signing(actor=actor, charter=charter, organisation=here, part=part)
        messages.success(request, "Begun. Say who the head is, and whom to write to.")
    elif signatory is None:
        raise Http404
    elif verb == "begin":
        return _begin(actor, request.POST.get("stage", ""), signatory)
    elif verb in VERBS:
        messages.success(request, VERBS[verb](actor, signatory, form))
    else:
        raise Refused("Nothing was done: press one of the buttons.")
    return redirect("impact:inside_charter", here.slug, charter.slug)


def _begin(actor: Actor, stage: str, signatory: Signatory) -> HttpResponseRedirect:
    number = int(stage) if stage.isascii() and stage.isdigit() and len(stage) < 4 else 0
    cycle = get_object_or_404(signatory.cycles, stage=number)
    submission = actions.begin_self_assessment(actor=actor, cycle=cycle)
    return HttpResponseRedirect(addresses.of_form(submission))


def _details(actor: Actor, signatory: Signatory, form: Any) -> str:
    actions.keep_details(actor=actor, signatory=signatory, values=form.cleaned_data)
    return "Kept. Now both sign: the head, and whoever leads."


def _sign_head(actor: Actor, signatory: Signatory, form: Any) -> str:
    actions.sign_as_head(actor=actor, signatory=signatory, typed=form.cleaned_data["typed"])
    return _signed(signatory)


def _sign_lead(actor: Actor, signatory: Signatory, form: Any) -> str:
    actions.sign_as_lead(actor=actor, signatory=signatory)
    return _signed(signatory)


def _signed(signatory: Signatory) -> str:
    if signatory.state == SignatoryState.SIGNED:
        return "Both have signed. The charter's officers have it now."
    return "Signed. The other signature is still missing."


def _take_back(actor: Actor, signatory: Signatory, form: Any) -> str:
    actions.take_back(actor=actor, signatory=signatory)
    return "Taken back. You can begin again at any time."


def _contact(actor: Actor, signatory: Signatory, form: Any) -> str:
    actions.keep_contact(actor=actor, signatory=signatory, values=form.cleaned_data)
    return "Kept. The public page shows it now, and you stand as the named lead."


def _extend(actor: Actor, signatory: Signatory, form: Any) -> str:
    cycle = queries.current(queries.stages_of(signatory))
    if cycle is None:
        raise Refused("No stage is open.")
    due = actions.take_extension(actor=actor, cycle=cycle, why=form.cleaned_data["why"])
    return f"Stage {cycle.stage} is now due on {due:%d/%m/%Y}. This was the one extension there is."


VERBS: dict[str, Callable[[Actor, Signatory, Any], str]] = {
    "details": _details,
    "sign_head": _sign_head,
    "sign_lead": _sign_lead,
    "take_back": _take_back,
    "contact": _contact,
    "extend": _extend,
}


# --- what is shown -------------------------------------------------------------------------------
def _page(
    request: MemberRequest,
    charter: Charter,
    signatory: Signatory | None,
    status: int = 200,
    **bound: forms.Form,
) -> HttpResponse:
    seat = request.seat
    over = signatory is not None and signatory.state in NOT_BEGUN
    context: dict[str, Any] = {
        "charter": charter,
        "signatory": signatory,
        "may_lead": seat.may(roles.LEAD_CHARTER),
        "may_sign": seat.may(roles.SIGN),
        "may_begin": charter.is_open and (signatory is None or over),
        "begin_form": BeginForm(),
        **_forms(signatory),
        **bound,
    }
    if signatory is None or signatory.state != SignatoryState.ANNOUNCED:
        return render(request, "impact/charters/inside_signing.html", context, status=status)
    context |= _stages(signatory)
    context["calendar"] = links.address_of(signatory, request.user)
    context["public_url"] = addresses.of_signatory(signatory)
    context["leads"] = mails.leads_of(signatory)
    return render(request, "impact/charters/inside_charter.html", context, status=status)


def _forms(signatory: Signatory | None) -> dict[str, forms.Form]:
    if signatory is None:
        return {}
    known = {
        name: getattr(signatory, name)
        for name in ("head_name", "head_post", "contact_name", "contact_email")
    }
    return {
        "details_form": DetailsForm(initial=known),
        "sign_head_form": HeadForm(),
        "contact_form": ContactForm(initial=known),
        "extend_form": ExtensionForm(),
    }


def _stages(signatory: Signatory) -> dict[str, Any]:
    """Every stage with its word; of the one in hand its steps, its reminders, its buttons."""
    today = timezone.localdate()
    book = queries.rulebook(signatory.charter)
    found = queries.stages_of(signatory)
    now = queries.current(found)
    lines = [(one, progress.PHASES[queries.phase(one, today)], one == now) for one in found]
    if now is None:
        return {"lines": lines, "now": None}
    steps = progress.steps(queries.facts(now))
    rules = book.on(now.due_on)
    is_open = queries.open_cycles().filter(pk=now.pk).exists()
    had = queries.extensions_had(signatory)
    return {
        "lines": lines,
        "now": now,
        "phase": queries.phase(now, today),
        "phase_title": progress.PHASES[queries.phase(now, today)],
        "stage_words": f"Stage {now.stage}",
        "plan_words": f"{now.plan_months} months",
        "progress_words": f"{sum(step.is_done for step in steps)} of {len(steps)} steps done",
        "steps": steps,
        "steps_done": sum(step.is_done for step in steps),
        "reminders": rules.reminders_for(now.due_on),
        "today": today,
        "is_open": is_open,
        "may_extend": is_open and had < rules.extensions and now.due_on >= today,
        "had_extension": had >= rules.extensions,
        "extended_to": book.extended(now.due_on),
        "form_url": addresses.of_form(now.submission) if _is_begun(now) else "",
        "plan": queries.plan_of(now),
        "next_stage": _next(found, now),
    }


def _is_begun(cycle: Any) -> bool:
    return cycle.submission is not None and cycle.submission.state not in progress.GONE


def _next(found: list[Any], now: Any) -> Any | None:
    """The stage after the one in hand, which may be begun once that is sent in."""
    sent = now.submission is not None and now.submission.state in progress.SENT
    return next((one for one in found if one.stage == now.stage + 1), None) if sent else None
