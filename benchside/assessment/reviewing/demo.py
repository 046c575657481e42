"""A review under way, for a demonstration: one reviewer half done, the others just asked."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.content import judged
from benchside.assessment.enums import CommentKind, DutyKind, SubmissionState
from benchside.assessment.interests import conflicts_of
from benchside.assessment.models import Reviewer, Seat, Submission
from benchside.core.actions import SYSTEM, Actor

SAID = (
    "Clear, and the figures are dated. What is shown bears it out.",
    "Well told. Who is to do it, and by when, is named.",
    "This is written in words that technicians here would know.",
)
WANTED = "This says what is meant and not yet what was done: name one thing that changed."
WELL_DONE = "Technicians were asked before the plan was written, and can say what came of it."
NEXT = "Say who looks after this when the lead is away, and write it into the plan."


def review_in_progress(
    submission: Submission, officer: User, reviewers: Sequence[User]
) -> list[Seat]:
    """Put a submission that was sent in into review. Run again, or where it cannot be, it does
    nothing; returns its seats."""
    if submission.state != SubmissionState.SUBMITTED:
        return list(submission.seats.all())
    standard = submission.version.standard
    able = [one for one in reviewers if not conflicts_of(one, submission)]
    wanted = standard.seats_on(submission.route)
    if wanted > len(able):
        return []
    actions.give_duty(
        actor=SYSTEM, user=officer, standard=submission.version.key, kind=DutyKind.ASSIGN
    )
    for user in able:
        _train(user, submission.version.key)
    seats = [
        actions.give_seat(actor=Actor.of(officer), submission=submission, user=user, number=number)
        for number, user in enumerate(able[:wanted], start=1)
    ]
    submission.refresh_from_db()
    if seats:
        _half_done(seats[0])
    return seats


def _train(user: User, standard: str) -> None:
    today = timezone.localdate()
    reviewer, _ = Reviewer.objects.get_or_create(
        user=user,
        defaults={
            "trained_on": today - timedelta(days=200),
            "refresh_by": today + timedelta(days=165),
        },
    )
    if standard not in reviewer.standards:
        reviewer.standards = [*reviewer.standards, standard]
        reviewer.save(update_fields=["standards"])


def _half_done(seat: Seat) -> None:
    reviewer, standard = Actor.of(seat.user), seat.submission.version.standard
    actions.accept_seat(actor=reviewer, seat=seat, no_conflict=True)
    criteria = judged(seat.submission)
    grades = standard.review.grades
    if grades:
        good = next((one for one in grades if one.meets), grades[0])
        doubtful = next((one for one in grades if not one.meets), good)
        for place, criterion in enumerate(criteria[: (len(criteria) + 1) // 2]):
            is_doubtful = place == 2
            actions.save_judgement(
                actor=reviewer,
                seat=seat,
                criterion=criterion.key,
                grade=(doubtful if is_doubtful else good).key,
                reason=WANTED if is_doubtful else SAID[place % len(SAID)],
                private="Ask the other reviewer about this." if is_doubtful else "",
            )
    areas = standard.areas
    for kind, text, area in (
        (CommentKind.COMMEND, WELL_DONE, areas[0]),
        (CommentKind.RECOMMEND, NEXT, areas[-1]),
    ):
        if kind in standard.review.comments:
            actions.add_feedback(actor=reviewer, seat=seat, kind=kind, text=text, area=area.key)
