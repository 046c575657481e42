"""Comments beside a question: who is told, who reads, what is kept."""

from collections.abc import Callable

import pytest
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment.actions import add_contributor
from benchside.assessment.models import Comment, Submission
from benchside.assessment.writing.views.beside import mentioned
from benchside.core.actions import Actor
from benchside.core.models import OutgoingMail
from tests.factories.people import person

As = Callable[[User], Client]


@pytest.fixture
def helper(submission: Submission, lead: Actor) -> User:
    found = person("helper@benchside.example", name="Hella Made-Up")
    add_contributor(actor=lead, submission=submission, user=found, criterion="mended")
    OutgoingMail.objects.all().delete()
    return found


def say(page: Client, submission: Submission, **sent: str | list[str]) -> int:
    values = {"do": "comment", **sent}
    return page.post(f"/forms/{submission.key}/clear/", values).status_code


def test_whoever_is_named_gets_a_letter_without_the_words(
    page: Client, submission: Submission, helper: User, head: User
) -> None:
    outsider = person("outsider@benchside.example", name="Otto Made-Up")
    sent = "@Hella is it all? And @Otto?"
    assert say(page, submission, comment=sent, tell=[str(outsider.pk)]) == 302
    made = Comment.objects.get()
    assert list(made.mentions.all()) == [helper]
    letter = OutgoingMail.objects.get()
    assert letter.to == [helper.email]
    assert head.get_full_name() in letter.text
    assert "is it all" not in letter.text + letter.html
    assert f"/forms/{submission.key}/clear/#talk" in letter.text


def test_an_answer_goes_to_who_began_and_both_are_dealt_with(
    page: Client, submission: Submission, helper: User, head: User, as_user: As
) -> None:
    say(page, submission, comment="Is it all?")
    first = Comment.objects.get()
    assert not OutgoingMail.objects.exists()
    client = as_user(helper)
    assert "1 comment waits" in client.get(f"/forms/{submission.key}/").content.decode()
    answer = {"do": f"reply:{first.pk}", f"reply-{first.pk}": "All of it."}
    assert client.post(f"/forms/{submission.key}/clear/", answer).status_code == 302
    assert OutgoingMail.objects.get().to == [head.email]
    reply = Comment.objects.get(reply_to=first)
    assert (reply.text, reply.criterion, reply.author) == ("All of it.", "clear", helper)
    html = page.get(f"/forms/{submission.key}/clear/").content.decode()
    assert "All of it." in html
    page.post(f"/forms/{submission.key}/clear/", {"do": f"resolve:{first.pk}"})
    first.refresh_from_db()
    assert first.resolved_at
    assert "Dealt with" in page.get(f"/forms/{submission.key}/clear/").content.decode()


def test_a_button_for_a_comment_saves_the_words_too(page: Client, submission: Submission) -> None:
    say(page, submission, comment="Good?", text="My answer.", based_on="0")
    assert submission.statements.get(criterion="clear").text == "My answer."


def test_a_comment_that_was_not_sent_stays_in_its_box(page: Client, submission: Submission) -> None:
    answer = page.post(
        f"/forms/{submission.key}/clear/",
        {"do": "next", "comment": "Half a thou", "text": "My answer.", "based_on": "0"},
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "not sent yet" in html
    assert "Half a thou</textarea>" in html
    assert submission.statements.get(criterion="clear").text == "My answer."
    assert not Comment.objects.exists()


def test_too_long_a_comment_is_refused_and_kept(page: Client, submission: Submission) -> None:
    long = "y" * 2005
    answer = page.post(f"/forms/{submission.key}/clear/", {"do": "comment", "comment": long})
    assert answer.status_code == 422
    assert "5 letters too long" in answer.content.decode()
    assert long in answer.content.decode()
    assert say(page, submission, comment="  ") == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "do", ["reply:999", "reply:x", "resolve:999", "resolve:", "magic:1", "put:x"]
)
def test_a_button_nobody_drew_breaks_nothing(page: Client, submission: Submission, do: str) -> None:
    answer = page.post(f"/forms/{submission.key}/clear/", {"do": do})
    assert answer.status_code in {302, 422}
    assert not Comment.objects.exists()


def test_a_comment_of_another_question_is_not_reached(page: Client, submission: Submission) -> None:
    say(page, submission, comment="Here.")
    one = Comment.objects.get()
    answer = page.post(f"/forms/{submission.key}/mended/", {"do": f"resolve:{one.pk}"})
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.resolved_at is None


def test_a_first_name_two_have_names_nobody(db: None) -> None:
    one = person("a@benchside.example", name="Sam Made-Up")
    other = person("b@benchside.example", name="Sam Madeup-Too")
    sole = person("c@benchside.example", name="Sama Else")
    readers = [one, other, sole]
    assert mentioned("@Sam please", [], readers) == []
    assert mentioned("@sam made-up please", [], readers) == [one]
    assert mentioned("@Sama: please", [], readers) == [sole]
    assert mentioned("none", [str(other.pk)], readers) == [other]
