"""What action plans put into a workspace: a sheet, what waits, how they stand, what moves on."""

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.registries import (
    AreaReport,
    Belonging,
    EvidenceKind,
    Standing,
    ToDo,
    ToDoSource,
    WorkspaceTab,
)
from benchside.core.sitting import Sitting
from benchside.impact.enums import ActionState, PlanState
from benchside.impact.models import Action, ActionChange, Plan
from benchside.impact.plans import queries
from benchside.organisations import roles
from benchside.organisations.models import Membership

CURRENT = "impact.current_plan"


def _address(name: str, slug: str) -> str:
    return reverse(f"impact:{name}", args=[slug])


def _each_plan(slug: str) -> str:
    """What the addresses of all plans of an organisation begin with."""
    anyone = uuid.UUID(int=0)
    return reverse("impact:plan", args=[slug, anyone]).removesuffix(f"{anyone}/")


TABS = [
    WorkspaceTab(
        key="impact.plans",
        area="impact",
        title="Action plans",
        url=partial(_address, "plans"),
        also=_each_plan,
        order=20,
    )
]


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    found = [*_own(sitting.organisation_id, sitting.viewer_id)]
    keeps = sitting.has_one_of(roles.with_right(roles.KEEP_PLAN))
    if keeps and (plan := sitting.once(CURRENT, queries.current_plan)):
        found += _of_plan(plan)
    return found


def _own(organisation_id: int, viewer_id: uuid.UUID) -> Sequence[ToDo]:
    today = timezone.localdate()
    open_ones = Action.objects.filter(
        plan__organisation=organisation_id,
        owner__person_id=viewer_id,
        plan__state=PlanState.AGREED,
        state__in=queries.OPEN,
    )
    is_soon = Q(due_on__gte=today, due_on__lte=today + queries.SOON)
    late, soon = open_ones.aggregate(
        late=Count("pk", filter=Q(due_on__lt=today)), soon=Count("pk", filter=is_soon)
    ).values()
    if not late + soon:
        return []
    parts = [f"{late} late" if late else "", f"{soon} due within 30 days" if soon else ""]
    return [
        ToDo(
            title="Say how your actions go",
            why=f"Of what you answer for: {' and '.join(one for one in parts if one)}.",
            do="Look at my actions",
            url=reverse("impact:my_actions"),
            order=12 if late else 22,
        )
    ]


def _of_plan(plan: Plan) -> Sequence[ToDo]:
    url = reverse("impact:plan", args=[plan.organisation.slug, plan.key])
    count = plan.actions.exclude(state=ActionState.STOPPED).count()
    if not count:
        return [
            ToDo(
                title="Fill the action plan",
                why=f"{plan.title} is empty. Add what you will do first.",
                do="Add an action",
                url=reverse("impact:plan_add", args=[plan.organisation.slug, plan.key]),
                order=18,
            )
        ]
    unowned = plan.actions.filter(owner=None, owner_post="").exclude(state__in=queries.OVER)
    if plan.state == PlanState.AGREED and (nobody := unowned.count()):
        return [
            ToDo(
                title=f"Name who answers for {nobody} action{'' if nobody == 1 else 's'}",
                why="What everybody should do, nobody does.",
                do="Show them",
                url=f"{url}?owner=nobody&state=open",
                order=28,
            )
        ]
    return []


def standing(sitting: Sitting) -> Standing | None:
    """How many of the newest plan's actions are complete."""
    plan = sitting.once(CURRENT, queries.current_plan)
    if plan is None:
        return None
    live = plan.actions.exclude(state=ActionState.STOPPED)
    total = live.count()
    if not total:
        return None
    done = live.filter(state__in=(ActionState.COMPLETE, ActionState.EMBEDDED)).count()
    words = f"{done} of {total} actions of the plan complete"
    return Standing(done=done, total=total, words=words, as_of=timezone.localdate())


# --- what moves when a lead hands over ----------------------------------------------------------
def _open_of(organisation_id: int, person_id: uuid.UUID) -> QuerySet[Action]:
    found = Action.objects.filter(plan__organisation=organisation_id, owner__person_id=person_id)
    return found.exclude(Q(state__in=queries.OVER) | Q(plan__state=PlanState.CLOSED))


def _count(organisation_id: int, person_id: uuid.UUID) -> int:
    return _open_of(organisation_id, person_id).count()


def _move(organisation_id: int, giver: uuid.UUID, taker: uuid.UUID) -> int:
    """Open actions go on to the taker, and their histories say so."""
    held = list(_open_of(organisation_id, giver))
    successor = User.objects.get(person_id=taker)
    ActionChange.objects.bulk_create(
        ActionChange(action=one, field="owner", was=str(giver), now=str(taker), changed_by=giver)
        for one in held
    )
    Action.objects.filter(pk__in=[one.pk for one in held]).update(
        owner=successor, changed_at=timezone.now()
    )
    return len(held)


# --- an action as evidence elsewhere -------------------------------------------------------------
def describe(record_id: str, viewer_id: uuid.UUID | None) -> Mapping[str, Any] | None:
    """Title and address, for members of its organisation."""
    if viewer_id is None or not (record_id.isascii() and record_id.isdigit()):
        return None
    if len(record_id) > 11:
        return None
    seats = Membership.objects.live().filter(user__person_id=viewer_id)
    found = Action.objects.filter(
        pk=int(record_id), plan__organisation__in=seats.values("organisation")
    )
    action = found.select_related("plan__organisation").first()
    if action is None:
        return None
    return {
        "title": f"{action.code}: {action.title}",
        "url": reverse(
            "impact:plan_action",
            args=[action.plan.organisation.slug, action.plan.key, action.code],
        ),
    }


REPORT = AreaReport(key="impact.plans", area="impact", standing=standing)
TO_DO = ToDoSource(key="impact.plans", things=things_to_do)
BELONGING = Belonging(
    key="impact.actions", title="open actions of the plan", count=_count, move=_move, order=30
)
EVIDENCE = EvidenceKind(
    key="impact.action", title="An action of the plan", describe=describe, order=40
)
