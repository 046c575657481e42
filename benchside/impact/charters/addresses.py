"""Where a self-assessment, a public plan and a page stand."""

from django.urls import NoReverseMatch, reverse

from benchside.assessment.models import Submission
from benchside.impact.models import Signatory


def of_form(submission: Submission) -> str:
    """The engine's page of a self-assessment."""
    try:
        return reverse("assessment:form", args=[submission.key])
    except NoReverseMatch:
        return f"/forms/{submission.key}/"


def of_case(submission: Submission) -> str:
    """The officers' page of one that was sent in: seats, feedback, its release."""
    try:
        return reverse("assessment:case", args=[submission.key])
    except NoReverseMatch:
        return f"/assess/submissions/{submission.key}/"


def of_signatory(signatory: Signatory) -> str:
    return reverse("impact:signatory", args=[signatory.charter.slug, signatory.organisation.slug])


def of_plan(signatory: Signatory) -> str:
    """The public plan, below the signatory's page; there once a plan is published."""
    return f"{of_signatory(signatory)}plan/"
