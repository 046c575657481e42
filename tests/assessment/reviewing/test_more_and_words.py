"""What is asked for beside what was sent gets back; a reviewer reads words, and loses none."""

import pytest
from django.test import Client
from django.utils import timezone

from benchside.assessment import actions, writing_rules
from benchside.assessment.enums import SubmissionState
from benchside.core.actions import SYSTEM, Actor, Refused
from tests.factories.assessment import a_seat, a_submission, hand_in, judge, somebody
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def test_the_holder_is_told_what_is_asked_for_and_sends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    head = a_member(an_organisation("northmoor"))
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == head])
    one = a_submission("submitted", organisation=head.memberships.get().organisation)
    seat = a_seat(one)
    a_seat(one, "bo", number=2)
    actions.ask_for_more(
        actor=Actor.of(seat.user), seat=seat, text="Show the rota.", due_on=timezone.localdate()
    )
    client = sign_in(Client(), head)
    for page in ("", "signatures/"):
        shown = client.get(f"/forms/{one.key}/{page}").content.decode()
        assert "Show the rota." in shown
        assert "You get a letter when" not in shown
    assert "Send what was asked for" in client.get(f"/forms/{one.key}/signatures/").content.decode()
    assert client.post(f"/forms/{one.key}/send-in/").status_code == 302
    one.refresh_from_db()
    assert one.state == SubmissionState.IN_REVIEW
    assert one.requests.get().answered_at is not None
    again = client.post(f"/forms/{one.key}/send-in/")
    assert again.status_code == 422
    assert "sent in already" in again.content.decode()
    assert "A submission:" not in again.content.decode()  # nor any word of the table of states


def test_an_answer_that_is_too_long_is_not_sent() -> None:
    one = a_submission("submitted")
    seat = a_seat(one)
    a_seat(one, "bo", number=2)
    actions.ask_for_more(
        actor=Actor.of(seat.user), seat=seat, text="More.", due_on=timezone.localdate()
    )
    one.refresh_from_db()
    limited = next(each for each in one.version.standard.criteria if each.words)
    said = one.statements.get(criterion=limited.key)
    actions.save_statement(
        actor=SYSTEM,
        submission=one,
        criterion=limited.key,
        text="word " * (limited.words + 1),
        choice=said.choice,
        based_on=said.number,
    )
    with pytest.raises(Refused, match="too many"):
        actions.answer_request(actor=SYSTEM, submission=one)
    one.refresh_from_db()
    assert one.state == SubmissionState.MORE_ASKED


def test_every_press_sends_what_is_typed_anywhere_on_the_page() -> None:
    seat = a_seat(a_submission("submitted"))
    page = sign_in(Client(), seat.user).get(f"/assess/seats/{seat.pk}/read/").content.decode()
    forms = [part for part in page.split("<form")[1:] if "/judge/" in part.partition(">")[0]]
    assert len(forms) == 1
    for one in seat.submission.version.standard.asked_at(seat.submission.level):
        tag = next(t for t in page.split("<textarea") if f'name="reason-{one.key}"' in t)
        assert 'form="judge"' in tag.partition(">")[0]


def test_a_judgement_is_called_what_the_standard_calls_it() -> None:
    one = a_submission("submitted")
    first, second = a_seat(one), a_seat(one, "bo", number=2)
    for seat in (first, second):
        judge(seat)
        hand_in(seat)
    grade = next(g for g in one.version.standard.review.grades if g.key == "met").title
    criterion = one.version.standard.criteria[0]
    page = sign_in(Client(), somebody("ann")).get(f"/assess/seats/{first.pk}/").content.decode()
    assert page.count(f"{criterion.title}: {grade}") == 2  # one's own, and the other's
    assert f"<h3>{criterion.key}: " not in page
    read = sign_in(Client(), somebody("ann")).get(f"/assess/seats/{first.pk}/read/")
    assert f"<p>{grade}</p>" in read.content.decode()


def test_what_it_comes_to_is_said_when_all_reviews_are_in(desk: Client) -> None:
    one = a_submission("submitted")
    a_seat(one, state="submitted")
    seat = a_seat(one, "bo", number=2)
    case = f"/assess/submissions/{one.key}/"
    assert "What this comes to" not in desk.get(case).content.decode()
    judge(seat)
    hand_in(seat)
    assert "What this comes to" in desk.get(case).content.decode()
