"""What plans that follow one another put into a workspace: a sheet, and what waits."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone

from benchside.core.registries import ToDo, ToDoSource, WorkspaceTab
from benchside.impact.enums import PlanState
from benchside.impact.lineage.undecided import undecided
from benchside.impact.models import Plan
from benchside.organisations import roles
from benchside.organisations.models import Membership

BEFORE_END = timedelta(days=270)


def _address(name: str, slug: str) -> str:
    return reverse(f"impact:{name}", args=[slug])


TAB = WorkspaceTab(
    key="impact.lineage",
    area="impact",
    title="Across cycles",
    url=partial(_address, "lineage"),
    order=40,
)


def things_to_do(organisation_id: int, viewer_id: uuid.UUID) -> Sequence[ToDo]:
    """Actions that wait for a word; a plan that ends soon and is not continued."""
    mine = Membership.objects.live().filter(
        organisation=organisation_id,
        user__person_id=viewer_id,
        role__in=roles.with_right(roles.KEEP_PLAN),
    )
    if not mine.exists():
        return []
    plans = Plan.objects.filter(organisation=organisation_id).select_related("organisation")
    found = [
        _decide(plan, count)
        for plan in plans.filter(state=PlanState.DRAFT).exclude(before=None)
        if (count := undecided(plan).count())
    ]
    today = timezone.localdate()
    ending = plans.filter(
        state=PlanState.AGREED, after=None, ends_on__range=(today, today + BEFORE_END)
    )
    return [*found, *(_continue(plan) for plan in ending)]


def _decide(plan: Plan, count: int) -> ToDo:
    return ToDo(
        title=f"Decide about {count} action{'' if count == 1 else 's'} of the plan before",
        why="Each is continued, extended, narrowed, revised or stopped. "
        "Then the new plan can be agreed.",
        do="Decide",
        url=reverse("impact:carry", args=[plan.organisation.slug, plan.key]),
        order=30,
    )


def _continue(plan: Plan) -> ToDo:
    return ToDo(
        title="Begin the next plan",
        why=f"{plan.title} ends on {plan.ends_on:%d/%m/%Y}. Its actions keep their codes.",
        do="Begin it",
        url=reverse("impact:continue_plan", args=[plan.organisation.slug, plan.key]),
        order=35,
    )


TO_DO = ToDoSource(key="impact.lineage", things=things_to_do)
