"""What leaves the workspace as a spreadsheet, on the record."""

from benchside.core.actions import Actor, acting
from benchside.organisations.models import Organisation
from benchside.organisations.staff_rules import can_keep_list


def note_export(*, actor: Actor, organisation: Organisation, what: str = "list") -> None:
    """Write down that somebody took the staff list, or its `claims`. Raises Denied."""
    with acting("staff_list.export", actor=actor, subject=organisation, may=can_keep_list) as act:
        act.note(what=what)
