"""Who may bring in a staff list, say who counts as a technician, and see who is on the list."""

from benchside.organisations import roles
from benchside.organisations.rules import member_with

can_keep_list = member_with(roles.KEEP_STAFF, "a lead, deputy or HR steward")
can_see_own_staff = member_with(roles.SEE_OWN_STAFF, "a lead, deputy, HR steward or manager")
can_see_exact_figures = member_with(roles.SEE_EXACT, "an HR steward")
