"""From a name that somebody types to a winner that everybody reads."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import ratify_decision, recommend_decision, save_statement
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.interests import conflicts_of
from benchside.assessment.models import Award, Duty, Submission
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.core.personal_data import erase_person
from benchside.core.states import NeedsMore, NoSuchMove
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import actions, links, queries, tasks
from tests.factories.nominations import (
    STANDARD,
    a_round,
    agreed,
    an_officer,
    judged,
    nominated,
    sent_in,
)
from tests.factories.people import person
from tests.factories.registers import an_applicant

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> NominationRound:
    return a_round()


@pytest.fixture
def lena() -> User:
    return person("lena@work.example", name="Lena Made-Up")


def decided(submission: Submission, outcome: DecisionOutcome) -> None:
    board = User.objects.filter(email="board@prize.example").first()
    if board is None:
        board = person("board@prize.example")
        Duty.objects.create(user=board, standard=STANDARD, kind=DutyKind.RATIFY)
    decision = recommend_decision(
        actor=Actor.of(an_officer()), submission=submission, outcome=outcome, reasons="Points."
    )
    ratify_decision(actor=Actor.of(board), decision=decision)


def letters(name: str) -> list[str]:
    return [one.to[0] for one in OutgoingMail.objects.filter(name=f"recognition/{name}")]


# --- nominating ----------------------------------------------------------------------------------
def test_nothing_is_written_of_anybody_before_they_agree(
    round_: NominationRound, lena: User
) -> None:
    one = nominated(round_, lena)
    assert letters("nominated") == ["nora@work.example"]
    assert not Submission.objects.exists()
    submission = agreed(one)
    assert submission.technician == one.technician
    assert submission.route == "research"
    assert letters("nominee_answered") == ["lena@work.example"]
    save_statement(
        actor=Actor.of(lena), submission=submission, criterion="did", text="A rig.", based_on=0
    )


def test_of_the_link_only_a_digest_is_kept(round_: NominationRound, lena: User) -> None:
    one = nominated(round_, lena)
    [letter] = OutgoingMail.objects.filter(name="recognition/nominated")
    token = letter.text.split("/nominations/yes/")[1].split("/")[0]
    assert len(token) == 32
    assert token not in str(Nomination.objects.values().get())
    assert links.nomination_of(token) == one
    assert links.nomination_of("0" * 32) is None


def test_whom_two_nominate_is_asked_once_and_the_second_cannot_tell(
    round_: NominationRound, lena: User
) -> None:
    first = nominated(round_, lena)
    otto = person("otto@work.example")
    second = nominated(round_, otto, email="NORA@work.example")
    other = nominated(round_, otto, email="nina@work.example")
    assert len(letters("nominated")) == 2  # to Nora, and to Nina
    assert second.get_state_display() == other.get_state_display()
    assert [line.nomination for line in queries.lines(round_)] == [first, other]
    with pytest.raises(Refused, match="You have nominated them"):
        nominated(round_, otto, email="nora@work.example")
    # Until the first is gone: then the second's is asked for, under a link of its own.
    actions.take_back(actor=Actor.of(lena), nomination=first)
    second.refresh_from_db()
    assert second.state == "asked"
    assert len(letters("nominated")) == 3
    token = OutgoingMail.objects.latest("pk").text.split("/nominations/yes/")[1].split("/")[0]
    assert links.nomination_of(token) == second


def test_whoever_says_no_is_not_asked_again_for_somebody_else(
    round_: NominationRound, lena: User
) -> None:
    first = nominated(round_, lena)
    second = nominated(round_, person("otto@work.example"))
    actions.take_back(actor=links.holder_of(first), nomination=first)
    second.refresh_from_db()
    assert (second.state, len(letters("nominated"))) == ("beside", 1)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tasks.let_nominations_lapse.func()
    second.refresh_from_db()
    assert second.state == "lapsed"


def test_who_may_not_be_nominated_and_when(round_: NominationRound, lena: User) -> None:
    nominated(round_, lena)
    with pytest.raises(Refused, match="You have nominated them in this category already"):
        nominated(round_, lena, email="NORA@work.example")
    nominated(round_, lena, category="teaching")
    with pytest.raises(Refused, match="cannot nominate yourself"):
        nominated(round_, lena, email="Lena@Work.example")
    with pytest.raises(Refused, match="no such category"):
        nominated(round_, lena, category="gardening", email="x@work.example")
    later = time_machine.travel(timezone.now() + timedelta(days=31))
    with later, pytest.raises(Refused, match="takes no nominations today"):
        nominated(round_, lena, email="x@work.example")
    assert Nomination.objects.count() == 2


def test_nobody_sends_many_letters_and_nobody_gets_many(
    round_: NominationRound, lena: User
) -> None:
    for number in range(actions.MOST_A_DAY):
        nominated(round_, lena, email=f"n{number}@work.example")
    with pytest.raises(Refused, match="20 people since yesterday"):
        nominated(round_, lena, email="x@work.example")
    for number in range(actions.MOST_TO_ONE):
        one = nominated(round_, person(f"o{number}@work.example"))
        actions.take_back(actor=links.holder_of(one), nomination=one)
    with pytest.raises(Refused, match="had several letters"):
        nominated(round_, person("otto@work.example"), email="NORA@work.example")
    assert len(letters("nominated")) == actions.MOST_A_DAY + actions.MOST_TO_ONE
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        nominated(round_, lena)


def test_nobody_agrees_for_another(round_: NominationRound, lena: User) -> None:
    one, other = nominated(round_, lena), nominated(round_, lena, email="otto@work.example")
    nora = an_applicant("nora@work.example")
    una = person("una@work.example")
    for actor in (Actor.of(una), Actor.of(lena), links.holder_of(other)):
        with pytest.raises(Denied):
            actions.agree(actor=actor, nomination=one, technician=nora, name="Nora")
    with pytest.raises(Refused, match="your own nomination"):
        actions.agree(
            actor=links.holder_of(one),
            nomination=one,
            technician=an_applicant(user=lena),
            name="Nora",
        )
    assert not Submission.objects.exists()


def test_a_no_is_final_and_the_nominator_hears_of_it(round_: NominationRound, lena: User) -> None:
    one = nominated(round_, lena)
    actions.say_no(actor=links.holder_of(one), nomination=one)
    assert letters("nominee_answered") == ["lena@work.example"]
    with pytest.raises(NoSuchMove):
        agreed(one)


def test_taken_back_by_the_nominee_it_leaves_the_judges_too(
    round_: NominationRound, lena: User
) -> None:
    one = nominated(round_, lena)
    submission = agreed(one)
    sent_in(one)
    with pytest.raises(Denied):
        actions.take_back(actor=Actor.of(an_officer()), nomination=one)
    assert one.technician is not None
    actions.take_back(actor=Actor.of(one.technician.account), nomination=one)
    submission.refresh_from_db()
    assert submission.state == "withdrawn"


def test_after_the_last_day_nothing_is_sent_in(round_: NominationRound, lena: User) -> None:
    one = nominated(round_, lena)
    agreed(one)
    later = time_machine.travel(timezone.now() + timedelta(days=31))
    with later, pytest.raises(Refused, match="The last day was"):
        sent_in(one)


def test_unanswered_letters_lapse_when_the_round_has_closed(
    round_: NominationRound, lena: User
) -> None:
    one = nominated(round_, lena)
    tasks.let_nominations_lapse.func()
    one.refresh_from_db()
    assert one.state == "asked"
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tasks.let_nominations_lapse.func()
        tasks.let_nominations_lapse.func()
    one.refresh_from_db()
    assert one.state == "lapsed"


# --- judging and naming the winners --------------------------------------------------------------
@pytest.fixture
def two(round_: NominationRound, lena: User) -> list[Nomination]:
    """Nora with 3 and 2 points, Otto with 1 and 2: means 2.5 and 1.5."""
    made = [
        nominated(round_, lena),
        nominated(round_, lena, email="otto@work.example", name="Otto Made-Up"),
    ]
    for one, grades in zip(made, [("outstanding", "strong"), ("good", "strong")], strict=True):
        agreed(one)
        judged(sent_in(one), *grades)
        one.refresh_from_db()
    return made


def test_points_put_them_in_order(round_: NominationRound, two: list[Nomination]) -> None:
    lines = queries.lines(round_)
    assert [(line.nomination.name, line.points, line.judges) for line in lines] == [
        ("Nora Made-Up", 2.5, 2),
        ("Otto Made-Up", 1.5, 2),
    ]
    up = queries.lines(round_, sort="points")
    assert [line.nomination.name for line in up] == ["Otto Made-Up", "Nora Made-Up"]


def test_the_shortlist_waits_for_judges_and_for_its_day(
    round_: NominationRound, lena: User, two: list[Nomination], client: Client
) -> None:
    officer = Actor.of(an_officer())
    unread = nominated(round_, lena, email="una@work.example", name="Una Made-Up")
    agreed(unread)
    with pytest.raises(NeedsMore):
        actions.put_on_shortlist(actor=officer, nomination=unread)
    offered = {line.nomination.name: line.may_be_listed for line in queries.lines(round_)}
    assert offered == {"Una Made-Up": False, "Nora Made-Up": True, "Otto Made-Up": True}
    with pytest.raises(Denied):
        actions.put_on_shortlist(actor=Actor.of(lena), nomination=two[0])
    actions.put_on_shortlist(actor=officer, nomination=two[0])
    page = f"/nominations/{round_.slug}/"
    assert "Nora Made-Up" not in client.get(page).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        shown = client.get(page).content.decode()
        assert "Nora Made-Up" in shown
        assert "Winner<" not in shown
        assert "Otto Made-Up" not in shown


def test_taken_off_the_shortlist_it_is_never_shown(
    round_: NominationRound, two: list[Nomination], client: Client
) -> None:
    officer = Actor.of(an_officer())
    for one in two:
        actions.put_on_shortlist(actor=officer, nomination=one)
    actions.take_off_shortlist(actor=officer, nomination=two[1])
    with pytest.raises(NoSuchMove):
        actions.take_off_shortlist(actor=officer, nomination=two[1])
    assert two[0].submission is not None
    decided(two[0].submission, DecisionOutcome.APPROVE)
    with time_machine.travel(round_.announce_at + timedelta(minutes=1)):
        tasks.name_winners.func()
        shown = client.get(f"/nominations/{round_.slug}/").content.decode()
    two[1].refresh_from_db()
    assert (two[1].state, two[1].shortlisted_at) == ("not-chosen", None)
    assert "Nora Made-Up" in shown
    assert "Otto Made-Up" not in shown


@pytest.mark.parametrize("is_superuser", [False, True])
def test_an_officer_decides_nothing_of_their_own_and_sees_no_points_of_it(
    round_: NominationRound, lena: User, two: list[Nomination], client: Client, is_superuser: bool
) -> None:
    assert two[0].technician is not None
    nominee = two[0].technician.account
    for own in (lena, nominee):  # she nominated both, the other is one of them
        an_officer(own.email)
        own.is_superuser = is_superuser
        own.save(update_fields=["is_superuser"])
        with pytest.raises(Denied):
            actions.put_on_shortlist(actor=Actor.of(own), nomination=two[0])
    actions.put_on_shortlist(actor=Actor.of(an_officer()), nomination=two[0])
    with pytest.raises(Denied):
        actions.take_off_shortlist(actor=Actor.of(nominee), nomination=two[0])
    actions.put_on_shortlist(actor=Actor.of(nominee), nomination=two[1])  # another's: theirs to do
    for own, seen in ((lena, (False, False)), (nominee, (False, True))):
        client.force_login(own)
        for page in ("", "list.csv"):
            shown = client.get(f"/assess/nominations/{round_.slug}/{page}").content.decode()
            assert ("2.50" in shown, "1.50" in shown) == seen


def test_winners_are_named_at_their_hour_once_and_only_when_all_is_decided(
    round_: NominationRound, two: list[Nomination], client: Client
) -> None:
    officer = Actor.of(an_officer())
    for one in two:
        actions.put_on_shortlist(actor=officer, nomination=one)
    submissions = [one.submission for one in two if one.submission]
    decided(submissions[0], DecisionOutcome.APPROVE)
    assert not Award.objects.exists()  # a yes is not yet a prize
    assert not actions.announce(round_=round_)
    with time_machine.travel(round_.announce_at + timedelta(minutes=1)):
        assert not actions.announce(round_=round_)  # one on the shortlist is not decided
        assert "Winner<" not in client.get(f"/nominations/{round_.slug}/").content.decode()
        decided(submissions[1], DecisionOutcome.DECLINE)
        tasks.name_winners.func()
        tasks.name_winners.func()
        shown = client.get(f"/nominations/{round_.slug}/").content.decode()
    assert [one.technician for one in Award.objects.all()] == [two[0].technician]
    assert Award.objects.get().number == "TP-000001"
    states = dict(Nomination.objects.values_list("name", "state"))
    assert states == {"Nora Made-Up": "won", "Otto Made-Up": "not-chosen"}
    assert shown.count("Winner<") == 1
    assert sorted(letters("nomination_result")) == [
        "lena@work.example", "lena@work.example", "nora@work.example", "otto@work.example",
    ]  # fmt: skip


def test_a_winner_is_found_by_the_number_on_their_badge_under_the_name_they_agreed_to(
    round_: NominationRound, two: list[Nomination], client: Client
) -> None:
    one = two[0]
    Nomination.objects.filter(pk=one.pk).update(name="Nora of the Lab")
    assert one.submission is not None
    assert one.technician is not None
    type(one.technician).objects.update(name="Another Record")
    actions.put_on_shortlist(actor=Actor.of(an_officer()), nomination=one)
    decided(one.submission, DecisionOutcome.APPROVE)
    with time_machine.travel(round_.announce_at + timedelta(minutes=1)):
        tasks.name_winners.func()
        said = client.get("/verify/?q=tp-000001").content.decode()
        assert "We find nothing" not in said
        assert "Nora of the Lab" in said
        assert "Another Record" not in said
        assert f"/nominations/{round_.slug}/" in said
        erase_person(one.technician.account.person_id)
        gone = client.get("/verify/?q=tp-000001").content.decode()
    assert "Nora" not in gone
    assert f"/nominations/{round_.slug}/" not in gone


def test_no_judge_works_where_the_nominee_works_or_nominated_them(
    round_: NominationRound, lena: User
) -> None:
    one = nominated(round_, lena)
    agreed(one)
    submission = sent_in(one)
    assert conflicts_of(lena, submission)
    assert one.technician is not None
    assert conflicts_of(one.technician.account, submission)
    assert not conflicts_of(person("judge@prize.example"), submission)


# --- days in order -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"closes_on": -5}, "last day is before the first"),
        ({"shortlist_on": 30}, "shortlist comes after"),
    ],
)
def test_days_out_of_order_are_refused(change: dict[str, int], said: str) -> None:
    today = timezone.localdate()
    fields: dict[str, Any] = {key: today + timedelta(days=days) for key, days in change.items()}
    with pytest.raises(Refused, match=said):
        a_round(**fields)


def test_only_officers_of_the_standard_begin_and_change_a_round(round_: NominationRound) -> None:
    round_.name = "Mine now"
    with pytest.raises(Denied):
        actions.change_round(actor=Actor.of(person()), round_=round_)
    round_.refresh_from_db()
    assert round_.name == "Prize 2026"
