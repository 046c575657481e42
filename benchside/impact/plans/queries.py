"""What can be asked about plans, starting from what the asker may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.registries import ProposedAction, action_proposals
from benchside.impact.enums import LETTERS, ActionState, Area, Delivery, Origin, PlanState
from benchside.impact.models import Action, ActionChange, Cycle, Plan, ProgressNote
from benchside.impact.plans import codes, themes
from benchside.organisations import queries as organisations
from benchside.organisations.enums import OrganisationState
from benchside.organisations.models import Membership, Organisation

OVER = (ActionState.COMPLETE, ActionState.EMBEDDED, ActionState.STOPPED)
OPEN = (ActionState.AGREED, ActionState.IN_PROGRESS, ActionState.REVISED)
SOON = timedelta(days=30)


# --- plans of an organisation -------------------------------------------------------------------
def plans_of(organisation: Organisation) -> QuerySet[Plan]:
    """Each with how many actions it has as `all_actions` and how many are done as `done`."""
    live = ~Q(actions__state=ActionState.STOPPED)
    done = Q(actions__state__in=(ActionState.COMPLETE, ActionState.EMBEDDED))
    return (
        Plan.objects.filter(organisation=organisation)
        .select_related("cycle__signatory__charter")
        .annotate(all_actions=Count("actions", filter=live), done=Count("actions", filter=done))
        .order_by("-starts_on", "-pk")
    )


def plan_of(organisation: Organisation, key: UUID) -> Plan:
    """Raises Http404 for another organisation's."""
    found = Plan.objects.filter(organisation=organisation, key=key)
    plan = found.select_related("organisation", "cycle__signatory__charter", "before").first()
    if plan is None:
        raise Http404
    return plan


def current_plan(organisation_id: int) -> Plan | None:
    """The newest that is not closed."""
    found = Plan.objects.filter(organisation=organisation_id).exclude(state=PlanState.CLOSED)
    return found.select_related("organisation").order_by("-starts_on", "-pk").first()


def cycles_without_plan(organisation: Organisation) -> QuerySet[Cycle]:
    """Stages of charters that wait for a plan."""
    found = Cycle.objects.filter(signatory__organisation=organisation, plan__isnull=True)
    return found.select_related("signatory__charter").order_by("due_on")


def action_of(plan: Plan, code: str) -> Action:
    """With all that its page shows. Raises Http404."""
    found = (
        Action.objects.filter(plan=plan, code=code)
        .select_related("plan__organisation", "owner", "before__plan")
        .prefetch_related("milestones", "successes__observations", "evidence", "contributors")
    )
    action = found.first()
    if action is None:
        raise Http404
    return action


def actions_of(plan: Plan, wanted: Iterable[str]) -> list[Action]:
    asked = [one for one in wanted if "\0" not in one]
    found = Action.objects.filter(plan=plan, code__in=asked)
    return list(found.select_related("plan", "owner").order_by("code"))


# --- what was done ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Change:
    """One line of a history, with the names people have today."""

    at: datetime
    code: str
    field: str
    was: str
    now: str
    who: str


FIELD_WORDS = {
    "title": "Action", "areas": "Areas", "objective": "Objective", "rationale": "Why",
    "text": "Public text", "internal": "Internal text", "themes": "Themes",
    "other_charters": "Other charters", "owner": "Who answers for it", "owner_post": "Their post",
    "contributors": "Who helps", "starts_on": "From", "due_on": "By", "cost": "Cost",
    "state": "State", "delivery": "How it goes", "delivery_why": "Reason",
    "milestone": "Milestone", "measure": "Measure", "evidence": "Evidence", "position": "Place",
}  # fmt: skip
_PEOPLE = {"owner", "contributors"}
_LABELS: dict[str, dict[str, str]] = {
    "state": {one.value: str(one.label) for one in ActionState},
    "delivery": {one.value: str(one.label) for one in Delivery},
    "areas": {one.value: str(one.label) for one in Area},
    "themes": {key: theme.title for key, theme in themes.BY_KEY.items()},
}


