"""Who may, with marks: a school's leaders and line managers apply, never its technicians."""

from typing import Any

from benchside.assessment.models import Submission
from benchside.core.actions import Actor
from benchside.core.permissions import Predicate, has_perm, is_system, predicate
from benchside.organisations import roles
from benchside.organisations.models import Employment, Organisation
from benchside.organisations.rules import member_with
from benchside.recognition.models import FollowUp, Mark

LEADER = "school-leader"  # what a standard's file calls the right to sign for a school

has_role = member_with(roles.APPLY_FOR_MARKS, "a leader or line manager")
_signs = member_with(roles.SIGN, "a headteacher or other senior leader")


@predicate("a technician there by the staff list")
def is_technician_there(actor: Actor, subject: Any) -> bool:
    organisation = subject.pk if isinstance(subject, Organisation) else subject.organisation_id
    if actor.account is None or organisation is None:
        return False
    current = Employment.objects.current().filter(organisation_id=organisation)
    return current.filter(technician__account_id=actor.account.pk).exists()


can_apply = has_role & ~is_technician_there
can_sign: Predicate = _signs & ~is_technician_there
can_run: Predicate = has_perm("recognition.run_marks", "somebody who runs a mark") | is_system


@predicate("the school's adviser")
def is_adviser(actor: Actor, follow_up: FollowUp) -> bool:
    submission = follow_up.award.submission
    application = getattr(submission, "application", None)
    if actor.account is None or application is None:
        return False
    return bool(application.adviser_id == actor.account.pk)


can_follow_up = is_adviser | can_run


def is_of_a_mark(submission: Submission) -> bool:
    return Mark.objects.filter(standard=submission.version.key).exists()


def may_lead(actor: Actor, submission: Submission) -> bool:
    """For the engine: who writes and sends in an application."""
    if submission.organisation_id is None or not is_of_a_mark(submission):
        return False
    return can_apply(actor, submission)


def may_sign(actor: Actor, submission: Submission, right: str) -> bool:
    """For the engine: who signs for a school."""
    if right != LEADER or submission.organisation_id is None or not is_of_a_mark(submission):
        return False
    return can_sign(actor, submission)
