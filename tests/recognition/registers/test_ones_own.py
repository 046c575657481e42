"""A registrar who applies has the rights of an applicant, and no others."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import (
    give_seat,
    ratify_decision,
    recommend_decision,
    release_feedback,
    reopen_review,
    return_submission,
)
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.models import Duty
from benchside.assessment.reviewing import mails, queries
from benchside.core.actions import Actor, Denied
from benchside.core.models.mail import OutgoingMail
from benchside.organisations.models import Membership
from benchside.recognition.enums import InterviewOutcome
from benchside.recognition.models import RegisterApplication
from benchside.recognition.registers import actions
from benchside.recognition.registers import queries as registers
from benchside.recognition.registry.queries import desk_of
from benchside.recognition.registry.queues import lines
from tests.factories import applications as made
from tests.factories.people import sign_in
from tests.factories.registers import STANDARD, a_body, an_assessor, give_duties

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> RegisterApplication:
    """Sent in by somebody who has every duty of the register, of the body it goes through too."""
    application = made.sent()
    own = holder(application)
    give_duties(own)
    Duty.objects.create(user=own, standard=STANDARD, kind=DutyKind.RATIFY)
    Membership.objects.create(user=own, organisation=application.body, role="signer")
    return application


def holder(application: RegisterApplication) -> User:
    return application.submission.technician.account


def refused(*deeds: Callable[[], object]) -> None:
    for number, deed in enumerate(deeds):
        try:
            deed()
        except Denied:
            continue
        pytest.fail(f"Deed {number} was let through.")


def test_they_neither_check_nor_choose_nor_send_back(one: RegisterApplication) -> None:
    own, submission = Actor.of(holder(one)), one.submission
    refused(
        lambda: actions.check_application(actor=own, application=one),
        lambda: return_submission(actor=own, submission=submission, words="Say more."),
        lambda: made.move(one, a_body("other-institute"), holder(one)),
        lambda: actions.arrange_interview(
            actor=own, application=one, held_at=timezone.now() + timedelta(days=1), place="Here"
        ),
        lambda: actions.record_interview(
            actor=own, application=one, outcome=InterviewOutcome.MET, notes="Good."
        ),
    )
    made.ready(one, made.the_registrar())
    refused(
        lambda: give_seat(actor=own, submission=submission, user=an_assessor(), number=1),
    )
    made.judge(one)
    refused(
        lambda: reopen_review(actor=own, seat=submission.seats.first()),
        lambda: release_feedback(actor=own, submission=submission),
        lambda: recommend_decision(
            actor=own, submission=submission, outcome=DecisionOutcome.APPROVE, reasons="Good."
        ),
    )
    decision = made.recommend(one)
    refused(lambda: ratify_decision(actor=own, decision=decision))
    made.ratify(decision, one)
    one.refresh_from_db()
    actions.take_up_approval(application=one)
    refused(lambda: actions.admit(actor=own, application=one))


def test_no_page_of_the_desk_has_it(one: RegisterApplication) -> None:
    made.ready(one, made.the_registrar())
    made.judge(one)
    register, key = one.register, one.submission.key
    mine, theirs = sign_in(Client(), holder(one)), sign_in(Client(), made.the_registrar())
    pages = [f"/assess/submissions/{key}/", f"/assess/submissions/{key}/read/",
             f"/registry/{register.slug}/applications/{one.number}/"]  # fmt: skip
    for page in pages:
        assert theirs.get(page).status_code == 200, page
        assert mine.get(page).status_code == 404, page
    for page in ("/assess/submissions/", "/assess/submissions.csv",
                 f"/registry/{register.slug}/applications/",
                 f"/registry/{register.slug}/applications/applications.csv"):  # fmt: skip
        assert one.name in theirs.get(page).content.decode(), page
        assert one.name not in mine.get(page).content.decode(), page
    assert queries.how_many_wait(holder(one)) == []
    assert registers.applications_to(register, reader=holder(one)).count() == 0
    for user, waiting in ((holder(one), 0), (made.the_registrar(), 1)):
        desk = desk_of(user, register.slug)
        assert desk is not None
        assert sum(line.count for line in lines(desk)) == waiting


def test_no_letter_calls_them_to_it(one: RegisterApplication) -> None:
    made.the_registrar()
    OutgoingMail.objects.all().delete()
    for what in ("arrived", "to-ratify"):
        mails.waits(one.submission, what)
    told = {to for letter in OutgoingMail.objects.all() for to in letter.to}
    assert made.the_registrar().email in told
    assert holder(one).email not in told


def test_an_applicant_still_reads_their_own(one: RegisterApplication) -> None:
    mine = sign_in(Client(), holder(one))
    assert mine.get(f"/forms/{one.submission.key}/").status_code == 200
