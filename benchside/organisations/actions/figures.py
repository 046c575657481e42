"""Look at exact figures of people; forget those who have left."""

from benchside.core.actions import SYSTEM, Actor, acting
from benchside.core.permissions import is_system
from benchside.organisations.models import Organisation, StaffSnapshot
from benchside.organisations.staff import leavers
from benchside.organisations.staff_rules import can_see_exact_figures


def look_at_exact_figures(*, actor: Actor, snapshot: StaffSnapshot, reason: str) -> None:
    """Put down who looks at figures as they are, of which day, and why. Raises Denied."""
    organisation = snapshot.organisation
    with acting(
        "figures.look", actor=actor, subject=organisation, may=can_see_exact_figures
    ) as act:
        act.note(day=snapshot.day.isoformat(), reason=reason)


def forget_leavers(*, organisation: Organisation) -> int:
    """Delete HR facts of people who left, once they are counted and no list can be undone.

    Who claimed their record keeps it; nobody else's name or address stays. Returns how many.
    """
    gone = leavers.to_forget(organisation)
    if not gone:
        return 0
    with acting(
        "staff_list.forget_leavers", actor=SYSTEM, subject=organisation, may=is_system
    ) as act:
        count = leavers.forget(organisation, gone)
        act.note(people=count)
    return count
