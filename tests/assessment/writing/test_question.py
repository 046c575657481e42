"""One question a page: saved while typed; nothing typed is ever lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from benchside.accounts.models import User
from benchside.assessment.actions import (
    add_contributor,
    begin_submission,
    save_statement,
    withdraw_submission,
)
from benchside.assessment.models import Statement, Submission
from benchside.assessment.standards import BrokenStandard, parse
from benchside.assessment.standards.reader import RESERVED
from benchside.core.actions import Actor
from benchside.people.models import Technician
from tests.architecture.test_permissions import all_patterns
from tests.factories.people import PASSWORD, person
from tests.factories.writing import FILE, a_version, begun

AUTOSAVE = {"HX-Request": "true"}


def address(submission: Submission, key: str = "clear") -> str:
    return f"/forms/{submission.key}/{key}/"


def statement(submission: Submission, key: str = "clear") -> Statement:
    return submission.statements.get(criterion=key)


def autosave(page: Client, submission: Submission, key: str = "clear", **sent: Any) -> Any:
    values = {"text": "", "based_on": "0", "do": "stay"} | sent
    return page.post(address(submission, key), values, headers=AUTOSAVE)


def kept(answer: Any) -> str:
    """What stands in the text box of a page."""
    found = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', answer.content.decode(), re.S)
    assert found
    return found[1]


def test_the_question_stands_in_plain_words(page: Client, submission: Submission) -> None:
    html = page.get(address(submission)).content.decode()
    assert "question 1 of 2" in html
    assert "What stands on the bench at night?" in html
    assert "No assessor ever does" in html
    for strange in ("criterion", "submission", "evidence"):
        assert strange not in re.sub(r"<[^>]*>", " ", html).lower(), strange


def test_no_page_speaks_the_engines_language(page: Client, submission: Submission) -> None:
    for path in ("", "people/", "mended/", "clear/versions/", "withdraw/"):
        html = page.get(f"/forms/{submission.key}/{path}").content.decode()
        words = re.sub(r"<[^>]*>", " ", html.split("<main")[1].split("</main>")[0]).lower()
        for strange in ("criteri", "submission", "evidence", "statement", "reviewer"):
            assert strange not in words, (path, strange)


def test_a_person_writes_for_themselves(head: User, as_user: Callable[[User], Client]) -> None:
    """As for a register: no organisation, no rail, nobody else may look."""
    who = person("tess@benchside.example")
    technician = Technician.objects.create(
        name="Tess Made-Up", account=who, claimed_at=timezone.now()
    )
    one = begin_submission(
        actor=Actor.of(who),
        version=a_version(key="own", holder="person"),
        technician=technician,
        level="plain",
    )
    client = as_user(who)
    assert f"/forms/{one.key}/" in client.get("/forms/").content.decode()
    assert "Tess Made-Up" in client.get(f"/forms/{one.key}/").content.decode()
    autosave(client, one, text="I keep it clear.")
    assert statement(one).text == "I keep it clear."
    for path in ("people/", "clear/", "clear/versions/"):
        assert client.get(f"/forms/{one.key}/{path}").status_code == 200
    assert as_user(person("other@benchside.example")).get(address(one)).status_code == 404


def test_words_are_saved_while_somebody_types(page: Client, submission: Submission) -> None:
    answer = autosave(page, submission, text="Nothing stands on it.")
    html = answer.content.decode()
    assert re.search(r"Saved \d\d:\d\d", html)
    assert 'name="based_on" value="1"' in html
    assert "<html" not in html
    assert "<span data-count>4</span> of 100 words" in html
    assert statement(submission).text == "Nothing stands on it."
    autosave(page, submission, text="Nothing stands on it.", based_on="1")
    assert statement(submission).number == 1, "an unchanged text is no new version"


def test_without_javascript_every_button_saves(page: Client, submission: Submission) -> None:
    sent = {"text": "One.", "based_on": "0"}
    onward = page.post(address(submission), {**sent, "do": "next"})
    assert onward["Location"] == address(submission, "mended")
    back = page.post(address(submission, "mended"), {"text": "Two.", "based_on": "0", "do": "back"})
    assert back["Location"] == address(submission)
    end = page.post(address(submission, "mended"), {"text": "Two.", "based_on": "1", "do": "next"})
    assert end["Location"] == f"/forms/{submission.key}/"
    assert [statement(submission, key).text for key in ("clear", "mended")] == ["One.", "Two."]


def test_too_many_words_are_saved_whole_and_flagged(page: Client, submission: Submission) -> None:
    text = "word " * 130
    html = autosave(page, submission, text=text).content.decode()
    assert "30 too many" in html
    assert "saved whole" in html
    assert statement(submission).text == text
    overview = page.get(f"/forms/{submission.key}/").content.decode()
    assert "30 words too many: 130 of 100" in overview
    assert "Too long" in overview


def test_what_two_wrote_is_brought_together_and_shown(
    page: Client, submission: Submission, as_user: Callable[[User], Client], lead: Actor
) -> None:
    helper = person("helper@benchside.example")
    add_contributor(actor=lead, submission=submission, user=helper)
    autosave(page, submission, text="One. Two. Three.")
    autosave(as_user(helper), submission, text="One. Two. Three and more.", based_on="1")
    answer = autosave(page, submission, text="One so. Two. Three.", based_on="1")
    html = answer.content.decode()
    assert 'data-state="merged"' in html
    assert "One so. Two. Three and more." in html
    assert "Somebody else saved meanwhile" in html
    # Whoever typed on sends the number of their own words: nothing clashes with itself.
    typed = re.search(r'data-typed="(\d+)"', html)
    assert typed
    on = autosave(page, submission, text="One so, yes. Two. Three.", based_on=typed[1])
    assert "One so, yes. Two. Three and more." in on.content.decode()
    assert "You both wrote" not in on.content.decode()
    assert "Somebody else saved meanwhile" in on.content.decode()


def test_ones_own_second_window_is_nobody_else(page: Client, submission: Submission) -> None:
    autosave(page, submission, text="One. Two. Three.")
    autosave(page, submission, text="One. Two. Three and more.", based_on="1")
    html = autosave(page, submission, text="One so. Two. Three.", based_on="1").content.decode()
    assert "You saved this in another window" in html
    typed = re.search(r'data-typed="(\d+)"', html)
    assert typed
    on = autosave(page, submission, text="One so, yes. Two. Three.", based_on=typed[1])
    assert "You saved this in another window" in on.content.decode()
    clash = page.post(address(submission), {"text": "Six.", "based_on": "1", "do": "next"})
    for words in ("You wrote here in two windows", "In the other"):
        assert words in clash.content.decode()
    for words in ("Somebody else", "Theirs"):
        assert words not in html + clash.content.decode()


def test_a_clash_is_named_on_the_page_and_both_stand(
    page: Client, submission: Submission, lead: Actor
) -> None:
    helper = person("helper@benchside.example")
    add_contributor(actor=lead, submission=submission, user=helper)
    for number, (who, text) in enumerate(((lead, "We sweep."), (Actor.of(helper), "We wash <b>."))):
        save_statement(
            actor=who, submission=submission, criterion="clear", text=text, based_on=number
        )
    answer = page.post(address(submission), {"text": "We polish.", "based_on": "1", "do": "next"})
    html = answer.content.decode()
    assert answer.status_code == 200, "who clashed stays to choose"
    assert "You both wrote in one place" in html
    assert kept(answer) == "We polish. We wash &lt;b&gt;."


HOSTILE = [
    {"text": "a\0b"},
    {"text": "x" * 60_001},
    {"text": "ok", "based_on": "99999999999999999999"},
    {"text": "ok", "based_on": "-1"},
    {"text": "ok", "based_on": "one"},
    {"text": "ok", "choice": "No such answer"},
    {"text": "ok", "choice": "x" * 300},
]


@pytest.mark.parametrize("sent", HOSTILE, ids=lambda sent: str(sent)[:40])
def test_what_cannot_be_saved_stays_on_the_page(
    page: Client, submission: Submission, sent: dict[str, str]
) -> None:
    part = autosave(page, submission, **sent)
    assert part.status_code in {409, 422}
    assert "Not saved" in part.content.decode()
    assert f'value="{sent.get("based_on", "0")}"' in part.content.decode()
    whole = page.post(address(submission), {"based_on": "0", "do": "next", **sent})
    assert whole.status_code in {409, 422}
    assert kept(whole) == escape(sent["text"])
    assert statement(submission).number == 0


@pytest.mark.parametrize("based_on", ["", "7", "2147483647"])
def test_a_number_nobody_gave_out_loses_nothing(
    page: Client, submission: Submission, based_on: str
) -> None:
    autosave(page, submission, text="Theirs.")
    autosave(page, submission, text="Mine.", based_on=based_on)
    found = statement(submission)
    assert {"Theirs.", "Mine."} <= set(found.versions.values_list("text", flat=True))
    assert "Theirs." in found.text
    assert "Mine." in found.text


def test_letters_of_any_script_and_markup_come_back_as_typed(
    page: Client, submission: Submission
) -> None:
    text = "  \n<script>alert(1)</script> & “naïve” 工房 🔧 {{ x }} \r\nlast  "
    autosave(page, submission, text=text)
    as_kept = text.replace("\r\n", "\n")
    assert statement(submission).text == as_kept
    assert kept(page.get(address(submission))) == escape(as_kept)


def test_a_closed_one_shows_what_was_sent_and_keeps_what_is_typed(
    page: Client, submission: Submission, lead: Actor
) -> None:
    autosave(page, submission, text="Sent words.")
    withdraw_submission(actor=lead, submission=submission)
    assert autosave(page, submission, text="Late words.", based_on="1").status_code == 409
    answer = page.post(address(submission), {"text": "Late words.", "based_on": "1"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "its words can no longer change" in html
    assert kept(answer) == "Late words."
    assert "Sent words." in html
    read = page.get(address(submission)).content.decode()
    assert "Sent words." in read
    assert '<textarea id="text"' not in read


def test_words_of_somebody_signed_out_come_back_after_sign_in(
    head: User, submission: Submission
) -> None:
    client = Client()
    sent = client.post(address(submission), {"text": "Typed for an hour.", "based_on": "0"})
    assert "/accounts/login/" in sent["Location"]
    signed_in = client.post(sent["Location"], {"login": head.email, "password": PASSWORD})
    assert signed_in["Location"] == address(submission)
    back = client.get(address(submission))
    assert kept(back) == "Typed for an hour."
    assert "not saved yet" in back.content.decode()
    assert statement(submission).number == 0
    assert kept(client.get(address(submission))) == ""


def test_an_autosave_of_somebody_signed_out_is_told_so(submission: Submission) -> None:
    client = Client()
    assert autosave(client, submission, text="Words.").status_code == 401
    assert client.session.get("kept_writing") is None


def test_words_for_a_form_that_is_not_there_are_not_kept(submission: Submission) -> None:
    client = Client()
    client.post("/forms/00000000-0000-0000-0000-000000000000/clear/", {"text": "Words."})
    client.post(address(submission, "no-such"), {"text": "Words."})
    assert client.session.get("kept_writing") is None


def test_a_part_taken_away_meanwhile_keeps_the_words_on_the_page(
    submission: Submission, as_user: Callable[[User], Client], lead: Actor
) -> None:
    helper = person("helper@benchside.example")
    add_contributor(actor=lead, submission=submission, user=helper, criterion="mended")
    answer = as_user(helper).post(address(submission), {"text": "My words.", "based_on": "0"})
    assert answer.status_code == 403
    assert kept(answer) == "My words."
    assert statement(submission).number == 0


def test_one_of_the_answers_is_chosen(head: User, page: Client) -> None:
    area = {
        "key": "a",
        "title": "A",
        "criteria": [
            {"key": "paid", "title": "Paid", "prompt": "Are you?", "words": 0,
             "options": ["Yes", "Not yet"]},
        ],
    }  # fmt: skip
    one = begun(head, a_version(key="chosen", areas=[area]))
    html = page.get(address(one, "paid")).content.decode()
    assert html.count('type="radio"') == 2
    assert '<textarea id="text"' not in html
    page.post(address(one, "paid"), {"choice": "Not yet", "based_on": "0", "do": "next"})
    assert statement(one, "paid").choice == "Not yet"
    overview = page.get(f"/forms/{one.key}/").content.decode()
    assert "1 of 1 done" in overview


def test_a_question_that_is_not_asked_at_this_level_is_not_there(
    page: Client, submission: Submission
) -> None:
    assert page.get(address(submission, "thanked")).status_code == 404
    assert page.get(address(submission, "no-such")).status_code == 404


def test_pages_are_never_kept_by_a_cache(page: Client, submission: Submission) -> None:
    for path in ("/forms/", f"/forms/{submission.key}/", address(submission)):
        assert "no-store" in page.get(path)["Cache-Control"], path


def test_no_question_can_be_hidden_by_another_page() -> None:
    """Every fixed word after a submission's key is reserved, and a standard that uses one as the
    key of a criterion is refused."""
    found = [re.match(r"forms/<uuid:key>/([a-z][\w-]*)", one) for one in all_patterns()]
    assert {one[1] for one in found if one} <= RESERVED
    broken = FILE.read_text().replace('key = "clear"', 'key = "people"')
    with pytest.raises(BrokenStandard, match="is a word of addresses"):
        parse("made_up.toml", broken.encode())
