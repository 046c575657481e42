"""How a review goes on: when nobody is waited for any more, and without what was asked for."""

from django.db import transaction
from django.utils import timezone

from benchside.assessment.enums import SeatState, SubmissionState
from benchside.assessment.models import Submission
from benchside.assessment.panels import free_seats, is_done
from benchside.assessment.reviewing import mails
from benchside.assessment.states import SUBMISSIONS
from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.core.states import move


def complete_if_done(submission: Submission) -> bool:
    """Whether a review under way waits for nobody, and is reviewed now. A third seat whose holder
    left is not wanted any more where the first two have come to agree."""
    waits = not is_done(submission) or free_seats(submission)
    if submission.state != SubmissionState.IN_REVIEW or waits:
        return False
    move(table=SUBMISSIONS, subject=submission, verb="complete", actor=SYSTEM)
    return True


def give_back_days(submission: Submission) -> None:
    """Nobody could hand in while more was asked for: last days move on by as long, and reviewers
    are reminded of them anew."""
    today = timezone.localdate()
    asked = [timezone.localdate(one.asked_at) for one in submission.requests.open()]
    open_ones = submission.seats.filter(state__in=(SeatState.INVITED, SeatState.ACCEPTED))
    for seat in open_ones:
        if seat.due_on is not None:
            seat.due_on = seat.due_on + (today - min(asked, default=today))
        seat.reminded_at = seat.chased_at = None
        seat.save(update_fields=["due_on", "reminded_at", "chased_at"])


def go_on_without(*, actor: Actor, submission: Submission) -> None:
    """Let the review go on with what was sent in, where more was asked for and its day is over.
    What the holder wrote since and did not send is nobody's to read. Last days of those who read
    it move on by as long as it waited.

    Raises Denied, NoSuchMove; Refused until that day is over. Afterwards: the holder is told by
    e-mail, and so are those who read it.
    """
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        move(table=SUBMISSIONS, subject=held, verb="go-on", actor=actor)
        last = max((one.due_on for one in held.requests.open()), default=None)
        if last is not None and last >= timezone.localdate():
            raise Refused(f"They have until {last:%-d %B %Y}.", "Wait until that day is over.")
        give_back_days(held)
        held.requests.open().update(ended_at=timezone.now())
        mails.more_ended(held, last)
        complete_if_done(held)
    submission.refresh_from_db()