def changes_of(plan: Plan, code: str = "") -> QuerySet[ActionChange]:
    found = ActionChange.objects.filter(action__plan=plan).select_related("action")
    return found.filter(action__code=code) if code else found


def told(changes: Iterable[ActionChange]) -> list[Change]:
    found = list(changes)
    ids = {one.changed_by for one in found if one.changed_by}
    for one in found:
        if one.field in _PEOPLE:
            ids |= {UUID(each) for each in f"{one.was}, {one.now}".split(", ") if each}
    names = organisations.names_of(ids)
    return [
        Change(
            at=one.changed_at,
            code=one.action.code,
            field=FIELD_WORDS.get(one.field, one.field),
            was=_said(one.field, one.was, names),
            now=_said(one.field, one.now, names),
            who=names.get(str(one.changed_by), "Benchside"),
        )
        for one in found
    ]


def _said(field: str, value: str, names: dict[str, str]) -> str:
    if field in _PEOPLE:
        return ", ".join(names.get(each, "somebody") for each in value.split(", ") if each)
    if field in {"starts_on", "due_on"} and value:
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    if labels := _LABELS.get(field):
        return ", ".join(labels.get(each, each) for each in value.split(", ") if each)
    return value


def notes_of(action: Action) -> list[tuple[ProgressNote, str]]:
    """Latest first, each with who wrote it."""
    found = list(action.notes.all()[:50])
    names = organisations.names_of({one.written_by for one in found if one.written_by})
    return [(one, names.get(str(one.written_by), "Benchside")) for one in found]


# --- what other rooms would have in the plan ----------------------------------------------------
@dataclass(frozen=True, slots=True)
class Suggestion:
    """What another room proposes; `ref` is how it is known once it is taken over."""

    room: str
    ref: str
    proposed: ProposedAction
    area: str


def suggestions(plan: Plan) -> list[Suggestion]:
    """What other rooms propose and no plan of this organisation has taken over."""
    offered = [
        Suggestion(
            room=each.title,
            ref=codes.ref(f"{each.key}:{one.origin}"),
            proposed=one,
            area=one.area if one.area in LETTERS else Area.IMPACT,
        )
        for each in action_proposals
        for one in each.propose(plan.organisation_id)
    ]
    if not offered:
        return []
    held = Action.objects.filter(
        plan__organisation=plan.organisation_id,
        origin=Origin.PROPOSAL,
        origin_ref__in=[one.ref for one in offered],
    )
    taken = set(held.values_list("origin_ref", flat=True))
    return [one for one in offered if one.ref not in taken]


# --- one person's -------------------------------------------------------------------------------
def actions_for(user: User) -> QuerySet[Action]:
    """What somebody answers for or helps with, in plans that run, where they are a member now."""
    seats = Membership.objects.live().filter(
        user=user, organisation__state=OrganisationState.APPROVED
    )
    return (
        Action.objects.filter(Q(owner=user) | Q(contributors=user))
        .filter(plan__organisation__in=seats.values("organisation"))
        .exclude(plan__state=PlanState.CLOSED)
        .select_related("plan__organisation", "owner")
        .prefetch_related(Prefetch("notes", ProgressNote.objects.order_by("-written_at", "-pk")))
        .distinct()
    )


def open_for(user: User) -> int:
    """How many of them are not over."""
    return actions_for(user).exclude(state__in=OVER).count()


def open_first(found: Iterable[Action]) -> list[Action]:
    """What is open and due soonest first, then what is over."""
    return sorted(
        found, key=lambda one: (one.state in OVER, one.due_on or date.max, one.code, one.pk)
    )


def is_soon(action: Action) -> bool:
    return (
        action.state not in OVER
        and action.due_on is not None
        and action.due_on <= timezone.localdate() + SOON
    )
