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
    "unit.add": "Added a unit",
    "unit.rename": "Renamed a unit",
    "unit.move": "Moved a unit",
    "unit.close": "Closed a unit",
    "staff_list.take_in": "Took in a staff list",
    "staff_list.export": "Took the staff list as a spreadsheet",
    "staff_list.preview": "Compared a staff list",
    "staff_list.apply": "Began to apply a staff list",
    "staff_list.list": "Applied a staff list",
    "staff_list.fail": "Could not apply a staff list",
    "staff_list.undo": "Took a staff list back",
    "staff_list.discard": "Left a staff list",
    "staff_list.leave": "Left a file before it was compared",
    "staff_list.forget": "Forgot a staff list that nobody applied",
    "definition.write": "Wrote who counts as a technician",
    "title.decide": "Decided about a job title",
    "title.forget": "Forgot a decision about a job title",
    "snapshot.take": "Counted the staff list",
    "staff.add": "Added somebody by hand",
    "staff.change": "Changed a record by hand",
    "staff.leave": "Said that somebody has left",
    "staff.back": "Brought somebody back",
    "staff.merge": "Joined two records of one person",
    "staff.unmerge": "Parted a joined record",
    "staff.tell_apart": "Said that two records are two people",
    "claim.invite": "Asked somebody to claim their record",
    "claim.invite_all": "Asked everybody to claim their record",
    "claim.resend": "Asked again to claim a record",
    "claim.print": "Printed codes for technicians to claim by",
    "claim.revoke": "Took back the link to a record",
    "count_me_in.ask": "Asked to be counted",
    "own_word.say": "Said whether they are a technician",
    "record.offer": "Sent somebody the link to their record",
    "record.begin": "Took up a record",
    "record.claim": "Took up a record",
    "figures.look": "Looked at exact figures",
    "plan.begin": "Began an action plan",
    "plan.change": "Changed the title or years of a plan",
    "plan.agree": "Agreed an action plan",
    "plan.close": "Closed an action plan",
    "plan.reopen": "Opened an action plan again",
    "action.propose": "Proposed an action",
    "action.change": "Changed an action",
    "action.agree": "Agreed an action",
    "action.start": "Started an action",
    "action.complete": "Completed an action",
    "action.embed": "Made an action everyday work",
    "action.reopen": "Opened an action again",
    "action.revise": "Revised an action",
    "action.stop": "Stopped an action",
    "action.deliver": "Said how an action goes",
    "action.note": "Wrote a note on an action",
    "milestone.add": "Added a milestone",
    "milestone.change": "Changed a milestone",
    "milestone.finish": "Said whether a milestone is reached",
    "milestone.drop": "Took a milestone off",
    "success.add": "Added a measure of success",
    "success.change": "Changed a measure of success",
    "success.drop": "Took a measure of success off",
    "success.observe": "Kept a value of a measure",
    "evidence.add": "Added evidence",
    "evidence.drop": "Took evidence off",
    "staff_list.forget_leavers": "Forgot people who have left",
}

# By the first word of a verb: what the history can be narrowed to.
GROUPS = {
    "organisation": "The organisation",
    "membership": "Roles",
    "unit": "Units",
    "staff_list": "Staff lists",
    "definition": "Who counts",
    "title": "Job titles",
    "staff": "People of the list",
    "claim": "Claimed records",
    "snapshot": "Counts",
    "figures": "Figures",
}


def told(verb: str) -> str:
    """What somebody did, as the history tells it; a verb of another room in its own words."""
    return TOLD.get(verb) or verb.replace(".", ": ").replace("_", " ").capitalize()


def spoken(role: str) -> str:
    """A role within a sentence: "deputy lead", and "HR steward" as it is."""
    label = str(MemberRole(role).label)
    return label if label.startswith("HR") else label[0].lower() + label[1:]
