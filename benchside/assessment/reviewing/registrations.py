"""What this part listens to: a submission that moves waits for somebody else."""

from collections.abc import Mapping

from benchside.assessment import actions
from benchside.assessment.enums import SubmissionState
from benchside.assessment.events import SUBMISSION_MOVED
from benchside.assessment.models import Decision, Submission
from benchside.assessment.reviewing import mails, tasks
from benchside.assessment.reviewing.beside import OUTCOME
from benchside.assessment.reviewing.exports import REVIEWS
from benchside.core.actions import SYSTEM
from benchside.core.registries import (
    Plain,
    Subscription,
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
    """Once a decision; one that was upheld against an appeal is told of with the answer to it."""
    decision = Decision.objects.filter(submission=submission, overturned_at__isnull=True).first()
    if decision is not None and not decision.appeals.exists():
        mails.decided(submission, decision)


def register() -> None:
    subscriptions.register(
        Subscription(key="assessment.reviewing", event=SUBMISSION_MOVED.key, handle=tell)
    )
    personal_data_exports.register(REVIEWS)
    panels.register(OUTCOME)
