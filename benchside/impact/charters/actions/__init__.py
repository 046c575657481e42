"""What can be done with charters, one function a verb."""

from benchside.impact.charters.actions.answering import (
    accept_signatory,
    announce_cohort,
    decline_signatory,
    record_signatory,
    return_signatory,
    say_left,
)
from benchside.impact.charters.actions.responding import make_action_of, respond
from benchside.impact.charters.actions.running import (
    create_charter,
    keep_charter,
    keep_cohort,
    set_rules,
)
from benchside.impact.charters.actions.signing import (
    begin_signing,
    keep_contact,
    keep_details,
    sign_as_head,
    sign_as_lead,
    take_back,
)
from benchside.impact.charters.actions.stages import (
    begin_self_assessment,
    follow,
    mark_late,
    override_due,
    take_extension,
)

__all__ = [
    "accept_signatory",
    "announce_cohort",
    "begin_self_assessment",
    "begin_signing",
    "create_charter",
    "decline_signatory",
    "follow",
    "keep_charter",
    "keep_cohort",
    "keep_contact",
    "keep_details",
    "make_action_of",
    "mark_late",
    "override_due",
    "record_signatory",
    "respond",
    "return_signatory",
    "say_left",
    "set_rules",
    "sign_as_head",
    "sign_as_lead",
    "take_back",
    "take_extension",
]
