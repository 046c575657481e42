"""What waits for those who sign."""

import pytest
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.actions import sign
from benchside.assessment.models import Submission
from benchside.assessment.showing.workspace import things_to_do
from benchside.core.actions import Actor
from tests.assessment.showing.making import complete
from tests.factories.organisations import sitting

pytestmark = pytest.mark.django_db


def url(submission: Submission, step: str) -> str:
    return reverse("assessment:sign", args=[submission.key, step])


def test_whoever_signs_next_is_told_once_all_is_written(
    lena: User, hedda: User, lead: Actor, submission: Submission
) -> None:
    here = submission.organisation_id
    assert here is not None

    def waits(who: User) -> list[str]:
        return [one.url for one in things_to_do(sitting(here, who))]

    assert waits(lena) == waits(hedda) == []
    complete(lead, submission)
    assert (waits(lena), waits(hedda)) == ([url(submission, "lead")], [])
    sign(actor=lead, submission=submission, step="lead", signed_as="Lena")
    assert (waits(lena), waits(hedda)) == ([], [url(submission, "head")])
