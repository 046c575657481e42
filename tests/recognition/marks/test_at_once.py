"""A head signs while somebody else writes, each a process of its own: no order of the two leaves a
signature to words that were not read.

In a file of its own: it commits.
"""

import hashlib
from contextlib import suppress
from functools import partial
from uuid import UUID

import pytest

from benchside.accounts.models import User
from benchside.assessment.actions import save_statement, sign
from benchside.assessment.chain import digest_of
from benchside.assessment.content import content_of
from benchside.assessment.models import FrozenVersion, SignOff, Submission
from benchside.assessment.signatures import standing
from benchside.core.actions import Actor, Refused
from tests.factories import marks as made
from tests.processes import at_once


def sign_or_write(verb: str, address: str, key: UUID) -> None:
    """Sign what is there, or write, again and again."""
    actor = Actor.of(User.objects.get(email=address))
    one = Submission.objects.get(key=key)
    for number in range(8):
        if verb == "sign":
            with suppress(Refused):
                sign(actor=actor, submission=one, step="head", signed_as="Hedda")
            continue
        held = one.statements.get(criterion="unpaid")
        text = f"Nobody, as of day {number}."
        save_statement(
            actor=actor, submission=one, criterion="unpaid", text=text, based_on=held.number
        )


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_signing_and_writing_at_once_leave_no_signature_to_other_words() -> None:
    school = made.a_school()
    head = made.a_head(school)
    application = made.an_application(school, head)
    made.write(application, head)
    one = application.submission
    at_once(*(partial(sign_or_write, verb, head.email, one.key) for verb in ("sign", "write")))
    one = Submission.objects.get(pk=one.pk)
    now = digest_of(content_of(one))
    assert SignOff.objects.filter(submission=one).exists()
    alive = SignOff.objects.filter(submission=one, lapsed_at__isnull=True)
    assert all(each.frozen.digest == now for each in alive)
    assert len(standing(one)) == alive.count() <= 1
    for frozen in FrozenVersion.objects.filter(submission=one):
        assert frozen.digest == hashlib.sha256(frozen.content.encode()).hexdigest()
