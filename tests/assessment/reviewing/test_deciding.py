"""Two people decide, and the second of what they read; a third hears the appeal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.enums import AppealState, DecisionOutcome
from benchside.assessment.models import Appeal, Decision, Submission
from benchside.core.actions import Actor, Refused
from tests.factories.assessment import a_seat, a_submission, hand_in, with_duties
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
CHANGED = "It has changed since you read it. Read it again."


def at(one: Submission, page: str = "") -> str:
    return f"/assess/submissions/{one.key}/{page}"


def ratified_at(decision: Decision) -> str:
    return at(decision.submission, f"ratify/{decision.pk}/")


def recommended_anew(one: Submission, officer: User, board: User) -> tuple[Decision, Decision]:
    """What somebody has on the screen, and what stands in its place: a no for a yes."""
    read = one.decisions.get()
    actions.send_back(actor=Actor.of(board), decision=one.decisions.get(), why="Say more.")
    one.refresh_from_db()
    new = actions.recommend_decision(
        actor=Actor.of(officer),
        submission=one,
        outcome=DecisionOutcome.DECLINE,
        reasons="As it is now.",
    )
    return read, new


@pytest.mark.parametrize("verb", ["ratify", "back"])
def test_only_what_was_read_is_ratified_or_sent_back(
    high_desk: Client, officer: User, board: User, verb: str
) -> None:
    one = a_submission("recommended")
    assert ratified_at(one.decisions.get()) in high_desk.get(at(one)).content.decode()
    read, new = recommended_anew(one, officer, board)
    said = {"verb": verb, "why": "Not so."}
    answer = high_desk.post(ratified_at(read), said, follow=True).content.decode()
    assert CHANGED in answer
    assert ratified_at(new) in answer
    assert ("Not so." in answer) is (verb == "back")
    one.refresh_from_db()
    new.refresh_from_db()
    assert (one.state, new.ratified_at, new.overturned_at) == ("recommended", None, None)


def test_the_action_refuses_it_whatever_its_caller_holds(officer: User, board: User) -> None:
    one = a_submission("recommended")
    read, _ = recommended_anew(one, officer, board)
    read.submission.refresh_from_db()
    assert read.overturned_at is None  # as it was read
    with pytest.raises(Refused, match=CHANGED):
        actions.ratify_decision(actor=Actor.of(board), decision=read)
    with pytest.raises(Refused, match=CHANGED):
        actions.send_back(actor=Actor.of(board), decision=read, why="Not so.")
    one.refresh_from_db()
    assert one.state == "recommended"


@pytest.mark.parametrize(
    ("ahead", "why"), [(-2500, "That day is over."), (0, "from tomorrow on."), (1, "")]
)
def test_conditions_can_be_met_from_tomorrow_on(
    desk: Client, officer: User, ahead: int, why: str
) -> None:
    one, day = a_submission("reviewed"), timezone.localdate() + timedelta(days=ahead)
    said = {"outcome": "conditions", "reasons": "Nearly.", "conditions": "Mend the vice."}
    answer = desk.post(
        at(one, "recommend/"), {**said, "level": "plain", "conditions_by": day.isoformat()}
    )
    assert answer.status_code == (422 if why else 302)
    assert why in answer.content.decode()
    if why:
        with pytest.raises(Refused, match="from tomorrow on"):
            actions.recommend_decision(
                actor=Actor.of(officer), submission=one, outcome=DecisionOutcome.CONDITIONS,
                reasons="Nearly.", conditions="Mend the vice.", conditions_by=day,
            )  # fmt: skip
    assert Decision.objects.exists() is not bool(why)


def test_an_appeal_that_is_answered_is_not_heard_for_the_next(officer: User) -> None:
    """Upheld, looked at anew, declined again and appealed again: the first stays answered."""
    one = a_submission("appealed")
    first = Appeal.objects.get()
    hearer = with_duties("hearer", "ratify")
    actions.decide_appeal(actor=Actor.of(hearer), appeal=first, uphold=True, answer="Right.")
    for number, name in ((10, "dee"), (11, "ed")):
        one.refresh_from_db()
        hand_in(a_seat(one, name, number=number), clear="not-met")
    one.refresh_from_db()
    new = actions.recommend_decision(
        actor=Actor.of(with_duties("other-officer", "assign")), submission=one,
        outcome=DecisionOutcome.DECLINE, reasons="Again not.",
    )  # fmt: skip
    actions.ratify_decision(actor=Actor.of(with_duties("third", "ratify")), decision=new)
    one.refresh_from_db()
    holder = Actor.of(with_duties("holder", "assign"))
    Appeal.objects.create(decision=new, grounds="Still.", made_by=holder.person_id)
    Submission.objects.filter(pk=one.pk).update(state="appealed")
    client = sign_in(Client(), with_duties("fourth", "ratify"))
    said = {"uphold": "no", "answer": "It stands."}
    answer = client.post(at(one, f"appeal/{first.pk}/"), said)
    assert answer.status_code == 422
    assert "This appeal is answered already. Read it again." in answer.content.decode()
    assert new.appeals.get().state == AppealState.OPEN
    assert client.post(at(one, f"appeal/{new.appeals.get().pk}/"), said).status_code == 302


def test_an_appeal_is_offered_to_whoever_may_hear_it(desk: Client, high_desk: Client) -> None:
    """The others read who can."""
    one = a_submission("appealed")
    ratified, assigns = (client.get(at(one)).content.decode() for client in (high_desk, desk))
    assert "You ratified this, so you cannot hear the appeal. Ask somebody else" in ratified
    assert "heard by somebody who ratifies" in assigns
    other = sign_in(Client(), with_duties("other-board", "ratify"))
    assert "Answer the appeal" in other.get(at(one)).content.decode()
    for page in (ratified, assigns):
        assert "Answer the appeal" not in page
