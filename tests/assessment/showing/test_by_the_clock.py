"""Reminders, each once; drafts that end; and what is forgotten, with its files."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from benchside.accounts.models import User
from benchside.assessment.actions import add_file, ask_supporter, save_statement, sign, submit
from benchside.assessment.models import (
    EvidenceRequest,
    FrozenVersion,
    SignOff,
    StandardVersion,
    Submission,
    Supporter,
)
from benchside.assessment.showing import forgetting, links, making, tasks
from benchside.core import personal_data, vault
from benchside.core.actions import Actor
from benchside.core.models import OutgoingMail
from benchside.core.schedule import jobs
from tests.assessment.showing.making import a_pdf, complete
from tests.factories.technicians import a_technician

pytestmark = pytest.mark.django_db


def letters(name: str) -> list[list[str]]:
    return [one.to for one in OutgoingMail.objects.filter(name=f"assessment/{name}").order_by("pk")]


def with_rules(submission: Submission, **more: object) -> None:
    version = submission.version
    content = {**version.content, **more}
    StandardVersion.objects.filter(pk=version.pk).update(content=content, digest=str(more))


def test_every_job_has_its_clock() -> None:
    ours = {name for name in jobs if name.startswith("benchside.assessment.showing.")}
    assert len(ours) == 6


def test_a_draft_is_reminded_of_once_for_each_time_it_is_left(
    lead: Actor, lena: User, submission: Submission
) -> None:
    begun = submission.created_at
    with time_machine.travel(begun + timedelta(days=59)):
        tasks.look_after_drafts.func()
        assert letters("draft_waits") == []
    with time_machine.travel(begun + timedelta(days=61)):
        tasks.look_after_drafts.func()
        tasks.look_after_drafts.func()
        assert letters("draft_waits") == [[lena.email]]
        save_statement(actor=lead, submission=submission, criterion="clear", text="x", based_on=0)
    with time_machine.travel(begun + timedelta(days=100)):
        tasks.look_after_drafts.func()
        assert len(letters("draft_waits")) == 1
    with time_machine.travel(begun + timedelta(days=122)):
        tasks.look_after_drafts.func()
        assert len(letters("draft_waits")) == 2


def test_a_draft_ends_only_where_its_standard_says_so_and_says_so_before(
    lead: Actor, lena: User, submission: Submission
) -> None:
    begun = submission.created_at
    with time_machine.travel(begun + timedelta(days=3000)):
        tasks.look_after_drafts.func()
    submission.refresh_from_db()
    assert submission.state == "draft"
    OutgoingMail.objects.all().delete()
    with_rules(submission, drafts={"remind_days": 60, "expire_days": 365})
    with time_machine.travel(begun + timedelta(days=355)):
        tasks.look_after_drafts.func()
        letter = OutgoingMail.objects.get(name="assessment/draft_waits")
        assert "It ends by itself on" in letter.text
    with time_machine.travel(begun + timedelta(days=366)):
        tasks.look_after_drafts.func()
        tasks.look_after_drafts.func()
    submission.refresh_from_db()
    assert submission.state == "expired"
    assert letters("draft_ended") == [[lena.email]]


def test_what_more_was_asked_for_is_reminded_of_before_and_after(
    lead: Actor, lena: User, submission: Submission
) -> None:
    today = timezone.localdate()
    Submission.objects.filter(pk=submission.pk).update(
        state="more-asked", submitted_at=timezone.now()
    )
    asked = EvidenceRequest.objects.create(
        submission=submission, round=1, text="The rota, please.", due_on=today + timedelta(days=20)
    )
    for days, soon in ((0, 0), (14, 1), (15, 1), (20, 1), (21, 2), (40, 2)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            tasks.remind_of_requests.func()
        assert len(letters("more_due")) == soon, days
    subjects = list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects[0].startswith("Due soon")
    assert subjects[1].startswith("It was due")
    OutgoingMail.objects.all().delete()
    EvidenceRequest.objects.filter(pk=asked.pk).update(answered_at=timezone.now())
    submission.reminders.all().delete()
    tasks.remind_of_requests.func()
    assert letters("more_due") == []


def test_a_supporter_is_reminded_once_with_a_link_that_works(
    lead: Actor, submission: Submission
) -> None:
    with_rules(submission, supporters={"count": 1, "days": 28, "per_area": True})
    submission.refresh_from_db()
    submission = Submission.objects.get(pk=submission.pk)
    one = ask_supporter(actor=lead, submission=submission, name="Sam", email="sam@example.org")
    for days, sent in ((1, 0), (22, 1), (23, 1), (30, 1)):
        with time_machine.travel(one.asked_at + timedelta(days=days)):
            tasks.remind_supporters.func()
        assert len(letters("supporter_reminded")) == sent, days
    letter = OutgoingMail.objects.get(name="assessment/supporter_reminded")
    page = letter.text.partition("/forms/support/")[2].split()[0]
    assert Supporter.objects.filter(token_digest=links.digest(page.strip("/"))).exists()


def test_exports_that_failed_are_made_anew(lead: Actor, submission: Submission) -> None:
    complete(lead, submission)
    frozen = sign(actor=lead, submission=submission, step="lead", signed_as="Lena").frozen
    before = DBTaskResult.objects.count()
    DBTaskResult.objects.update(status="FAILED")
    tasks.make_missing_exports.func()
    assert DBTaskResult.objects.filter(status="READY").count() == 1
    assert before >= 1
    making.make_exports.func(frozen.pk)
    tasks.make_missing_exports.func()
    assert DBTaskResult.objects.filter(status="READY").count() == 1


# --- forgetting -----------------------------------------------------------------------------------
def sent_with_a_file(lead: Actor, head: Actor, submission: Submission) -> FrozenVersion:
    complete(lead, submission)
    add_file(actor=lead, submission=submission, name="r.pdf", data=a_pdf(), serves={"clear": ""})
    sign(actor=lead, submission=submission, step="lead", signed_as="Lena")
    frozen = sign(actor=head, submission=submission, step="head", signed_as="Hedda").frozen
    submit(actor=lead, submission=submission)
    making.make_exports.func(frozen.pk)
    return frozen


def all_files() -> list[str]:
    return [*vault.names_below("evidence"), *vault.names_below("frozen")]


def test_six_years_after_the_decision_words_and_files_go(
    lead: Actor, head: Actor, submission: Submission
) -> None:
    sent_with_a_file(lead, head, submission)
    closed = timezone.now()
    Submission.objects.filter(pk=submission.pk).update(state="approved", closed_at=closed)
    with time_machine.travel(closed + timedelta(days=6 * 365)):
        tasks.forget_old_submissions.func()
    assert len(all_files()) == 3
    later = closed + timedelta(days=6 * 365 + 3)
    with time_machine.travel(later), TestCase.captureOnCommitCallbacks(execute=True):
        tasks.forget_old_submissions.func()
        tasks.forget_old_submissions.func()
    assert all_files() == []
    assert not SignOff.objects.exists()
    assert not submission.evidence.exists()
    assert set(submission.statements.values_list("text", flat=True)) == {""}
    submission.refresh_from_db()
    assert submission.state == "approved"


def test_only_files_nobody_refers_to_are_swept_and_only_old_ones(
    lead: Actor, head: Actor, submission: Submission
) -> None:
    sent_with_a_file(lead, head, submission)
    kept = set(all_files())
    folder = f"evidence/{submission.key.hex}"
    left = vault.storage.save(f"{folder}/{'0' * 64}.pdf", SimpleUploadedFile("x", b"half"))
    tasks.sweep_files.func()
    assert set(all_files()) == {*kept, left}
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        tasks.sweep_files.func()
    assert set(all_files()) == kept


def test_a_person_takes_and_erases_what_they_showed(
    lead: Actor, head: Actor, submission: Submission, lena: User
) -> None:
    sent_with_a_file(lead, head, submission)
    technician = a_technician(account=lena, claimed_at=timezone.now())
    Submission.objects.filter(pk=submission.pk).update(
        holder="person", technician=technician, organisation=submission.organisation
    )
    told = forgetting.export(lena.person_id)
    assert told["submissions"][0]["words"]["clear"] == "Yes, clear."
    assert told["signatures"][0]["as"] == "Lena"
    with TestCase.captureOnCommitCallbacks(execute=True):
        forgetting.erase(lena.person_id)
        forgetting.erase(lena.person_id)
    assert all_files() == []
    assert forgetting.export(lena.person_id)["submissions"][0]["shown"] == []


def test_a_signer_who_is_erased_leaves_a_signature_without_a_name(
    lead: Actor, head: Actor, submission: Submission
) -> None:
    frozen = sent_with_a_file(lead, head, submission)
    assert head.person_id is not None
    forgetting.erase(head.person_id)
    names = dict(SignOff.objects.values_list("step", "signed_as"))
    assert names == {"lead": "Lena", "head": "Erased"}
    assert FrozenVersion.objects.get(pk=frozen.pk).digest == frozen.digest


def test_a_supporter_who_is_erased_takes_what_they_said_with_them(
    lead: Actor, submission: Submission, hedda: User
) -> None:
    with_rules(submission, supporters={"count": 1, "days": 28, "per_area": True})
    submission = Submission.objects.get(pk=submission.pk)
    ask_supporter(actor=lead, submission=submission, name="Hedda", email=hedda.email.upper())
    assert len(forgetting.export(hedda.person_id)["spoken_for_others"]) == 1
    forgetting.erase(hedda.person_id)
    assert not Supporter.objects.exists()
    assert personal_data.faults() == []
