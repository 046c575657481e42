"""What an officer does to a review under way: check, return, give many seats, change, end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import rules
from benchside.assessment.actions.going_on import complete_if_done
from benchside.assessment.actions.reviews import give_seat
from benchside.assessment.enums import SeatState, SubmissionState
from benchside.assessment.limits import whole
from benchside.assessment.models import Return, Seat, Submission
from benchside.assessment.panels import seats_in_use
from benchside.assessment.reviewing import mails
from benchside.assessment.states import SEATS, SUBMISSIONS
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.permissions import is_system
from benchside.core.states import move

UNDER_WAY = (SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW, SubmissionState.MORE_ASKED)


def return_submission(*, actor: Actor, submission: Submission, words: str) -> Return:
    """Send it back to be completed, saying what is missing; seats that were given end. Whoever
    had not said yes yet has read nothing, and may be asked again when it comes back.

    Raises Denied, NoSuchMove; Refused without words. Afterwards: the holder is told by e-mail.
    """
    if not words.strip():
        raise Refused("You have not said what is missing.", "Write it: they read it first.")
    text = whole(words, 4000, "What you wrote")
    with transaction.atomic():
        move(table=SUBMISSIONS, subject=submission, verb="return", actor=actor)
        for seat in seats_in_use(submission):
            if seat.state == SeatState.INVITED:
                _take_back(seat)
            else:
                move(table=SEATS, subject=seat, verb="stand-down", actor=SYSTEM)
                mails.stood_down(seat)
        made = Return.objects.create(submission=submission, text=text, made_by=actor.person_id)
        mails.returned(made)
    return made


def _take_back(seat: Seat) -> None:
    """Ask no more: as if they had not been asked, but for the trail and the letter. A seat that
    stays is one that nobody gets twice."""
    with acting("seat.take_back", actor=SYSTEM, subject=seat.submission, may=is_system) as act:
        act.note(seat=seat.pk, number=seat.number, person=str(seat.user.person_id))
        mails.stood_down(seat)
        seat.delete()


def change_due(*, actor: Actor, seat: Seat, due_on: date) -> None:
    """Give a reviewer another last day; they are reminded of it anew. Raises Denied; Refused for
    a day that is over, or a review that is."""
    with acting("seat.change_due", actor=actor, subject=seat, may=rules.can_assign) as act:
        held = Seat.objects.select_for_update().get(pk=seat.pk)
        if held.state not in {SeatState.INVITED, SeatState.ACCEPTED}:
            raise Refused("This review is over.", "Reload the page.")
        if due_on < timezone.localdate():
            raise Refused("That day is over.", "Give one from today on.")
        held.due_on, held.reminded_at, held.chased_at = due_on, None, None
        held.save(update_fields=["due_on", "reminded_at", "chased_at"])
        act.note(due_on=due_on.isoformat())
    seat.due_on = due_on


def stand_down(*, actor: Actor, seat: Seat) -> None:
    """End somebody's seat; the number is free for another, never again for them. Raises Denied,
    Overtaken; Refused when the reviews are all in. Afterwards: they are told by e-mail; it is
    reviewed, where the others are in and agree."""
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=seat.submission_id)
        if held.state not in UNDER_WAY:
            raise Refused("The reviews are all in.", "Open it again for one of them first.")
        move(table=SEATS, subject=seat, verb="stand-down", actor=actor)
        mails.stood_down(seat)
        complete_if_done(held)


def release_seats(*, actor: Actor, submission: Submission) -> int:
    """End the seats of a submission that nobody needs to read any more; returns how many. Raises
    Denied. Afterwards: whoever sat there is told by e-mail."""
    with transaction.atomic():
        open_ones = submission.seats.filter(state__in=(SeatState.INVITED, SeatState.ACCEPTED))
        found = list(open_ones.select_related("user"))
        for seat in found:
            move(table=SEATS, subject=seat, verb="stand-down", actor=actor)
            mails.stood_down(seat)
    return len(found)


def reopen_review(*, actor: Actor, seat: Seat) -> None:
    """Let a reviewer change what they handed in, while nothing is recommended. Raises Denied,
    NoSuchMove."""
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=seat.submission_id)
        if held.state == SubmissionState.REVIEWED:
            if held.released_at is not None:
                raise Refused("The feedback is released.", "What was read is not changed.")
            move(table=SUBMISSIONS, subject=held, verb="reopen", actor=actor)
        elif held.state != SubmissionState.IN_REVIEW:
            raise Refused("It is past its reviews.", "Send the decision back first.")
        move(table=SEATS, subject=seat, verb="reopen", actor=actor)
        mails.reopened(seat)


@dataclass(frozen=True, slots=True)
class Place:
    """One seat to be given."""

    submission: Submission
    number: int
    user: User


def give_seats(*, actor: Actor, places: Sequence[Place], due_on: date | None = None) -> int:
    """Give many seats, all or none. Raises Denied, and Refused naming the first that cannot be."""
    with transaction.atomic():
        for one in sorted(places, key=lambda each: (each.submission.pk, each.number)):
            try:
                give_seat(
                    actor=actor,
                    submission=one.submission,
                    user=one.user,
                    number=one.number,
                    due_on=due_on,
                )
            except Refused as refused:
                raise Refused(
                    f"{one.user.get_full_name()}, seat {one.number}: {refused.message}",
                    "Nothing is given. Deal them out again.",
                ) from refused
    return len(places)
