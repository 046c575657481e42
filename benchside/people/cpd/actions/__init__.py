"""What can be done with a CPD log, one function a verb. All of it is its owner's alone to do."""

from benchside.people.cpd.actions.bringing import (
    bring_events,
    bring_in,
    preview_calendar,
    preview_table,
)
from benchside.people.cpd.actions.evidence import add_file, add_link, remove_evidence
from benchside.people.cpd.actions.log import (
    add_activity,
    change_activity,
    delete_activity,
    do_again,
    end_break,
    remind,
    take_break,
)
from benchside.people.cpd.actions.sharing import freeze_share, revoke_share, share_year

__all__ = [
    "add_activity",
    "add_file",
    "add_link",
    "bring_events",
    "bring_in",
    "change_activity",
    "delete_activity",
    "do_again",
    "end_break",
    "freeze_share",
    "preview_calendar",
    "preview_table",
    "remind",
    "remove_evidence",
    "revoke_share",
    "share_year",
    "take_break",
]
