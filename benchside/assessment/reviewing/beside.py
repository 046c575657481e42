"""What stands beside a form once it was sent in: where it is, and where its outcome is read."""

import uuid

from django.urls import reverse

from benchside.assessment.embargo import spent_as_told, state_told
from benchside.assessment.enums import SubmissionState
from benchside.assessment.models import Submission
from benchside.assessment.signatures import next_step
from benchside.core.registries import Context, Panel

PLACE = "assessment.form"


def context(subject_id: str, _: uuid.UUID | None) -> Context | None:
    """Nothing before it is sent in: there is nothing to be told yet."""
    found = Submission.objects.select_related("version").filter(key=subject_id)
    submission = found.exclude(submitted_at__isnull=True).first()
    if submission is None:
        return None
    returned = submission.returns.first()
    is_asked = submission.state == SubmissionState.MORE_ASKED
    state = state_told(submission)
    is_decided = state in {SubmissionState.APPROVED, SubmissionState.DECLINED}
    return {
        "state": state.label,
        "spells": spent_as_told(submission),
        "url": reverse("assessment:outcome", args=[submission.key]),
        "can_be_read": is_decided or submission.released_at is not None,
        "missing": returned.text
        if returned and submission.state == SubmissionState.RETURNED
        else "",
        "asked": list(submission.requests.open()) if is_asked else [],
        "is_signed_again": is_asked and next_step(submission) is not None,
        "answer_url": reverse("assessment:signatures", args=[submission.key]),
    }


OUTCOME = Panel(
    key="assessment.outcome",
    place=PLACE,
    title="What came of it",
    template="assessment/reviewing/panel.html",
    context=context,
)
