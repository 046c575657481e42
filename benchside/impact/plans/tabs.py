"""The sheets of one plan. Other parts of this room add their own at start-up."""

from django.urls import reverse

from benchside.impact.models import Plan

# (title, name of an address that takes the organisation's slug and the plan's key)
SHEETS: list[tuple[str, str]] = [
    ("Table", "impact:plan"),
    ("Board", "impact:plan_board"),
    ("Timeline", "impact:plan_timeline"),
    ("Quality check", "impact:plan_check"),
    ("What changed", "impact:plan_history"),
]


def sheets(plan: Plan) -> list[tuple[str, str]]:
    slug = plan.organisation.slug
    return [(title, reverse(name, args=[slug, plan.key])) for title, name in SHEETS]
