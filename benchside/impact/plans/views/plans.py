"""The plans of an organisation: the list, begin one, its years, agree, close, what changed."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.impact.enums import Area
from benchside.impact.models import Plan
from benchside.impact.plans import actions, checking, listing, queries
from benchside.impact.plans.forms import PlanForm, begin_form
from benchside.impact.plans.views import about, sums
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only

A_PAGE = 25


@require_safe
@members_only()
def plans(request: MemberRequest) -> HttpResponse:
    here = request.seat.organisation
    page = Paginator(queries.plans_of(here), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_run": request.seat.may(roles.KEEP_PLAN)}
    return render(request, "impact/plans/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_PLAN)
def begin(request: MemberRequest) -> HttpResponse:
    here = request.seat.organisation
    form = begin_form(here, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = actions.begin_plan(
                actor=Actor.of(request.user), organisation=here, **form.values()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The plan is begun. Now add the first action.")
            return redirect("impact:plan", here.slug, plan.key)
    return _form(request, form, "Begin a plan", "Begin this plan")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_PLAN)
def settings(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    names = ("title", "starts_on", "ends_on")
    initial = {name: getattr(here, name) for name in names}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_plan(actor=Actor.of(request.user), plan=here, **form.values())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved.")
            return redirect("impact:plan", request.seat.organisation.slug, here.key)
    return _form(request, form, "Title and years", "Save")


def _form(request: MemberRequest, form: PlanForm, heading: str, submit: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit}
    status = 422 if form.errors else 200
    return render(request, "impact/plans/form.html", context, status=status)


VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "agree": (actions.agree_plan, "The plan is agreed, and with it all that was proposed."),
    "close": (actions.close_plan, "The plan is closed. It can still be read."),
    "reopen": (actions.reopen_plan, "The plan is open again."),
}


@require_POST
@members_only()
def move(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    verb = request.POST.get("verb", "")
    do, said = VERBS.get(verb, (None, ""))
    try:
        if do is None:
            raise Refused("There is no such button.", "Go back and press another.")
        do(actor=Actor.of(request.user), plan=here)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("impact:plan", request.seat.organisation.slug, here.key)


@require_safe
@members_only()
def check(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    context = {
        **about(request, here),
        **sums(listing.rows(here)),
        "findings": checking.findings(here),
    }
    return render(request, "impact/plans/check.html", context)


@require_safe
@members_only()
def history(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    code = request.GET.get("code", "").replace("\0", "")[:12]
    found = Paginator(queries.changes_of(here, code), 50).get_page(request.GET.get("page"))
    context = {
        **about(request, here),
        **sums(listing.rows(here)),
        "page": found,
        "changes": queries.told(found.object_list),
        "code": code,
    }
    return render(request, "impact/plans/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_PLAN)
def suggestions(request: MemberRequest, plan: UUID) -> HttpResponse:
    """What other rooms would have in the plan; a press takes one over."""
    here = queries.plan_of(request.seat.organisation, plan)
    found = queries.suggestions(here)
    if request.method == "POST":
        _take_over(request, here, found)
        return redirect("impact:plan_suggestions", request.seat.organisation.slug, here.key)
    context = {
        **about(request, here),
        **sums(listing.rows(here)),
        "found": found,
        "titles": dict(Area.choices),
    }
    return render(request, "impact/plans/suggestions.html", context)


def _take_over(request: MemberRequest, plan: Plan, found: list[queries.Suggestion]) -> None:
    wanted = next((one for one in found if one.ref == request.POST.get("ref")), None)
    if wanted is None:
        messages.error(request, "This is in the plan already, or not proposed any more.")
        return
    try:
        action = actions.propose_action(
            actor=Actor.of(request.user),
            plan=plan,
            title=wanted.proposed.title[:300],
            areas=[wanted.area],
            origin="proposal",
            origin_ref=wanted.ref,
            due_on=wanted.proposed.due,
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"It is in the plan as {action.code}.")
