"""What a standard's file calls the moves by which an entry is lost for want of CPD. No Django."""

SUSPEND, REMOVE, LIFT = "suspend-for-cpd", "remove-for-cpd", "lift"
SUSPENDED_STATE = "suspended-cpd"
NOTHING_SHOWN = "No CPD was shown"
NOT_MET = "What was shown did not meet the standards"
SHOWN = "The CPD was shown"
