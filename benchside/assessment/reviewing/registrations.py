"""What this part listens to: a submission that moves waits for somebody else."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment import actions, embargo
from benchside.assessment.enums import SubmissionState
from benchside.assessment.events import SUBMISSION_MOVED
from benchside.assessment.models import Decision, Submission
from benchside.assessment.reviewing import mails, queries, tasks
from benchside.assessment.reviewing.beside import OUTCOME
from benchside.assessment.reviewing.exports import REVIEWS
from benchside.core.actions import SYSTEM
from benchside.core.registries import (
    OwnSource,
    Plain,
    Subscription,
    ToDo,
    own_desks,
    panels,
    personal_data_exports,
    subscriptions,
)

__all__ = ["register", "tasks"]  # named, so that the jobs by the clock are known early

WAITS = {
    SubmissionState.SUBMITTED: "arrived",
    SubmissionState.REVIEWED: "reviewed",
    SubmissionState.RECOMMENDED: "to-ratify",
    SubmissionState.APPEALED: "appealed",
}


def tell(payload: Mapping[str, Plain]) -> None:
    """Write to whoever is next. One that moved on meanwhile is told of by its own event."""
    submission = Submission.objects.filter(key=str(payload["submission"])).first()
    if submission is None or submission.state != payload["state"]:
        return
    state = SubmissionState(submission.state)
    if state in {SubmissionState.WITHDRAWN, SubmissionState.EXPIRED}:
        actions.release_seats(actor=SYSTEM, submission=submission)
    elif state in WAITS:
        if submission.version.standard.seats_on(submission.route):
            mails.waits(submission, WAITS[state])
    elif state in {SubmissionState.APPROVED, SubmissionState.DECLINED}:
        _tell_decision(submission)


def _tell_decision(submission: Submission) -> None:
    """Once a decision; one that was upheld against an appeal is told of with the answer to it, and
    one that a room keeps back is told of by that room, at its hour."""
    if embargo.is_told_by_a_room(submission):
        return
    decision = Decision.objects.filter(submission=submission, overturned_at__isnull=True).first()
    if decision is not None and not decision.appeals.exists():
        mails.decided(submission, decision)


def desks(user: User) -> Sequence[ToDo]:
    """The desk of reviews, with what somebody has to read and what waits where they run one."""
    if not queries.has_desk(user):
        return []
    reads = queries.seats_of(user, shown="open").count()
    waits = sum(count for *_, count in queries.how_many_wait(user)) if queries.run_by(user) else 0
    why = f"You have {reads} to read." if reads else "You have nothing to read now."
    if waits:
        why += f" Where you decide or give reviews out, {waits} wait{'s' if waits == 1 else ''}."
    return [
        ToDo(
            title="Reviews you do or run",
            why=why,
            do="Open the desk",
            url=reverse("assessment:desk"),
            order=10,
        )
    ]


DESKS = OwnSource(key="assessment.reviewing", things=desks)


def register() -> None:
    own_desks.register(DESKS)
    subscriptions.register(
        Subscription(key="assessment.reviewing", event=SUBMISSION_MOVED.key, handle=tell)
    )
    personal_data_exports.register(REVIEWS)
    panels.register(OUTCOME)
