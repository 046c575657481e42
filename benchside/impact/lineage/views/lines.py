"""Lines over all plans: a table of codes by plans, and the life of one action."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.impact.enums import Area, Carried
from benchside.impact.lineage import actions, queries
from benchside.impact.lineage.forms import CARRIED_WORDS, Follows
from benchside.impact.lineage.queries import Cell, Line
from benchside.impact.lineage.views.carrying import plan_of
from benchside.impact.models import Plan
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 50
TAKING = ("GET", "HEAD", "POST")
COLUMNS = [("code", "Code"), ("title", "Action"), ("plans", "In plans")]
NONE = "none"


@require_safe
@members_only()
def lineage(request: MemberRequest) -> HttpResponse:
    matrix = queries.matrix_of(request.seat.organisation)
    lines, sort, area, words = _chosen(request, matrix.lines)
    context = {
        "plans": matrix.plans,
        "page": Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
        "columns": sorting(request, COLUMNS, sort),
        "areas": Area.choices,
        "area_chosen": area,
        "q": words,
        "figures": queries.figures_by_plan(matrix),
        "is_empty": not matrix.lines,
        "may_keep": request.seat.may(roles.KEEP_PLAN),
        "ways": queries.ways_of(matrix.plans) if request.seat.may(roles.KEEP_PLAN) else [],
        "kept": request.GET.urlencode(),
    }
    return render(request, "impact/lineage/lineage.html", context)


def _chosen(request: MemberRequest, lines: list[Line]) -> tuple[list[Line], str, str, str]:
    sort = request.GET.get("sort", "code")
    sort = sort if sort.removeprefix("-") in dict(COLUMNS) else "code"
    area = request.GET.get("area", "")
    area = area if area in Area.values else ""
    words = words_of(request).casefold()
    found = [
        one
        for one in lines
        if (not area or area in one.areas) and words in f"{one.code} {one.title}".casefold()
    ]
    by = {
        "code": lambda one: one.code,
        "title": lambda one: one.title.casefold(),
        "plans": lambda one: (one.plans, one.code),
    }[sort.removeprefix("-")]
    return sorted(found, key=by, reverse=sort.startswith("-")), sort, area, words_of(request)


@require_safe
@members_only()
def lineage_csv(request: MemberRequest) -> HttpResponse:
    matrix = queries.matrix_of(request.seat.organisation)
    lines, *_ = _chosen(request, matrix.lines)
    header = ["Code", "Action", "Areas"]
    for plan in matrix.plans:
        header += [f"{plan.title}: became", f"{plan.title}: state", f"{plan.title}: delivery"]
    rows = (
        [
            line.code, line.title, ", ".join(Area(one).label for one in line.areas),
            *(text for cell in line.cells for text in _told(cell)),
        ]
        for line in lines
    )  # fmt: skip
    return csv_response("lineage.csv", header, rows)


def _told(cell: Cell) -> tuple[str, str, str]:
    if cell.action is not None:
        said = cell.action.get_carried_display() if cell.action.carried else ""
        return str(said), cell.state, cell.delivery
    return ("Stopped", "", "") if cell.stopped else ("", "", "")


@require_safe
@members_only()
def life(request: MemberRequest, code: str) -> HttpResponse:
    """One action, plan by plan, as a line one can read."""
    steps = queries.steps_of(request.seat.organisation, code)
    if not steps:
        raise Http404
    last = [step.action for step in steps if step.action][-1]
    context = {"code": code, "steps": steps, "last": last}
    return render(request, "impact/lineage/life.html", context)


@require_http_methods(TAKING)
@members_only(roles.KEEP_PLAN)
def link(request: MemberRequest, key: str) -> HttpResponse:
    """Which actions of this plan are ones of the plan before: proposed, and said by a person."""
    here = request.seat.organisation
    plan = plan_of(request, key)
    earlier = [one for one in queries.plans_of(here) if one.starts_on < plan.starts_on]
    follows = Follows(plans=earlier)
    if request.method == "POST" and "before" in request.POST:
        follows = Follows(request.POST, plans=earlier)
        if follows.is_valid() and _follow(request, plan, earlier, follows):
            return redirect("impact:lineage_link", here.slug, plan.key)
    elif request.method == "POST":
        _link_all(request, plan)
        return redirect("impact:lineage_link", here.slug, plan.key)
    found = queries.proposals_of(plan) if plan.before_id else []
    context = {
        "plan": plan,
        "earlier": earlier,
        "follows": follows,
        "page": Paginator([one for one in found if one.near], A_PAGE).get_page(
            request.GET.get("page")
        ),
        "alone": sum(not one.near for one in found),
        "linked": plan.carryings.exclude(action=None).select_related("action", "earlier"),
        "words": CARRIED_WORDS[:-1],
        "none": NONE,
    }
    status = 422 if follows.errors else 200
    return render(request, "impact/lineage/link.html", context, status=status)


def _follow(
    request: MemberRequest, plan: Plan, earlier: list[Plan], form: Follows
) -> bool:  # fmt: skip
    before = next(one for one in earlier if str(one.key) == form.cleaned_data["before"])
    try:
        actions.follow(actor=Actor.of(request.user), plan=plan, before=before)
    except Refused as refused:
        form.add_error("before", str(refused))
        return False
    messages.success(request, f"It follows “{before.title}” now.")
    return True


def _link_all(request: MemberRequest, plan: Plan) -> None:
    """Each that was chosen on the page; one that cannot be is told, the others are linked."""
    done = 0
    for one in queries.proposals_of(plan):
        code = request.POST.get(f"to-{one.action.code}", NONE)
        earlier = next((other for _, other in one.near if other.code == code), None)
        if earlier is None:
            continue
        carried = request.POST.get(f"how-{one.action.code}", one.carried)
        if carried not in Carried.values:
            carried = one.carried
        try:
            actions.link(
                actor=Actor.of(request.user), action=one.action, earlier=earlier, carried=carried
            )
            done += 1
        except Refused as refused:
            messages.error(request, f"{one.action.code}: {refused}")
    if done:
        messages.success(request, f"{done} action{'' if done == 1 else 's'} linked.")


@require_http_methods(["POST"])
@members_only(roles.KEEP_PLAN)
def unlink(request: MemberRequest, key: str, code: str) -> HttpResponse:
    plan = plan_of(request, key)
    said = get_object_or_404(
        plan.carryings.select_related("earlier__plan", "plan", "action"), action__code=code
    )
    try:
        actions.take_back(actor=Actor.of(request.user), carrying=said)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{code} is an action of its own again.")
    return redirect("impact:lineage_link", request.seat.organisation.slug, plan.key)
