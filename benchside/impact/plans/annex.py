"""The action plan as a part of a self-assessment: what is signed, and what signers must face.

Only what was agreed stands in it. Notes, colours and states change while an action is delivered,
and delivery may start before the feedback comes: they would lapse every signature.
"""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from benchside.assessment.annexes import Annex, Table, annexes
from benchside.assessment.models import Submission
from benchside.impact.enums import ActionState, PlanState
from benchside.impact.models import Action, Plan, Success
from benchside.impact.plans import checking

KEY = "impact.plan"
COLUMNS = ("Code", "Area", "Action", "Who answers for it", "From", "By", "How one will know")


def plan_of(submission: Submission) -> Plan | None:
    found = Plan.objects.filter(cycle__submission=submission).select_related("organisation")
    return found.first()


def tables(submission: Submission) -> Sequence[Table]:
    plan = plan_of(submission)
    if plan is None:
        return []
    actions = _agreed(plan)
    years = f"{_day(plan.starts_on)} to {_day(plan.ends_on)}"
    rows = tuple(_row(action) for action in actions)
    steps = tuple(
        (action.code, one.title, _day(one.due_on))
        for action in actions
        for one in action.milestones.all()
    )
    found = [Table(title=f"{plan.title}, {years}", columns=COLUMNS, rows=rows)]
    if steps:
        found.append(Table(title="Milestones", columns=("Code", "Milestone", "By"), rows=steps))
    return found


def _agreed(plan: Plan) -> list[Action]:
    """All that is not stopped, in the order of their codes, which never changes. What is proposed
    to a plan that was agreed already is no part of it yet."""
    found = plan.actions.exclude(state=ActionState.STOPPED)
    if plan.state != PlanState.DRAFT:
        found = found.exclude(state=ActionState.PROPOSED)
    return list(found.prefetch_related("successes", "milestones").order_by("code"))


def _row(action: Action) -> tuple[str, ...]:
    return (
        action.code,
        ", ".join(action.area_titles),
        action.title,
        action.owner_post,
        _day(action.starts_on),
        _day(action.due_on),
        "; ".join(told(one) for one in action.successes.all()),
    )


def told(success: Success) -> str:
    """A measure in one line: "Technicians registered: from 12 to 40 people by 31 July 2028"."""
    parts = []
    if success.baseline is not None:
        parts.append(f"from {success.baseline.normalize():f}")
    if success.target is not None:
        parts.append(f"to {success.target.normalize():f}")
    if parts and success.unit:
        parts.append(success.unit)
    if success.denominator:
        parts.append(f"of {success.denominator}")
    if success.target_on:
        parts.append(f"by {_day(success.target_on)}")
    return f"{success.title}: {' '.join(parts)}" if parts else success.title


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def gaps(submission: Submission) -> Sequence[str]:
    plan = plan_of(submission)
    if plan is None:
        return ["There is no action plan yet. Begin one for this stage."]
    if not plan.actions.exclude(state=ActionState.STOPPED).exists():
        return ["The action plan is empty. Add what you will do."]
    return []


def concerns(submission: Submission) -> Sequence[str]:
    plan = plan_of(submission)
    return [] if plan is None else [finding.words for finding in checking.findings(plan)]


def url(submission: Submission) -> str:
    plan = plan_of(submission)
    if plan is not None:
        return reverse("impact:plan", args=[plan.organisation.slug, plan.key])
    organisation = submission.organisation
    return reverse("impact:plans", args=[organisation.slug]) if organisation else ""


PLAN = Annex(
    key=KEY,
    title="Action plan",
    tables=tables,
    gaps=gaps,
    concerns=concerns,
    url=url,
    order=10,
)


def register() -> None:
    annexes.register(PLAN)
