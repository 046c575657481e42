"""The list counted on a day, by hand. Census days are counted by themselves (`tasks.py`)."""

from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.organisations.models import Organisation, StaffSnapshot
from benchside.organisations.staff import counting
from benchside.organisations.staff_rules import can_keep_list


def take_snapshot(*, actor: Actor, organisation: Organisation) -> StaffSnapshot:
    """Count who is on the list today; a count of today before it is replaced.

    Raises Denied; Refused when nobody is on the list.
    """
    today = timezone.localdate()
    with acting("snapshot.take", actor=actor, subject=organisation, may=can_keep_list) as act:
        made = counting.take_snapshot(organisation, today)
        if not made.people:
            raise Refused("Nobody is on the list.", "Bring in a staff list, or add people by hand.")
        act.about(made)
        act.note(day=today.isoformat())
    return made
