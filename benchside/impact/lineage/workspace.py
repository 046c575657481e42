"""What plans that follow one another put into a workspace: a sheet, and what waits."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from benchside.core.registries import ToDo, ToDoSource, WorkspaceTab
from benchside.core.sitting import Sitting
from benchside.impact.enums import PlanState
from benchside.impact.lineage.undecided import undecided
from benchside.impact.models import Plan
from benchside.organisations import roles

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


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    """Actions that wait for a word; a plan that ends soon and is not continued."""
    if not sitting.has_one_of(roles.with_right(roles.KEEP_PLAN)):
        return []
    today = timezone.localdate()
    follows = Q(state=PlanState.DRAFT, before__isnull=False)
    ends = Q(state=PlanState.AGREED, after=None, ends_on__range=(today, today + BEFORE_END))
    plans = Plan.objects.filter(follows | ends, organisation=sitting.organisation_id)
    found = list(plans.select_related("organisation"))
    drafts = [one for one in found if one.state == PlanState.DRAFT]
    return [
        *(_decide(one, count) for one in drafts if (count := undecided(one).count())),
        *(_continue(one) for one in found if one.state == PlanState.AGREED),
    ]


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
