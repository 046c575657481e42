"""Feedback is worded, released and answered; a no can be appealed against, in time and once."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions, writing_rules
from benchside.assessment.enums import DecisionOutcome
from benchside.assessment.models import Appeal, Feedback, Submission
from benchside.core.actions import Actor, Refused
from benchside.core.models.mail import OutgoingMail
from tests.factories.assessment import a_submission, hand_in, somebody, with_duties
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(monkeypatch: pytest.MonkeyPatch) -> User:
    head = a_member(an_organisation("northmoor"))
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == head])
    return head


def of(head: User, state: str) -> Submission:
    return a_submission(state, organisation=head.memberships.get().organisation)


def said(one: Submission, text: str = "Sweep it daily.", kind: str = "recommend") -> Feedback:
    return Feedback.objects.create(
        submission=one, seat=one.seats.get(number=1), kind=kind, area="bench", text=text
    )


def at(one: Submission, page: str = "") -> str:
    return f"/forms/{one.key}/outcome/{page}"


def test_other_words_keep_the_first_ones_and_the_holder_reads_the_new(
    head: User, desk: Client
) -> None:
    one = of(head, "reviewed")
    first, second = said(one), said(one, "A tidy <b>rota</b>.", "commend")
    case = f"/assess/submissions/{one.key}/feedback/"
    words = {f"text-{first.pk}": "Please sweep it daily.", f"text-{second.pk}": second.text}
    assert desk.post(case, {**words, f"text-{first.pk}": " ", "verb": "keep"}).status_code == 422
    assert desk.post(case, {**words, "verb": "keep"}).status_code == 302
    again = {**words, f"text-{first.pk}": "Would you sweep it daily?"}
    client = sign_in(Client(), head)
    assert "sweep" not in client.get(at(one)).content.decode()
    assert desk.post(case, {**again, "verb": "release"}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.original, first.text) == ("Sweep it daily.", "Would you sweep it daily?")
    assert second.original == ""
    page = client.get(at(one)).content.decode()
    assert "Would you sweep it daily?" in page
    assert "Sweep it daily." not in page
    assert "A tidy &lt;b&gt;rota&lt;/b&gt;." in page
    late = desk.post(case, {**words, "verb": "release"}, follow=True)
    first.refresh_from_db()
    assert first.text == "Would you sweep it daily?"
    assert late.status_code in {200, 422}


def test_each_recommendation_is_answered_by_who_leads(head: User, desk: Client) -> None:
    one = of(head, "reviewed")
    first = said(one)
    client = sign_in(Client(), head)
    answer = {"text": "From Monday on."}
    assert client.post(at(one, f"{first.pk}/"), answer).status_code == 404  # not released yet
    desk.post(f"/assess/submissions/{one.key}/feedback/",
              {f"text-{first.pk}": first.text, "verb": "release"})  # fmt: skip
    assert client.post(at(one, f"{first.pk}/"), {"text": " "}).status_code == 422
    assert client.post(at(one, f"{first.pk}/"), answer).status_code == 302
    first.refresh_from_db()
    assert first.response == "From Monday on."
    assert first.responded_by == head.person_id
    other = said(of(head, "reviewed"))
    assert client.post(at(one, f"{other.pk}/"), answer).status_code == 404
    for user in (somebody("nobody"), somebody("ann"), somebody("officer")):
        stranger = sign_in(Client(), user)
        assert stranger.get(at(one)).status_code == 404
        assert stranger.post(at(one, f"{first.pk}/"), answer).status_code == 404


def test_a_no_is_read_with_its_reasons_and_appealed_against_once(head: User) -> None:
    one, client = of(head, "declined"), sign_in(Client(), head)
    page = client.get(at(one)).content.decode()
    assert "As the reviews say." in page
    for name in ("Ann", "Bo"):  # why, question by question; but nothing that is the panel's
        for question in one.version.standard.asked_at(one.level or None):
            assert f"What {name} says of {question.key}." in page
        assert f"What {name} keeps for the panel" not in page
    assert client.post(at(one, "appeal/"), {"grounds": ""}).status_code == 422
    long = client.post(at(one, "appeal/"), {"grounds": "word " * 1300})
    assert long.status_code == 422
    assert "word word" in long.content.decode()
    assert client.post(at(one, "appeal/"), {"grounds": "You missed the log."}).status_code == 302
    assert client.post(at(one, "appeal/"), {"grounds": "Again."}).status_code == 422
    assert Appeal.objects.get().grounds == "You missed the log."


def test_after_its_last_day_no_appeal_is_offered_or_taken(head: User) -> None:
    """The made-up standard says nothing of days, so there are 28, as the shape of a file has it."""
    one = of(head, "declined")
    with time_machine.travel(timezone.now() + timedelta(days=28), tick=False):
        client = sign_in(Client(), head)  # a session is over by then
        assert 'name="grounds"' in client.get(at(one)).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        client = sign_in(Client(), head)
        assert 'name="grounds"' not in client.get(at(one)).content.decode()
        late = client.post(at(one, "appeal/"), {"grounds": "Late."})
        assert late.status_code == 422
        assert "Late." in late.content.decode()
    assert not Appeal.objects.exists()


def test_only_what_was_not_met_is_read_and_only_with_a_no(head: User, desk: Client) -> None:
    place = head.memberships.get().organisation
    one, client = a_submission("in-review", organisation=place), sign_in(Client(), head)
    for seat in one.seats.order_by("number"):
        hand_in(seat, clear="not-met")
    one.refresh_from_db()
    officer, board = with_duties("officer", "assign"), with_duties("board", "ratify")
    decision = actions.recommend_decision(
        actor=Actor.of(officer), submission=one, outcome=DecisionOutcome.DECLINE, reasons="Nearly."
    )
    assert "What Ann says" not in client.get(at(one)).content.decode()
    actions.ratify_decision(actor=Actor.of(board), decision=decision)
    page = client.get(at(one)).content.decode()
    titles = {each.key: each.title for each in one.version.standard.criteria}
    assert f"<h4>{titles['clear']}</h4>" in page
    assert page.count("<h4>") == 1
    assert "What Ann says of clear." in page
    assert "What Bo says of clear." in page
    assert "keeps for the panel" not in page
    yes = client.get(at(of(head, "approved"))).content.decode()
    assert "What Ann says" not in yes


def test_whoever_judges_is_told_who_reads_why(head: User) -> None:
    one = of(head, "in-review")
    page = sign_in(Client(), somebody("ann")).get(
        f"/assess/seats/{one.seats.get(number=1).pk}/read/"
    )
    assert "If it is declined, whoever applied reads it too" in page.content.decode()


def test_nothing_to_read_is_not_released_and_has_no_letter(head: User, desk: Client) -> None:
    one = of(head, "reviewed")
    case = f"/assess/submissions/{one.key}/"
    assert "Release it" not in desk.get(case).content.decode()
    OutgoingMail.objects.all().delete()
    with pytest.raises(Refused, match="There is nothing to release"):
        actions.release_feedback(actor=Actor.of(with_duties("officer", "assign")), submission=one)
    said(one)
    assert "Release it" in desk.get(case).content.decode()
    actions.release_feedback(actor=Actor.of(with_duties("officer", "assign")), submission=one)
    letter = OutgoingMail.objects.get()
    assert "You can read now what they recommend." in letter.text
    assert "commend and" not in letter.text


def test_what_is_only_recommended_is_not_the_holders_to_read(head: User) -> None:
    one = of(head, "recommended")
    page = sign_in(Client(), head).get(at(one)).content.decode()
    assert "As the reviews say." not in page
    assert "Nothing to read yet" in page
