"""Pages of action plans: what every one of them is given."""

from typing import Any

from benchside.core.registries import panels_at
from benchside.impact.enums import PlanState
from benchside.impact.models import Plan
from benchside.impact.plans import listing, tabs
from benchside.impact.plans.marks import marks
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest


def about(request: MemberRequest, plan: Plan) -> dict[str, Any]:
    """What stands on every sheet of a plan."""
    may_keep = request.seat.may(roles.KEEP_PLAN) and plan.state != PlanState.CLOSED
    return {
        "plan": plan,
        "sheets": tabs.sheets(plan),
        "may_keep": may_keep,
        "may_run": request.seat.may(roles.KEEP_PLAN),
        "may_agree": request.seat.may(roles.KEEP_PLAN) or request.seat.may(roles.STEER),
        "marks": marks(),
    }


def sums(rows: list[listing.Row]) -> dict[str, Any]:
    return {"tally": listing.tally(rows)}


def panels(place: str, subject: str) -> dict[str, Any]:
    return {"panels": panels_at(place, subject)}
