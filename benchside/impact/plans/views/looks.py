"""The same plan as a board by state, and along its years."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.impact.models import Milestone, Plan
from benchside.impact.plans import actions, listing, queries, rules, timeline
from benchside.impact.plans.listing import STATES, Row
from benchside.impact.plans.states import ACTION, WHY
from benchside.impact.plans.views import about, sums
from benchside.impact.plans.views.table import choices
from benchside.impact.plans.wording import VERBS
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only


@dataclass(frozen=True, slots=True)
class Card:
    row: Row
    verbs: list[tuple[str, str]]


@require_safe
@members_only()
def board(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    asked = listing.wanted(request.GET)
    rows = listing.rows(here, asked)
    shell = about(request, here)
    lanes = [
        (label, [Card(row, _verbs(request, row, shell)) for row in rows if row.state == state])
        for state, label in STATES.items()
    ]
    context = {
        **shell,
        **sums(listing.rows(here) if asked.is_sifted else rows),
        **choices(here, asked),
        "lanes": lanes,
    }
    return render(request, "impact/plans/board.html", context)


def _verbs(request: MemberRequest, row: Row, shell: dict[str, Any]) -> list[tuple[str, str]]:
    """Which buttons a card has: the table's moves that ask for no reason. The action asks again."""
    if shell["plan"].state == "closed":
        return []
    may = {
        rules.can_keep: request.seat.may(roles.KEEP_PLAN),
        rules.can_agree: shell["may_agree"],
        rules.can_deliver: shell["may_run"] or row.owner_id == request.user.pk,
    }
    return [
        (one.verb, VERBS[one.verb])
        for one in ACTION.rows
        if one.source == row.state and WHY not in one.needs and may[one.may]
    ]


@require_POST
@members_only()
def move_on_board(request: MemberRequest, plan: UUID) -> HttpResponse:
    """A press on a card."""
    here = queries.plan_of(request.seat.organisation, plan)
    action = queries.action_of(here, request.POST.get("code", "")[:12].replace("\0", ""))
    try:
        actions.move_action(
            actor=Actor.of(request.user), action=action, verb=request.POST.get("verb", "")
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{action.code} is {action.get_state_display().lower()} now.")
    return redirect("impact:plan_board", request.seat.organisation.slug, here.key)


@require_safe
@members_only()
def along(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    asked = listing.wanted(request.GET)
    rows = listing.rows(here, asked)
    steps = _steps(here)
    things = [
        timeline.Thing(
            code=row.code,
            starts_on=row.starts_on,
            due_on=row.due_on,
            letter=row.letter,
            steps=tuple(
                (one.due_on, bool(one.done_on)) for one in steps.get(row.pk, []) if one.due_on
            ),
        )
        for row in rows
    ]
    context = {
        **about(request, here),
        **sums(listing.rows(here) if asked.is_sifted else rows),
        **choices(here, asked),
        "chart": timeline.draw(things, here.starts_on, here.ends_on, timezone.localdate()),
        "lines": [(row, steps.get(row.pk, [])) for row in rows],
    }
    return render(request, "impact/plans/timeline.html", context)


def _steps(plan: Plan) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = {}
    for one in Milestone.objects.filter(action__plan=plan):
        found.setdefault(one.action_id, []).append(one)
    return found
