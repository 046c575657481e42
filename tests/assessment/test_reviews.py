"""Reviews are independent, decisions take two people, appeals are heard by others again."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import writing_rules
from benchside.assessment.actions import (
    accept_seat,
    add_feedback,
    answer_request,
    appeal_decision,
    ask_for_more,
    begin_submission,
    decide_appeal,
    decline_seat,
    give_seat,
    load_standard,
    publish_standard,
    ratify_decision,
    recommend_decision,
    release_feedback,
    return_submission,
    save_judgement,
    save_statement,
    send_back,
    sign,
    submit,
    submit_review,
)
from benchside.assessment.enums import CommentKind, DecisionOutcome
from benchside.assessment.interests import conflicts_of
from benchside.assessment.models import (
    Award,
    Decision,
    Duty,
    Evidence,
    Interest,
    Partnership,
    Seat,
    Serves,
    Submission,
    Supporter,
)
from benchside.assessment.panels import disagreement_of, judgements_read_by, outcome_of
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person

FILE = Path(__file__).parent / "made_up.toml"
KEYS = ("clear", "mended")
pytestmark = pytest.mark.django_db


def with_duties(name: str, *kinds: str) -> User:
    email = f"{name}@benchside.example"
    user = User.objects.filter(email=email).first() or person(email)
    for kind in kinds:
        Duty.objects.get_or_create(user=user, standard="tidy-bench", kind=kind)
    return user


@pytest.fixture
def head() -> User:
    return a_member(an_organisation("northmoor"))


@pytest.fixture
def officer() -> User:
    return with_duties("officer", "assign")


@pytest.fixture
def board() -> User:
    return with_duties("board", "ratify")


@pytest.fixture
def sent(head: User, monkeypatch: pytest.MonkeyPatch) -> Submission:
    """A submission that was signed and sent in."""
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == head])
    monkeypatch.setattr(writing_rules, "signers", [lambda actor, *_: actor.account == head])
    lead = Actor.of(head)
    version = load_standard(actor=SYSTEM, standard=read(FILE))
    publish_standard(actor=SYSTEM, version=version)
    here = head.memberships.get().organisation
    one = begin_submission(actor=lead, version=version, organisation=here, level="plain")
    for key in KEYS:
        save_statement(actor=lead, submission=one, criterion=key, text="We do.", based_on=0)
    shown = Evidence.objects.create(
        submission=one, kind="link", title="Log", url="https://example.org/"
    )
    Serves.objects.create(evidence=shown, criterion="mended")
    sign(actor=lead, submission=one, step="head", signed_as="Hedda Made-Up")
    submit(actor=lead, submission=one)
    return one


def seated(officer: User, submission: Submission, name: str, number: int) -> Seat:
    user = User.objects.filter(email=f"{name}@benchside.example").first()
    seat = give_seat(
        actor=Actor.of(officer),
        submission=submission,
        user=user or person(f"{name}@benchside.example"),
        number=number,
    )
    accept_seat(actor=Actor.of(seat.user), seat=seat, no_conflict=True)
    return seat


def judge(seat: Seat, **grades: str) -> None:
    actor = Actor.of(seat.user)
    for key in KEYS:
        grade = grades.get(key, "met")
        save_judgement(actor=actor, seat=seat, criterion=key, grade=grade, reason="Seen.")
    submit_review(actor=actor, seat=seat)


def reviewed(officer: User, submission: Submission, **grades: str) -> None:
    seats = [seated(officer, submission, name, n) for n, name in ((1, "ann"), (2, "bo"))]
    for seat in seats:
        judge(seat, **grades)
    submission.refresh_from_db()


def recommended(officer: User, submission: Submission, outcome: DecisionOutcome) -> Decision:
    return recommend_decision(
        actor=Actor.of(officer),
        submission=submission,
        outcome=outcome,
        reasons="As the reviewers say.",
    )


# --- who may look --------------------------------------------------------------------------------
def test_nobody_of_the_organisation_or_a_partner_is_seated_even_by_an_administrator(
    sent: Submission, head: User
) -> None:
    assert sent.organisation is not None
    other = an_organisation("southmoor")
    one, two = sorted((sent.organisation, other), key=lambda each: each.pk)
    Partnership.objects.create(one=one, other=two)
    admin = User.objects.create_superuser("admin@benchside.example", "a long password indeed")
    for user in (head, a_member(other)):
        with pytest.raises(Refused, match="may not look"):
            give_seat(actor=Actor.of(admin), submission=sent, user=user, number=1)


def test_a_supporter_is_known_by_their_address(sent: Submission) -> None:
    friend = person("friend@benchside.example")
    Supporter.objects.create(
        submission=sent,
        name="Friend",
        email="Friend@benchside.example",
        token_digest="x" * 64,
        expires_at=timezone.now() + timedelta(days=1),
    )
    assert [str(one) for one in conflicts_of(friend, sent)] == ["supporter"]


def test_who_names_an_interest_is_not_asked_again(sent: Submission, officer: User) -> None:
    user = person("ann@benchside.example")
    actor = Actor.of(officer)
    seat = give_seat(actor=actor, submission=sent, user=user, number=1)
    decline_seat(actor=Actor.of(user), seat=seat, interest="My sister works there.")
    assert conflicts_of(user, sent)
    give_seat(actor=actor, submission=sent, user=person("bo@benchside.example"), number=1)


def test_a_seat_is_not_taken_without_the_word_that_there_is_no_interest(
    sent: Submission, officer: User
) -> None:
    user = person("ann@benchside.example")
    seat = give_seat(actor=Actor.of(officer), submission=sent, user=user, number=1)
    with pytest.raises(Refused, match="no interest"):
        accept_seat(actor=Actor.of(user), seat=seat, no_conflict=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(state="accepted")


# --- judging -------------------------------------------------------------------------------------
def test_no_reviewer_reads_another_before_their_own_is_in(sent: Submission, officer: User) -> None:
    first, second = (seated(officer, sent, name, n) for n, name in ((1, "ann"), (2, "bo")))
    judge(first)
    assert judgements_read_by(second.user, sent, may_decide=False) == []
    assert judgements_read_by(second.user, sent, may_decide=True) == []
    judge(second)
    assert len(judgements_read_by(second.user, sent, may_decide=False)) == 4
    assert judgements_read_by(person("c@benchside.example"), sent, may_decide=False) == []


def test_a_review_is_handed_in_whole_and_with_its_reasons(sent: Submission, officer: User) -> None:
    seat = seated(officer, sent, "ann", 1)
    actor = Actor.of(seat.user)
    with pytest.raises(Refused, match="It is clear: not judged"):
        submit_review(actor=actor, seat=seat)
    for key in KEYS:
        save_judgement(actor=actor, seat=seat, criterion=key, grade="partly")
    with pytest.raises(Refused, match="needs a reason"):
        submit_review(actor=actor, seat=seat)
    with pytest.raises(Denied):
        save_judgement(actor=Actor.of(officer), seat=seat, criterion="clear", grade="met")


def test_two_who_agree_are_enough(sent: Submission, officer: User) -> None:
    reviewed(officer, sent)
    assert sent.state == "reviewed"
    assert outcome_of(sent).recommended


def test_where_two_disagree_a_third_looks_and_two_of_three_settle_it(
    sent: Submission, officer: User
) -> None:
    first, second = (seated(officer, sent, name, n) for n, name in ((1, "ann"), (2, "bo")))
    with pytest.raises(Refused, match="no such seat"):
        seated(officer, sent, "cy", 3)
    judge(first)
    judge(second, clear="not-met")
    sent.refresh_from_db()
    assert (sent.state, disagreement_of(sent)) == ("in-review", ("clear",))
    third = seated(officer, sent, "cy", 3)
    assert judgements_read_by(third.user, sent, may_decide=False) == []
    judge(third, clear="partly")
    sent.refresh_from_db()
    assert sent.state == "reviewed"
    assert outcome_of(sent).unmet == ("clear",)


def test_more_is_asked_for_as_often_as_the_standard_says(
    sent: Submission, officer: User, head: User
) -> None:
    seat, _ = (seated(officer, sent, name, n) for n, name in ((1, "ann"), (2, "bo")))
    due = date(2027, 1, 1)
    ask_for_more(actor=Actor.of(seat.user), seat=seat, text="A photograph?", due_on=due)
    sent.refresh_from_db()
    assert sent.state == "more-asked"
    assert sent.is_open
    answer_request(actor=Actor.of(head), submission=sent)
    seat.refresh_from_db()
    with pytest.raises(Refused, match="1 time already"):
        ask_for_more(actor=Actor.of(seat.user), seat=seat, text="Another?", due_on=due)


def test_feedback_is_read_once_it_is_released(sent: Submission, officer: User) -> None:
    seat, other = (seated(officer, sent, name, n) for n, name in ((1, "ann"), (2, "bo")))
    add_feedback(actor=Actor.of(seat.user), seat=seat, kind=CommentKind.COMMEND, text="Tidy!")
    with pytest.raises(Refused, match="not all in"):
        release_feedback(actor=Actor.of(officer), submission=sent)
    judge(seat)
    judge(other)
    sent.refresh_from_db()
    assert release_feedback(actor=Actor.of(officer), submission=sent) == 1


# --- deciding ------------------------------------------------------------------------------------
def test_a_yes_takes_two_people_and_grants_the_award(
    sent: Submission, officer: User, board: User
) -> None:
    reviewed(officer, sent)
    decision = recommended(officer, sent, DecisionOutcome.APPROVE)
    both = with_duties("officer", "assign", "ratify")
    with pytest.raises(Refused, match="You recommended this"):
        ratify_decision(actor=Actor.of(both), decision=decision)
    award = ratify_decision(actor=Actor.of(board), decision=decision)
    assert award is not None
    assert (award.organisation, award.level, award.state) == (sent.organisation, "plain", "held")
    with pytest.raises(Refused, match="ratified already"):
        ratify_decision(actor=Actor.of(board), decision=decision)
    assert Award.objects.count() == 1


def test_whoever_acts_is_who_is_asked_about(sent: Submission, officer: User) -> None:
    """No account is named beside the actor, so none can stand in for another."""
    reviewed(officer, sent)
    decision = recommended(officer, sent, DecisionOutcome.APPROVE)
    with pytest.raises(Denied):
        ratify_decision(actor=SYSTEM, decision=decision)


def test_a_reviewer_ratifies_nothing_they_reviewed(sent: Submission, officer: User) -> None:
    with_duties("ann", "ratify")
    reviewed(officer, sent)
    decision = recommended(officer, sent, DecisionOutcome.APPROVE)
    ann = User.objects.get(email="ann@benchside.example")
    with pytest.raises(Refused, match="You reviewed this"):
        ratify_decision(actor=Actor.of(ann), decision=decision)


def test_a_reviewer_recommends_nothing_they_reviewed(sent: Submission, officer: User) -> None:
    reviewed(officer, sent)
    ann = with_duties("ann", "assign")
    with pytest.raises(Refused, match="You reviewed this"):
        recommended(ann, sent, DecisionOutcome.APPROVE)
    assert not Decision.objects.exists()


def test_who_was_asked_and_said_no_may_still_recommend(sent: Submission, officer: User) -> None:
    seat = give_seat(actor=Actor.of(officer), submission=sent, user=officer, number=1)
    decline_seat(actor=Actor.of(officer), seat=seat)
    reviewed(officer, sent)
    recommended(officer, sent, DecisionOutcome.APPROVE)


def test_nobody_sends_back_what_they_could_not_ratify(sent: Submission, officer: User) -> None:
    reviewed(officer, sent)
    decision = recommended(officer, sent, DecisionOutcome.APPROVE)
    sister = with_duties("sister", "ratify")
    Interest.objects.create(user=sister, submission=sent, what="My sister wrote it.")
    for user, why in (
        (with_duties("officer", "ratify"), "You recommended"),
        (with_duties("ann", "ratify"), "You reviewed"),
        (sister, "declared an interest"),
    ):
        with pytest.raises(Refused, match=why):
            send_back(actor=Actor.of(user), decision=decision, why="Say more.")
    sent.refresh_from_db()
    assert sent.state == "recommended"


def test_who_was_only_asked_before_a_return_is_asked_again(
    sent: Submission, officer: User, head: User
) -> None:
    actor, ann, bo = Actor.of(officer), *(person(f"{n}@benchside.example") for n in ("ann", "bo"))
    give_seat(actor=actor, submission=sent, user=ann, number=1)
    return_submission(actor=actor, submission=sent, words="A page is missing.")
    assert OutgoingMail.objects.filter(name="assessment/seat_ended", to=[ann.email]).exists()
    submit(actor=Actor.of(head), submission=sent)
    give_seat(actor=actor, submission=sent, user=ann, number=1)
    sent.refresh_from_db()
    seat = sent.seats.get(user=ann)
    accept_seat(actor=Actor.of(ann), seat=seat, no_conflict=True)
    return_submission(actor=actor, submission=sent, words="Another page is missing.")
    submit(actor=Actor.of(head), submission=sent)
    with pytest.raises(Refused, match="sat on it before"):
        give_seat(actor=actor, submission=sent, user=ann, number=1)
    give_seat(actor=actor, submission=sent, user=bo, number=1)


def test_the_database_itself_wants_two_people(sent: Submission, officer: User) -> None:
    reviewed(officer, sent)
    decision = recommended(officer, sent, DecisionOutcome.APPROVE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            ratified_by=officer.person_id, ratified_at=timezone.now()
        )


def test_an_appeal_is_heard_by_others_and_a_new_panel_looks(
    sent: Submission, officer: User, board: User, head: User
) -> None:
    reviewed(officer, sent, clear="not-met")
    decision = recommended(officer, sent, DecisionOutcome.DECLINE)
    assert ratify_decision(actor=Actor.of(board), decision=decision) is None
    appeal = appeal_decision(actor=Actor.of(head), decision=decision, grounds="You missed it.")
    with pytest.raises(Refused, match="You ratified this"):
        decide_appeal(actor=Actor.of(board), appeal=appeal, uphold=True, answer="Yes.")
    other = with_duties("other-board", "ratify")
    decide_appeal(actor=Actor.of(other), appeal=appeal, uphold=True, answer="Yes.")
    sent.refresh_from_db()
    assert sent.state == "in-review"
    for name in ("ann", "officer", "board", "other-board"):
        with pytest.raises(Refused, match="may not look"):
            seated(officer, sent, name, 10)
    for number, name in ((10, "dee"), (11, "ed")):
        judge(seated(officer, sent, name, number))
    sent.refresh_from_db()
    assert sent.state == "reviewed"
    with pytest.raises(Refused, match=r"overturned on appeal.*administrator gives it"):
        recommended(officer, sent, DecisionOutcome.APPROVE)
    again = recommended(with_duties("second", "assign"), sent, DecisionOutcome.APPROVE)
    with pytest.raises(Refused, match="overturned on appeal"):
        ratify_decision(actor=Actor.of(board), decision=again)
    assert ratify_decision(actor=Actor.of(other), decision=again) is not None


def test_an_appeal_has_its_last_day(
    sent: Submission, officer: User, board: User, head: User
) -> None:
    reviewed(officer, sent, clear="not-met")
    decision = recommended(officer, sent, DecisionOutcome.DECLINE)
    ratify_decision(actor=Actor.of(board), decision=decision)
    assert decision.ratified_at is not None
    with (
        time_machine.travel(decision.ratified_at + timedelta(days=29), tick=False),
        pytest.raises(Refused, match="last day to appeal"),
    ):
        appeal_decision(actor=Actor.of(head), decision=decision, grounds="Late.")


def test_conditions_are_said_or_there_are_none(sent: Submission, officer: User) -> None:
    reviewed(officer, sent)
    with pytest.raises(Refused, match="conditions are missing"):
        recommended(officer, sent, DecisionOutcome.CONDITIONS)
