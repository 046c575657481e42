"""People without an account who speak for a submission: asked, answering, too late."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.actions import (
    add_contributor,
    answer_support,
    ask_supporter,
    resend_supporter,
    withdraw_submission,
    withdraw_supporter,
)
from benchside.assessment.content import completeness
from benchside.assessment.models import Submission, Supporter, SupporterStatement
from benchside.assessment.showing import links
from benchside.assessment.standards import Standard, SupporterRules, parse, read
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail
from tests.assessment.showing.conftest import FILE
from tests.assessment.showing.making import complete, two_steps
from tests.factories.people import person

pytestmark = pytest.mark.django_db
HERE = {"headers": {"Origin": "http://testserver"}}


@pytest.fixture
def standard() -> Standard:
    return two_steps(read(FILE), supporters=SupporterRules(count=1, days=28))


@pytest.fixture
def asked(lead: Actor, submission: Submission) -> Supporter:
    return ask_supporter(
        actor=lead, submission=submission, name="Sam Made-Up", email="sam@example.org",
        relation="Head of chemistry",
    )  # fmt: skip


def link_in(letter: OutgoingMail) -> str:
    found = re.search(r"http://[^/]+(/forms/support/\S+)", letter.text)
    assert found
    return found[1]


def send(client: Client, link: str, **said: str):  # type: ignore[no-untyped-def]
    html = client.get(link).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', html)
    given = {f"say-{key}": text for key, text in said.items()}
    return client.post(link, {"token": token[1] if token else "", **given}, **HERE)


def test_a_standard_says_how_many_and_how_long() -> None:
    text = FILE.read_text().replace("[review]", "[supporters]\ncount = 3\ndays = 14\n\n[review]")
    assert parse("x.toml", text.encode()).supporters == SupporterRules(count=3, days=14)
    assert read(FILE).supporters is None


def test_asked_by_mail_answered_without_an_account_and_unread_by_the_writer(
    as_lead: Client, lead: Actor, submission: Submission
) -> None:
    complete(lead, submission)
    page = reverse("assessment:supporters", args=[submission.key])
    assert [gap.lacks for gap in completeness(submission).gaps] == ["0 of 1 have answered"]
    as_lead.post(page, {"name": "Sam Made-Up", "email": "sam@example.org"})
    link = link_in(OutgoingMail.objects.get(name="assessment/supporter_asked"))
    visitor = Client()
    html = visitor.get(link).content.decode()
    assert "Will you speak for Northmoor?" in html
    assert not visitor.cookies
    response = send(visitor, link, bench="I saw it tidy.", people="They were thanked.")
    assert response.status_code == 302
    html = visitor.get(link).content.decode()
    assert "Thank you. It has arrived" in html
    assert "I saw it tidy." not in html
    said = dict(SupporterStatement.objects.values_list("area", "text"))
    assert said == {"bench": "I saw it tidy.", "people": "They were thanked."}
    assert completeness(submission).is_whole
    html = as_lead.get(page).content.decode()
    assert "Answered" in html
    assert "I saw it tidy." not in html
    told = OutgoingMail.objects.get(name="assessment/supporter_answered")
    assert "I saw it tidy." not in told.text + told.html
    details = " ".join(str(one.detail) for one in AuditEvent.objects.all())
    assert "sam@example.org" not in details
    assert "Sam" not in details


def test_nothing_typed_is_lost_where_an_area_is_left_out(asked: Supporter) -> None:
    link = reverse("assessment:support", args=[links.token_of(asked)])
    response = send(Client(), link, bench="I saw it tidy.")
    html = response.content.decode()
    assert response.status_code == 422
    assert "Say something of “The people”" in html
    assert "I saw it tidy." in html
    long = "x" * 4001
    html = send(Client(), link, bench=long, people="y").content.decode()
    assert "use 4,000 letters at most" in html
    assert long in html
    assert not SupporterStatement.objects.exists()


def test_one_area_is_enough_where_the_standard_says_so(
    asked: Supporter, submission: Submission
) -> None:
    content = {
        **submission.version.content,
        "supporters": {"count": 1, "days": 28, "per_area": False},
    }
    type(submission.version).objects.update(content=content, digest="one-is-enough")
    link = reverse("assessment:support", args=[links.token_of(asked)])
    assert send(Client(), link).status_code == 422
    assert send(Client(), link, people="They were thanked.").status_code == 302


def test_what_was_sent_is_sent_once(asked: Supporter) -> None:
    link = reverse("assessment:support", args=[links.token_of(asked)])
    said = {"bench": "Tidy.", "people": "Thanked."}
    send(Client(), link, **said)
    send(Client(), link, bench="Not so tidy.", people="No.")
    assert dict(SupporterStatement.objects.values_list("area", "text")) == said
    asked.refresh_from_db()
    with pytest.raises(Refused, match="answered already"):
        answer_support(actor=links.holder_of(asked), supporter=asked, texts=said)


def test_a_lapsed_link_keeps_the_words_and_asks_for_a_new_one(
    asked: Supporter, as_lead: Client, lead: Actor, lena
) -> None:  # type: ignore[no-untyped-def]
    link = reverse("assessment:support", args=[links.token_of(asked)])
    visitor = Client()
    html = visitor.get(link).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', html)
    assert token
    OutgoingMail.objects.all().delete()
    later = timezone.now() + timedelta(days=29)
    Supporter.objects.filter(pk=asked.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    given = {"token": token[1], "say-bench": "I saw it tidy.", "say-people": "Thanked."}
    response = visitor.post(link, given, **HERE)
    html = response.content.decode()
    assert response.status_code == 410
    for words in ("This link has lapsed", "I saw it tidy.", "Ask for a new link"):
        assert words in html
    response = visitor.post(f"{link}again/", **HERE)
    assert "We wrote to whoever asked you" in response.content.decode()
    letter = OutgoingMail.objects.get()
    assert letter.to == [lena.email]
    assert letter.name == "assessment/supporter_asks_again"
    resend_supporter(actor=lead, supporter=asked)
    assert visitor.get(link).status_code == 404  # the old one
    new = link_in(OutgoingMail.objects.get(name="assessment/supporter_asked"))
    assert visitor.get(new).status_code == 200
    with time_machine.travel(later):
        assert visitor.get(new).status_code == 410


def test_saying_no_takes_a_press(asked: Supporter) -> None:
    link = reverse("assessment:support", args=[links.token_of(asked)])
    visitor = Client()
    assert "Say no to Northmoor?" in visitor.get(f"{link}decline/").content.decode()
    asked.refresh_from_db()
    assert asked.declined_at is None
    visitor.post(f"{link}decline/", **HERE)
    assert "You said no" in visitor.get(link).content.decode()
    assert OutgoingMail.objects.filter(name="assessment/supporter_declined").count() == 1


def test_forms_of_others_and_robots_send_nothing(asked: Supporter) -> None:
    link = reverse("assessment:support", args=[links.token_of(asked)])
    visitor = Client()
    html = visitor.get(link).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', html)
    assert token
    given = {"token": token[1], "say-bench": "Tidy.", "say-people": "Thanked."}
    foreign = {"headers": {"Origin": "https://evil.example"}}
    assert visitor.post(link, given, **foreign).status_code == 422
    assert visitor.post(link, given).status_code == 422
    assert visitor.post(link, {**given, "token": "x"}, **HERE).status_code == 422
    visitor.post(link, {**given, "website": "https://spam.example"}, **HERE)
    visitor.post(f"{link}decline/", **foreign)
    asked.refresh_from_db()
    assert (asked.answered_at, asked.declined_at) == (None, None)


def test_the_page_names_itself_to_no_other_site(asked: Supporter) -> None:
    response = Client().get(reverse("assessment:support", args=[links.token_of(asked)]))
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    wrong = Client().get(reverse("assessment:support", args=["0" * 64]))
    assert wrong.status_code == 404
    assert "cut short in your mail" in wrong.content.decode()


def test_who_may_be_asked(lead: Actor, asked: Supporter, submission: Submission, lena) -> None:  # type: ignore[no-untyped-def]
    helper = person("helper@example.org")
    add_contributor(actor=lead, submission=submission, user=helper)
    ask = {"actor": lead, "submission": submission, "name": "Somebody"}
    for email, why in (
        ("SAM@example.org", "asked already"),
        (helper.email, "write this themselves"),
        (lena.email.upper(), "write this themselves"),
        ("nobody", "no e-mail address"),
    ):
        with pytest.raises(Refused, match=why):
            ask_supporter(email=email, **ask)
    with pytest.raises(Denied):
        ask_supporter(**{**ask, "actor": Actor.of(helper)}, email="x@example.org")
    for number in range(2):
        ask_supporter(email=f"s{number}@example.org", **ask)
    with pytest.raises(Refused, match="3 people were asked already"):
        ask_supporter(email="fourth@example.org", **ask)


def test_taken_back_only_before_the_answer(lead: Actor, asked: Supporter) -> None:
    link = reverse("assessment:support", args=[links.token_of(asked)])
    send(Client(), link, bench="Tidy.", people="Thanked.")
    with pytest.raises(Refused, match="what they said stays"):
        withdraw_supporter(actor=lead, supporter=asked)
    with pytest.raises(Refused, match="answered already"):
        resend_supporter(actor=lead, supporter=asked)
    assert SupporterStatement.objects.count() == 2


def test_from_the_list_sent_again_and_taken_back(
    as_lead: Client, as_head: Client, asked: Supporter, submission: Submission
) -> None:
    page = reverse("assessment:supporters", args=[submission.key])
    again = reverse("assessment:supporter_resend", args=[submission.key, asked.pk])
    back = reverse("assessment:supporter_take_back", args=[submission.key, asked.pk])
    assert as_head.post(back).status_code == 404
    old = asked.token_digest
    as_lead.post(again)
    asked.refresh_from_db()
    assert asked.token_digest != old
    as_lead.post(back)
    assert not Supporter.objects.exists()
    assert "Nobody is asked yet" in as_lead.get(page).content.decode()
    response = as_lead.post(page, {"name": "Sam", "email": "nonsense"})
    assert response.status_code == 422
    assert 'value="Sam"' in response.content.decode()


def test_a_link_speaks_for_its_own_supporter_alone(
    lead: Actor, asked: Supporter, submission: Submission
) -> None:
    other = ask_supporter(
        actor=lead, submission=submission, name="Other", email="other@example.org"
    )
    with pytest.raises(Denied):
        answer_support(actor=links.holder_of(asked), supporter=other, texts={"bench": "x"})


def test_a_link_of_what_was_withdrawn_says_so_and_writes_to_nobody(
    asked: Supporter, lead: Actor
) -> None:
    link = reverse("assessment:support", args=[links.token_of(asked)])
    withdraw_submission(actor=lead, submission=asked.submission)
    response = send(Client(), link, bench="Tidy.", people="Thanked.")
    assert response.status_code in {410, 422}
    assert not SupporterStatement.objects.exists()
    page = Client().get(link)
    assert page.status_code == 410
    assert "It was taken back" in page.content.decode()
    Supporter.objects.filter(pk=asked.pk).update(expires_at=timezone.now() - timedelta(days=1))
    OutgoingMail.objects.all().delete()
    Client().post(f"{link}again/", **HERE)
    assert not OutgoingMail.objects.exists()


def test_a_second_window_says_what_is_not_part_of_what_was_sent(asked: Supporter) -> None:
    link, client = reverse("assessment:support", args=[links.token_of(asked)]), Client()
    token = re.search(r'name="token" value="([^"]+)"', client.get(link).content.decode())
    assert token
    first = {"token": token[1], "say-bench": "I saw it swept.", "say-people": "Yes."}
    assert client.post(link, first, **HERE).status_code == 302
    assert client.post(link, first, **HERE).status_code == 302  # the same again: nothing is lost
    late = client.post(link, {**first, "say-bench": "I saw it <b>shine</b>."}, **HERE)
    html = late.content.decode()
    assert late.status_code == 422
    assert "You had sent your answer already, from another window" in html
    assert "I saw it &lt;b&gt;shine&lt;/b&gt;." in html
    assert "new link" not in html
    assert html.count("<h3>") == 1  # what arrived is not called lost
