"""What a submission is called, for those who may know whose it is and for those who may not."""

from benchside.assessment.models import Submission


def name_of(submission: Submission) -> str:
    """Whose it is."""
    return str(submission.technician or submission.organisation)


def hides_holder(submission: Submission) -> bool:
    return "holder" in submission.version.standard.review.hidden


def hides_reviewers(submission: Submission) -> bool:
    return "reviewers" in submission.version.standard.review.hidden


def name_for_reviewers(submission: Submission) -> str:
    """Whose it is, or a few letters where the standard keeps that from reviewers."""
    return f"No. {short(submission)}" if hides_holder(submission) else name_of(submission)


def short(submission: Submission) -> str:
    """Six letters and figures that stand for it where no name may: they say nothing of it."""
    return submission.key.hex[:6].upper()
