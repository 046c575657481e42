"""Versions: every one kept, compared by words, brought back without losing any."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from benchside.accounts.models import User
from benchside.assessment.actions import add_contributor, save_statement, withdraw_submission
from benchside.assessment.models import Submission
from benchside.assessment.writing.compare import compare
from benchside.core.actions import Actor
from tests.factories.people import person


def write(actor: Actor, submission: Submission, *texts: str) -> None:
    for text in texts:
        number = submission.statements.get(criterion="clear").number
        save_statement(
            actor=actor, submission=submission, criterion="clear", text=text, based_on=number
        )


def test_the_word_that_changed_is_marked() -> None:
    found = compare("We mend the bench. We go home.", "We mend the old bench. We go home.")
    assert [run.text.strip() for run in found.new if run.kind == "in"] == ["old"]
    assert [run for run in found.old if run.kind == "out"] == []
    assert not found.is_same
    assert compare("Same.", "Same.").is_same


texts = st.text(alphabet="ab .!\n-’é工", max_size=80)


@given(texts, texts)
def test_both_sides_give_their_text_back_whole(old: str, new: str) -> None:
    found = compare(old, new)
    assert "".join(run.text for run in found.old) == old
    assert "".join(run.text for run in found.new) == new
    same = [
        "".join(run.text for run in side if run.kind == "same") for side in (found.old, found.new)
    ]
    assert same[0] == same[1], "what is called the same is the same"
    assert found.is_same == (old == new)


def test_a_hostile_text_is_compared_too() -> None:
    found = compare("a " * 25_000, "b " + "a " * 24_000 + "c")
    assert "".join(run.text for run in found.new) == "b " + "a " * 24_000 + "c"


def test_saves_of_one_sitting_fold_and_all_can_be_seen(
    page: Client, submission: Submission, lead: Actor
) -> None:
    helper = person("helper@benchside.example", name="Hella Made-Up")
    add_contributor(actor=lead, submission=submission, user=helper)
    start = timezone.now()
    for minutes, actor, text in [
        (0, lead, "One."),
        (1, lead, "One two."),
        (2, Actor.of(helper), "One two three."),
        (3, lead, "One two three four."),
        (60, lead, "One two three four five."),
    ]:
        with time_machine.travel(start + timedelta(minutes=minutes)):
            write(actor, submission, text)
    path = f"/forms/{submission.key}/clear/versions/"
    html = page.get(path).content.decode()
    assert "4 versions, the newest first" in html
    assert "Hella Made-Up" in html
    assert "Show every save (1 more)" in html
    assert "5 versions" in page.get(f"{path}?all=yes").content.decode()
    compared = page.get(f"{path}?one=2&other=3").content.decode()
    assert "<ins>" in compared
    for odd in ("?one=1", "?one=x&other=2", "?one=99&other=1", "?one=1&other=99999999999999999999"):
        assert "<ins>" not in page.get(path + odd).content.decode().split("underlined")[-1]


def test_markup_in_a_version_is_text(page: Client, submission: Submission, lead: Actor) -> None:
    write(lead, submission, "<b>one</b>", "<i>two</i>")
    html = page.get(f"/forms/{submission.key}/clear/versions/?one=1&other=2").content.decode()
    assert "<b>one" not in html
    assert "<i>two" not in html


def test_bringing_back_is_a_new_version(page: Client, submission: Submission, lead: Actor) -> None:
    write(lead, submission, "First.", "Second.")
    page.post(f"/forms/{submission.key}/clear/versions/", {"number": "1"})
    found = submission.statements.get(criterion="clear")
    assert (found.number, found.text) == (3, "First.")
    assert set(found.versions.values_list("text", flat=True)) == {"First.", "Second."}
    for odd in ("99", "x", "", "-1"):
        answer = page.post(f"/forms/{submission.key}/clear/versions/", {"number": odd})
        assert answer.status_code == 404
    withdraw_submission(actor=lead, submission=submission)
    page.post(f"/forms/{submission.key}/clear/versions/", {"number": "2"})
    assert submission.statements.get(criterion="clear").text == "First."


def test_only_who_writes_the_part_brings_back(
    submission: Submission, lead: Actor, as_user: Callable[[User], Client]
) -> None:
    helper = person("helper@benchside.example")
    add_contributor(actor=lead, submission=submission, user=helper, criterion="mended")
    write(lead, submission, "First.", "Second.")
    client = as_user(helper)
    path = f"/forms/{submission.key}/clear/versions/"
    seen = client.get(f"{path}?one=1&other=2").content.decode()
    assert not re.search("Bring version", seen)
    assert client.post(path, {"number": "1"}).status_code == 403
    assert submission.statements.get(criterion="clear").text == "Second."


@pytest.mark.parametrize("path", ["", "?all=yes"])
def test_nothing_written_yet_says_so(page: Client, submission: Submission, path: str) -> None:
    html = page.get(f"/forms/{submission.key}/clear/versions/{path}").content.decode()
    assert "Nothing was written yet" in html
