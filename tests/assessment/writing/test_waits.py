"""What waits for those who were asked: in the workspace, and by one letter before it is due."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import add_contributor, comment, save_statement
from benchside.assessment.models import Comment, Contributor, Submission
from benchside.assessment.writing import exports, workspace
from benchside.assessment.writing.reminders import remind_of_parts
from benchside.core.actions import Actor
from benchside.core.models import OutgoingMail
from benchside.organisations.enums import MemberRole
from tests.factories.organisations import a_member, an_organisation, sitting
from tests.factories.people import person


@pytest.fixture
def helper(submission: Submission) -> User:
    return a_member(submission.organisation, MemberRole.CHAMPION)  # type: ignore[arg-type]


def ask(lead: Actor, submission: Submission, user: User, days: int, key: str = "clear") -> None:
    due = timezone.localdate() + timedelta(days=days)
    add_contributor(actor=lead, submission=submission, user=user, criterion=key, due_on=due)
    OutgoingMail.objects.all().delete()


def test_a_part_waits_in_the_workspace_until_it_is_written(
    submission: Submission, lead: Actor, helper: User, as_user: Callable[[User], Client]
) -> None:
    assert submission.organisation_id
    assert workspace.things_to_do(sitting(submission.organisation_id, helper)) == []
    ask(lead, submission, helper, 9)
    [thing] = workspace.things_to_do(sitting(submission.organisation_id, helper))
    assert "1 question lacks something" in thing.why
    assert thing.url.endswith("/clear/")
    page = as_user(helper).get("/org/northmoor/").content.decode()
    assert "write your part: The tidy bench mark" in page
    assert f'href="{thing.url}"' in page
    save_statement(
        actor=Actor.of(helper), submission=submission, criterion="clear", text="Tidy.", based_on=0
    )
    assert workspace.things_to_do(sitting(submission.organisation_id, helper)) == []
    assert workspace.things_to_do(sitting(an_organisation("southmoor"), helper)) == []


def test_one_letter_before_it_is_due(submission: Submission, lead: Actor, helper: User) -> None:
    late, done = person("late@benchside.example"), person("done@benchside.example")
    ask(lead, submission, helper, 3)
    ask(lead, submission, late, 4)
    ask(lead, submission, done, 2, "mended")
    save_statement(
        actor=Actor.of(done), submission=submission, criterion="mended", text="We.", based_on=0
    )
    remind_of_parts.call()
    remind_of_parts.call()
    told = {tuple(one.to) for one in OutgoingMail.objects.filter(name="assessment/part_is_due")}
    # Evidence is still missing where the words are done: that is theirs too.
    assert told == {(helper.email,), (done.email,)}
    assert OutgoingMail.objects.count() == 2
    assert Contributor.objects.filter(reminded_at__isnull=False).count() == 2


def test_a_day_that_is_past_or_a_part_that_is_done_is_let_be(
    submission: Submission, lead: Actor, helper: User
) -> None:
    ask(lead, submission, helper, 1)
    save_statement(
        actor=Actor.of(helper), submission=submission, criterion="clear", text="Tidy.", based_on=0
    )
    ask(lead, submission, person("past@benchside.example"), -1, "mended")
    remind_of_parts.call()
    assert not OutgoingMail.objects.exists()


def test_a_person_can_take_what_is_theirs_and_be_forgotten(
    submission: Submission, lead: Actor, helper: User, head: User
) -> None:
    ask(lead, submission, helper, 5)
    his = Actor.of(helper)
    alone = comment(actor=his, submission=submission, text="Alone.", criterion="clear")
    first = comment(actor=his, submission=submission, text="Ask me.", criterion="clear")
    comment(actor=lead, submission=submission, text="Answered.", reply_to=first)
    save_statement(
        actor=his, submission=submission, criterion="clear", text="My words.", based_on=0
    )
    found = exports.export(helper.person_id)
    assert [one["said"] for one in found["comments"]] == ["Alone.", "Ask me."]
    assert found["parts_to_write"][0]["part"] == "clear"
    assert found["texts_saved"][0]["text"] == "My words."
    for _ in range(2):
        exports.erase(helper.person_id)
    assert exports.export(helper.person_id).get("comments", []) == []
    assert not Comment.objects.filter(pk=alone.pk).exists()
    first.refresh_from_db()
    assert (first.author, first.text) == (None, exports.ERASED)
    assert Comment.objects.filter(text="Answered.").exists()
    assert submission.statements.get(criterion="clear").text == "My words."
    assert exports.export(person("nobody@benchside.example").person_id) == {}


def test_parts_move_when_a_lead_hands_over(
    submission: Submission, lead: Actor, head: User, helper: User
) -> None:
    assert submission.organisation_id
    ask(lead, submission, head, 5, "clear")
    ask(lead, submission, head, 5, "mended")
    ask(lead, submission, helper, 5, "mended")
    assert exports.count(submission.organisation_id, head.person_id) == 2
    assert exports.move(submission.organisation_id, head.person_id, helper.person_id) == 2
    assert exports.count(submission.organisation_id, head.person_id) == 0
    assert exports.count(submission.organisation_id, helper.person_id) == 2
