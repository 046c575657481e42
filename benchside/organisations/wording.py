"""Words of this room as they stand within a sentence."""

from benchside.organisations.enums import MemberRole

# By the verb of an audit event: how the history tells it.
TOLD = {
    "organisation.apply": "Applied for this organisation",
    "organisation.approve": "Approved",
    "organisation.decline": "Declined",
    "organisation.close": "Closed",
    "organisation.change_details": "Changed the details",
    "organisation.invite": "Invited somebody",
    "organisation.resend_invitation": "Sent an invitation again",
    "organisation.revoke_invitation": "Took an invitation back",
    "organisation.hand_over": "Handed over",
    "membership.begin": "Took up a role",
    "membership.end": "Ended a role",
    "employment.leave": "Said that they have left",
    "own_word.say": "Said whether they are a technician",
    "unit.add": "Added a unit",
    "unit.rename": "Renamed a unit",
    "unit.move": "Moved a unit",
    "unit.close": "Closed a unit",
}


def spoken(role: str) -> str:
    """A role within a sentence: "deputy lead", and "HR steward" as it is."""
    label = str(MemberRole(role).label)
    return label if label.startswith("HR") else label[0].lower() + label[1:]
