"""Who may, with charters. A subject is a signatory, or a cycle by its signatory."""

import re
from typing import Any

from benchside.assessment.models import Submission
from benchside.core.actions import Actor
from benchside.core.permissions import Predicate, has_perm, is_system
from benchside.organisations import roles
from benchside.organisations.rules import member_with

PURPOSE = re.compile(r"stage-\d+")  # of a submission: that it is a charter's self-assessment

can_run: Predicate = has_perm("impact.run_charter", "a charter officer")
leads = member_with(roles.LEAD_CHARTER, "a lead or deputy of the organisation")
steers = member_with(roles.STEER, "a member of the steering group")
signs = member_with(roles.SIGN, "an executive signer")
sees = member_with(roles.SEE, "a member of the organisation")

can_begin = leads
can_sign = leads | signs
can_answer = can_run
can_announce = can_run | is_system
can_keep_contact = leads
can_write = leads
can_extend = leads
can_remind = can_run


def leads_submission(actor: Actor, submission: Submission) -> bool:
    """For the engine: a self-assessment is led by the organisation's lead and deputies."""
    return _is_charters(submission) and leads(actor, submission)


def signs_submission(actor: Actor, submission: Submission, right: str) -> bool:
    """For the engine: the steering group agrees, the executive signs."""
    may: dict[str, Predicate] = {"steer": steers, "sign": signs}
    return _is_charters(submission) and right in may and may[right](actor, submission)


def _is_charters(submission: Any) -> bool:
    return submission.organisation_id is not None and bool(PURPOSE.fullmatch(submission.purpose))
