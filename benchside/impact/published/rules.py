"""Who may put a plan before everyone, and write the report on a charter's plans."""

from benchside.core.permissions import Predicate, has_perm
from benchside.organisations import roles
from benchside.organisations.rules import member_with

can_publish = member_with(roles.LEAD_CHARTER, "a lead or deputy")
can_report: Predicate = has_perm("impact.run_charter", "a charter officer")
