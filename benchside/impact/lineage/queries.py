"""What can be asked across plans of one organisation."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from benchside.impact.bringing.matching import Candidate, Matcher, assign
from benchside.impact.enums import ActionState, Area, Carried, PlanState
from benchside.impact.lineage.figures import Fate, Figures, figures_of
from benchside.impact.lineage.undecided import SETTLED, earlier_actions, must_decide, undecided
from benchside.impact.models import Action, Carrying, Plan
from benchside.organisations.models import Organisation

ALIKE = 0.97  # titles so near are continued; else a person says how they differ


def plans_of(organisation: Organisation) -> QuerySet[Plan]:
    """The oldest first."""
    found = Plan.objects.filter(organisation=organisation)
    return found.select_related("before", "cycle", "organisation").order_by("starts_on", "pk")


def stands(action: Action) -> str:
    """State and delivery in words; what is complete need not be called so twice."""
    state = str(action.get_state_display())
    if not action.delivery or action.state in {ActionState.COMPLETE, ActionState.EMBEDDED}:
        return state
    return f"{state}, {action.get_delivery_display().lower()}"


@dataclass(frozen=True)
class Decision:
    """One action of the plan before, and the word about it, if there is one."""

    action: Action
    carrying: Carrying | None
    must: bool

    @property
    def stands(self) -> str:
        return "decided" if self.carrying else "open" if self.must else "settled"

    @property
    def stood(self) -> str:
        return stands(self.action)


@dataclass(frozen=True)
class Walk:
    """How far the decisions of a new plan have come."""

    total: int
    done: int

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def label(self) -> str:
        return f"{self.done} of {self.total} open actions have their word"


def walk_of(plan: Plan) -> Walk:
    total = must_decide(plan).count()
    return Walk(total, total - undecided(plan).count())


def decisions_of(
    plan: Plan, *, stands: str = "", words: str = "", area: str = ""
) -> list[Decision]:
    """All actions of the plan before; the open ones first, each list by code."""
    found = earlier_actions(plan).select_related("owner", "plan").order_by("code")
    if words:
        found = found.filter(Q(title__icontains=words) | Q(code__icontains=words))
    said = {one.earlier_id: one for one in plan.carryings.select_related("action")}
    decisions = [
        Decision(action, said.get(action.pk), action.state not in SETTLED)
        for action in found
        if not area or area in action.areas
    ]
    order = {"open": 0, "decided": 1, "settled": 2}
    chosen = [one for one in decisions if not stands or one.stands == stands]
    return sorted(chosen, key=lambda one: (order[one.stands], one.action.code))


def next_open(plan: Plan, after: str = "") -> Action | None:
    """The next action that waits for a word, by code, from the beginning again at the end."""
    waiting = undecided(plan).order_by("code")
    return waiting.filter(code__gt=after).first() or waiting.first()


def ways_of(plans: list[Plan]) -> list[tuple[str, str, Plan]]:
    """What can be done next with plans in their order: words, the name of an address, the plan."""
    followed = {plan.before_id for plan in plans}
    found = []
    for at, plan in enumerate(plans):
        if plan.before_id and plan.state == PlanState.DRAFT:
            found.append(("Decide about the plan before", "impact:carry", plan))
        if not plan.before_id and at:
            found.append(("Link to the plan before", "impact:lineage_link", plan))
    newest = plans[-1] if plans else None
    if newest and newest.pk not in followed and newest.state != PlanState.DRAFT:
        found.append(("Begin the plan after", "impact:continue_plan", newest))
    return found


# --- lines over all plans -------------------------------------------------------------------------
@dataclass(frozen=True)
class Cell:
    """An action in one plan; or, where `action` is None, the word that stopped it there."""

    plan: Plan
    action: Action | None = None
    stopped: Carrying | None = None

    @property
    def state(self) -> str:
        return str(self.action.get_state_display()) if self.action else ""

    @property
    def stands(self) -> str:
        return stands(self.action) if self.action else ""

    @property
    def delivery(self) -> str:
        return (
            str(self.action.get_delivery_display()) if self.action and self.action.delivery else ""
        )


@dataclass(frozen=True)
class Line:
    """One action through all plans, by its code."""

    code: str
    title: str
    areas: list[str]
    cells: list[Cell]

    @property
    def first(self) -> Action:
        return next(cell.action for cell in self.cells if cell.action)

    @property
    def last(self) -> Cell:
        return [cell for cell in self.cells if cell.action or cell.stopped][-1]

    @property
    def plans(self) -> int:
        return sum(cell.action is not None for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    plans: list[Plan]
    lines: list[Line]


def matrix_of(organisation: Organisation) -> Matrix:
    """Codes by plans. Three queries, however many actions."""
    plans = list(plans_of(organisation))
    actions = Action.objects.filter(plan__organisation=organisation).order_by("code", "pk")
    by_code: dict[str, dict[int, Action]] = {}
    for one in actions:
        by_code.setdefault(one.code, {})[one.plan_id] = one
    stops = Carrying.objects.filter(plan__organisation=organisation, carried=Carried.STOPPED)
    stopped = {(one.earlier.code, one.plan_id): one for one in stops.select_related("earlier")}
    lines = []
    for code, there in by_code.items():
        cells = [Cell(plan, there.get(plan.pk), stopped.get((code, plan.pk))) for plan in plans]
        newest = [cell.action for cell in cells if cell.action][-1]
        lines.append(Line(code, newest.title, list(newest.areas), cells))
    return Matrix(plans, lines)


@dataclass(frozen=True)
class Step:
    """One plan in the life of an action: what it said there, and what was changed on the way."""

    plan: Plan
    action: Action | None
    carried: str
    why: str
    changed: list[tuple[str, str, str]]
    measures: list[str]

    @property
    def stands(self) -> str:
        return stands(self.action) if self.action else ""


SHOWN = (("title", "Words"), ("text", "Full text"), ("objective", "Objective"), ("due_on", "Due"))


def steps_of(organisation: Organisation, code: str) -> list[Step]:
    """The life of one action, the oldest plan first; empty for a code nobody has."""
    found = Action.objects.filter(plan__organisation=organisation, code=code)
    there = {
        one.plan_id: one
        for one in found.select_related("plan", "owner").prefetch_related("successes__observations")
    }
    stops = Carrying.objects.filter(
        plan__organisation=organisation, carried=Carried.STOPPED, earlier__code=code
    )
    stopped = {one.plan_id: one for one in stops}
    steps: list[Step] = []
    earlier: Action | None = None
    for plan in plans_of(organisation):
        action = there.get(plan.pk)
        if action is not None:
            said = str(Carried(action.carried).label) if action.carried else ""
            changed = _changed(earlier, action) if earlier else []
            steps.append(Step(plan, action, said, action.carried_why, changed, measured(action)))
            earlier = action
        elif plan.pk in stopped:
            steps.append(Step(plan, None, "Stopped", stopped[plan.pk].why, [], []))
    return steps


def _changed(earlier: Action, action: Action) -> list[tuple[str, str, str]]:
    both = ((label, getattr(earlier, name), getattr(action, name)) for name, label in SHOWN)
    found = [(label, _said(was), _said(now)) for label, was, now in both if was != now]
    was, now = (", ".join(Area(one).label for one in which.areas) for which in (earlier, action))
    return [*found, ("Areas", was, now)] if was != now else found


def _said(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value or "")


def measured(action: Action) -> list[str]:
    told = []
    for one in action.successes.all():
        last = next(iter(one.observations.all()), None)
        parts = [one.title]
        if one.baseline is not None:
            parts.append(f"from {one.baseline.normalize():f}")
        if last is not None:
            parts.append(f"now {last.value.normalize():f} ({last.observed_on:%d/%m/%Y})")
        if one.target is not None:
            parts.append(f"target {one.target.normalize():f}")
        told.append(f"{parts[0]}: {', '.join(parts[1:])}" if parts[1:] else parts[0])
    return told


# --- figures ----------------------------------------------------------------------------------
def fates_of(matrix: Matrix, plan: Plan) -> list[Fate]:
    """How each action of a plan ended, and what the plan after said of it."""
    after = next((one for one in matrix.plans if one.before_id == plan.pk), None)
    fates = []
    for line in matrix.lines:
        cells = {cell.plan.pk: cell for cell in line.cells}
        action = cells[plan.pk].action
        if action is None:
            continue
        follows = cells[after.pk] if after else None
        if follows and follows.action and follows.action.before_id == action.pk:
            carried, state = follows.action.carried or Carried.CONTINUED, follows.action.state
        elif follows and follows.stopped:
            carried, state = Carried.STOPPED, ""
        else:
            carried, state = "", ""
        fates.append(Fate(action.state, action.delivery, str(carried), state))
    return fates


def figures_by_plan(matrix: Matrix) -> list[tuple[Plan, Figures]]:
    """The oldest first; of a plan that is only being written there is nothing to count."""
    begun = [plan for plan in matrix.plans if plan.state != PlanState.DRAFT]
    return [(plan, figures_of(fates_of(matrix, plan))) for plan in begun]


# --- what may be the same in two plans ----------------------------------------------------------
@dataclass(frozen=True)
class Proposal:
    """An action that may be one of the plan before, and which; the first is the nearest."""

    action: Action
    near: list[tuple[int, Action]]  # likeness in percent
    carried: str

    @property
    def best(self) -> Action | None:
        return self.near[0][1] if self.near else None


def proposals_of(plan: Plan) -> list[Proposal]:
    """For each action that is not linked yet: which of the plan before it reads like."""
    free = plan.actions.filter(before=None).order_by("code")
    taken = plan.carryings.values("earlier")
    earlier = {str(one.pk): one for one in earlier_actions(plan).exclude(pk__in=taken)}
    actions = list(free)
    matcher = Matcher(
        [Candidate(key, (one.title,), (one.code, _ref(one))) for key, one in earlier.items()],
        [one.title for one in actions],
    )
    matches = assign({str(one.pk): matcher.match(one.title, _ref(one)) for one in actions})
    found = []
    for one in actions:
        match = matches[str(one.pk)]
        keys = [match.key] if match.key else list(match.near)
        near = [
            (round(100 * matcher.likeness(one.title, earlier[key].title)), earlier[key])
            for key in keys
        ]
        is_alike = bool(near) and near[0][0] >= 100 * ALIKE
        found.append(Proposal(one, near, Carried.CONTINUED if is_alike else Carried.REVISED))
    return sorted(found, key=lambda one: (not one.near, -(one.near[0][0] if one.near else 0)))


def _ref(action: Action) -> str:
    brought = getattr(action, "brought", None)
    return brought.ref if brought else ""
