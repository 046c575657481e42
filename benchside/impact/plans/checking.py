"""A plan as the quality check wants it, read in three queries."""

from benchside.impact.enums import ActionState, Area
from benchside.impact.models import Action, Plan
from benchside.impact.plans import quality

OVER = {ActionState.COMPLETE, ActionState.EMBEDDED}


def findings(plan: Plan) -> list[quality.Finding]:
    return quality.check(as_values(plan))


def as_values(plan: Plan) -> quality.Plan:
    found = (
        plan.actions.exclude(state=ActionState.STOPPED)
        .prefetch_related("successes", "milestones")
        .order_by("code")
    )
    return quality.Plan(
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        areas=tuple((str(area.value), str(area.label)) for area in Area),
        lines=tuple(_line(action) for action in found),
    )


def _line(action: Action) -> quality.Line:
    return quality.Line(
        code=action.code,
        title=action.title,
        areas=tuple(action.areas),
        owner=str(action.owner_id or "") or action.owner_post,
        starts_on=action.starts_on,
        due_on=action.due_on,
        measures=tuple(
            quality.Measure(
                baseline=one.baseline is not None,
                target=one.target is not None,
                denominator=bool(one.denominator),
            )
            for one in action.successes.all()
        ),
        milestones=len(action.milestones.all()),
        is_open=action.state not in OVER,
    )
