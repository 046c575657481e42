"""Who may read what is shown and frozen, beside those who write it."""

from benchside.accounts.models import User
from benchside.assessment.enums import SeatState
from benchside.assessment.models import Seat, Submission
from benchside.assessment.narrowing import may_read
from benchside.assessment.writing_rules import can_read_draft, may_sign
from benchside.core.actions import Actor
from benchside.core.permissions import is_superuser, predicate

READING = (SeatState.ACCEPTED, SeatState.SUBMITTED)


@predicate("somebody whose signature it asks for")
def can_sign_some(actor: Actor, submission: Submission) -> bool:
    steps = submission.version.standard.sign_offs
    return any(may_sign(actor, submission, step.right) for step in steps)


@predicate("a reviewer who has taken a seat")
def has_seat(actor: Actor, submission: Submission) -> bool:
    if actor.account is None or submission.submitted_at is None:
        return False
    seats = Seat.objects.filter(submission=submission, user_id=actor.account.pk)
    return seats.filter(state__in=READING).exists()


@predicate("somebody who assigns or decides for this standard")
def has_duty(actor: Actor, submission: Submission) -> bool:
    if not isinstance(actor.account, User) or submission.submitted_at is None:
        return False
    return may_read(actor.account, submission)


@predicate("a reviewer who may know whose it is")
def may_know_holder(actor: Actor, submission: Submission) -> bool:
    return "holder" not in submission.version.standard.review.hidden


can_see_side = can_read_draft | can_sign_some  # the holder's own people
can_decide = has_duty | is_superuser
can_read = can_see_side | has_seat | can_decide
# An export names the holder on its first page.
can_read_frozen = can_see_side | (has_seat & may_know_holder) | can_decide
