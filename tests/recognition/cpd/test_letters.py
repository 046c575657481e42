"""Letters to an address at work, which others may read, name nothing that is private."""

from datetime import date
from typing import Any

import pytest
import time_machine

from benchside.assessment.actions import move_award
from benchside.core.actions import Actor
from benchside.core.models.mail import OutgoingMail
from benchside.recognition.cpd import actions, letters
from benchside.recognition.cpd.enums import LetterKind
from benchside.recognition.models import AuditCase, Entry
from tests.factories import registers
from tests.factories.audits import a_case, a_registrant

pytestmark = pytest.mark.django_db
LATER = date(2027, 3, 15)
WORDS = "Your learning was thin"


@pytest.fixture(autouse=True)
def in_january() -> Any:
    with time_machine.travel(date(2027, 1, 11), tick=False):
        yield


@pytest.fixture
def at_work() -> Entry:
    """On the register, with an address at work and no account that is used."""
    entry = registers.an_entry("At Work", since=date(2024, 5, 1))
    technician = entry.award.technician
    assert technician
    technician.work_email = "at@work.example"
    technician.save(update_fields=["work_email"])
    return entry


def last() -> OutgoingMail:
    found = OutgoingMail.objects.order_by("pk").last()
    assert found
    return found


def everything(mail: OutgoingMail) -> str:
    return f"{mail.subject}{mail.text}{mail.html}"


@pytest.mark.parametrize(
    ("verb", "reason"),
    [
        ("suspend-for-health", "Health"),
        ("suspend-meanwhile", "The public must be protected meanwhile"),
        ("suspend-for-cpd", "No CPD was shown"),
    ],
)
def test_a_shared_mailbox_is_told_that_they_are_suspended_and_not_why(
    at_work: Entry, verb: str, reason: str, django_capture_on_commit_callbacks: Any
) -> None:
    mine = a_registrant(body=at_work.body)
    actor = Actor.of(registers.a_ratifier(at_work.body))
    for entry in (at_work, mine):
        with django_capture_on_commit_callbacks(execute=True):
            move_award(actor=actor, award=entry.award, verb=verb, reason=reason)
    to_work, to_me = OutgoingMail.objects.filter(name="recognition/entry_changed").order_by("pk")
    assert to_work.to == ["at@work.example"]
    assert "Suspended" in to_work.subject
    for private in ("health", "looked into", "Nothing is proved", "CPD", "learning"):
        assert private not in everything(to_work)
    assert any(one in everything(to_me) for one in ("health", "looked into", "CPD"))


@pytest.mark.parametrize("kind", list(LetterKind))
def test_what_was_found_of_somebodys_cpd_is_not_written_to_an_address_at_work(
    at_work: Entry, kind: LetterKind
) -> None:
    case = a_case(at_work)
    case.words, case.due_on = WORDS, LATER
    assert letters.send_once(case, kind)
    found = everything(last())
    assert last().to == ["at@work.example"]
    for private in (WORDS, "suspended", "committee", "off the", "last chance", "missing"):
        assert private not in found
    assert "/audit/" in found


def test_no_reminder_to_an_address_at_work_names_the_committee(at_work: Entry) -> None:
    case = a_case(at_work)
    AuditCase.objects.filter(pk=case.pk).update(state="committee", referred_at="2027-01-11T12:00Z")
    case.refresh_from_db()
    decides = Actor.of(registers.a_ratifier(at_work.body))
    actions.suspend_for_cpd(actor=decides, case=case, due_on=LATER, words=WORDS)
    assert last().name == "recognition/audit_news"
    letters.send_once(case, LetterKind.TWO_WEEKS)
    assert last().name == "recognition/audit_news"


def test_who_left_their_account_is_not_written_to_there() -> None:
    entry = a_registrant()
    case = a_case(entry)
    technician = entry.award.technician
    assert technician
    assert technician.account
    technician.account.is_active = False
    technician.account.save(update_fields=["is_active"])
    before = OutgoingMail.objects.count()
    assert letters.send_once(case, LetterKind.COMMITTEE) is bool(technician.work_email)
    assert OutgoingMail.objects.count() == before + bool(technician.work_email)
