"""Who may, across plans: whoever keeps the plan."""

from benchside.impact.plans.rules import can_keep, can_see

__all__ = ["can_keep", "can_see"]
