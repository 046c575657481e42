"""The next plan is begun, and each action of the one before gets its word."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.impact.enums import Area, Carried, PlanState
from benchside.impact.lineage import actions, queries
from benchside.impact.lineage.forms import Decide, DecideMany, Next
from benchside.impact.lineage.undecided import earlier_actions
from benchside.impact.models import Carrying, Cycle, Plan
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import words_of

TAKING = ("GET", "HEAD", "POST")
A_PAGE, MOST_AT_ONCE = 50, 200
STANDS = (("", "All"), ("open", "Wait for a word"), ("decided", "Decided"), ("settled", "Over"))


@require_http_methods(TAKING)
@members_only(roles.KEEP_PLAN)
def begin(request: MemberRequest, key: str) -> HttpResponse:
    plan = plan_of(request, key)
    after = Plan.objects.filter(before=plan).first()
    if after is not None:
        return redirect("impact:carry", request.seat.organisation.slug, after.key)
    cycles = list(
        Cycle.objects.filter(signatory__organisation=request.seat.organisation, plan=None)
        .select_related("signatory__charter")
        .order_by("due_on")
    )
    form = Next(request.POST or None, cycles=cycles, initial=_next_years(plan))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        cycle = next((one for one in cycles if str(one.pk) == said.get("cycle")), None)
        try:
            made = actions.continue_plan(
                actor=Actor.of(request.user), plan=plan, title=said["title"], cycle=cycle,
                starts_on=said["starts_on"], ends_on=said["ends_on"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("impact:carry", request.seat.organisation.slug, made.key)
    context = {"plan": plan, "form": form, "is_draft": plan.state == PlanState.DRAFT}
    status = 422 if form.errors else 200
    return render(request, "impact/lineage/begin.html", context, status=status)


def _next_years(plan: Plan) -> dict[str, Any]:
    """The day after this one ends, for as long as this one lasts."""
    starts = plan.ends_on.fromordinal(plan.ends_on.toordinal() + 1)
    ends = plan.ends_on + (plan.ends_on - plan.starts_on)
    return {
        "title": f"Plan {starts.year} to {ends.year}",
        "starts_on": starts,
        "ends_on": ends,
    }


@require_http_methods(TAKING)
@members_only(roles.KEEP_PLAN)
def carry(request: MemberRequest, key: str) -> HttpResponse:
    """All actions of the plan before, with the word about each; many can get the same word."""
    plan = plan_of(request, key)
    if plan.before_id is None:
        return redirect("impact:lineage_link", request.seat.organisation.slug, plan.key)
    form = DecideMany(request.POST or None)
    ticked: list[str] = request.POST.getlist("action")
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and _carry_ticked(request, plan, ticked, form):
        return redirect(request.get_full_path())
    stands, area, words = _asked(request)
    found = queries.decisions_of(plan, stands=stands, area=area, words=words)
    context = {
        "plan": plan,
        "walk": queries.walk_of(plan),
        "next": queries.next_open(plan),
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "stands": STANDS,
        "chosen": stands,
        "area_chosen": area,
        "areas": Area.choices,
        "q": words,
        "form": form,
        "ticked": ticked,
        "may_decide": plan.state == PlanState.DRAFT,
        "kept": request.GET.urlencode(),
    }
    status = 422 if form.errors else 200
    return render(request, "impact/lineage/carry.html", context, status=status)


def _carry_ticked(
    request: MemberRequest, plan: Plan, ticked: list[str], form: DecideMany
) -> bool:  # fmt: skip
    chosen = list(
        earlier_actions(plan).filter(code__in=ticked[:MOST_AT_ONCE]).select_related("plan")
    )
    if not chosen:
        form.add_error(None, "Tick the actions first.")
        return False
    said = form.cleaned_data
    try:
        count = actions.carry_many(
            actor=Actor.of(request.user), plan=plan, earlier=chosen, carried=said["carried"],
            why=said["why"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    word = Carried(said["carried"]).label.lower()
    messages.success(request, f"{count} action{'' if count == 1 else 's'}: {word}.")
    return True


def _asked(request: MemberRequest) -> tuple[str, str, str]:
    stands, area = request.GET.get("stands", ""), request.GET.get("area", "")
    return (
        stands if stands in dict(STANDS) else "",
        area if area in Area.values else "",
        words_of(request),
    )


@require_http_methods(TAKING)
@members_only(roles.KEEP_PLAN)
def decide(request: MemberRequest, key: str, code: str) -> HttpResponse:
    """One action of the plan before, as it stood, and the word about it."""
    plan = plan_of(request, key)
    earlier = get_object_or_404(earlier_actions(plan).select_related("plan", "owner"), code=code)
    said = Carrying.objects.filter(plan=plan, earlier=earlier).select_related("action").first()
    form = Decide(request.POST or None, initial=_initial(plan, earlier, said))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.carry(
                actor=Actor.of(request.user), plan=plan, earlier=earlier,
                carried=values["carried"], why=values["why"], changes=values,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            word = Carried(values["carried"]).label.lower()
            messages.success(request, f"{code} is {word}.")
            return _onward(request, plan, code)
    context = {
        "plan": plan,
        "earlier": earlier,
        "said": said,
        "stood": queries.stands(earlier),
        "form": form,
        "walk": queries.walk_of(plan),
        "steps": queries.steps_of(request.seat.organisation, code),
        "measures": queries.measured(earlier),
        "may_decide": plan.state == PlanState.DRAFT,
    }
    status = 422 if form.errors else 200
    return render(request, "impact/lineage/decide.html", context, status=status)


def _initial(plan: Plan, earlier: Any, said: Carrying | None) -> dict[str, Any]:
    if said is None:
        return Decide.initial_of(earlier, plan)
    shown = Decide.initial_of(said.action or earlier, plan)
    return {**shown, "carried": said.carried, "why": said.why}


def _onward(request: MemberRequest, plan: Plan, code: str) -> HttpResponse:
    slug = request.seat.organisation.slug
    following = queries.next_open(plan, code)
    if following is None:
        messages.success(request, "Every action of the plan before has its word.")
        return redirect("impact:carry", slug, plan.key)
    return redirect("impact:carry_one", slug, plan.key, following.code)


@require_POST
@members_only(roles.KEEP_PLAN)
def take_back(request: MemberRequest, key: str, code: str) -> HttpResponse:
    plan = plan_of(request, key)
    said = get_object_or_404(
        plan.carryings.select_related("earlier__plan", "plan"), earlier__code=code
    )
    try:
        actions.take_back(actor=Actor.of(request.user), carrying=said)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The word about {code} is taken back: it waits again.")
    return redirect("impact:carry", request.seat.organisation.slug, plan.key)


@require_safe
@members_only(roles.KEEP_PLAN)
def carry_csv(request: MemberRequest, key: str) -> HttpResponse:
    plan = plan_of(request, key)
    stands, area, words = _asked(request)
    rows = (
        (
            one.action.code, one.action.title, one.action.get_state_display(),
            one.action.get_delivery_display(),
            one.carrying.get_carried_display() if one.carrying else "",
            one.carrying.why if one.carrying else "",
            one.carrying.action.title if one.carrying and one.carrying.action else "",
        )
        for one in queries.decisions_of(plan, stands=stands, area=area, words=words)
    )  # fmt: skip
    header = ("Code", "Action", "State then", "Delivery then", "Became", "Because", "From now on")
    return csv_response("decisions.csv", header, rows)


def plan_of(request: MemberRequest, key: str) -> Plan:
    found = queries.plans_of(request.seat.organisation)
    return get_object_or_404(found, key=key)
