"""What nominations hold of a person, taken along and forgotten: on asking, and a year after."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment.actions import give_seat, ratify_decision, recommend_decision
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.models import Award, Duty, Judgement, Reviewer, Seat, Submission
from benchside.assessment.queries import faults_of
from benchside.assessment.reviewing.queries import how_many_wait
from benchside.assessment.reviewing.registrations import tell
from benchside.core.actions import Actor
from benchside.core.personal_data import erase_person, export_person
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import actions, links, tasks
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
PRIVATE = ("Nora", "nora@work.example", "mends what others bin")


@pytest.fixture
def round_() -> NominationRound:
    return a_round()


@pytest.fixture
def lena() -> User:
    return person("lena@work.example", name="Lena Made-Up")


def held(one: Nomination) -> str:
    """All that its row says, as text."""
    return str(Nomination.objects.filter(pk=one.pk).values().get())


def test_both_take_along_what_is_kept(round_: NominationRound, lena: User) -> None:
    agreed(nominated(round_, lena))
    nora = User.objects.get(email="nora@work.example")
    [hers] = export_person(nora.person_id)["Nominations"]["you_are_nominated"]
    [made] = export_person(lena.person_id)["Nominations"]["you_nominated"]
    assert hers == made
    assert [hers[key] for key in ("award", "name", "e-mail", "why", "state")] == [
        "Prize 2026", "Nora Made-Up", "nora@work.example", "She mends what others bin.",
        "The nominee said yes",
    ]  # fmt: skip
    assert export_person(person("otto@work.example").person_id)["Nominations"] == {}


def test_a_nominee_who_is_erased_leaves_the_round_and_no_word(
    round_: NominationRound, lena: User
) -> None:
    one, other = nominated(round_, lena), nominated(round_, lena, category="teaching")
    agreed(one)
    submission = sent_in(one)
    nora = User.objects.get(email="nora@work.example")
    erase_person(nora.person_id)
    for each in (one, other):  # the second one she never answered
        each.refresh_from_db()
        assert (each.state, each.technician, each.nominator) == ("withdrawn", None, lena)
        assert not [word for word in PRIVATE if word in held(each)]
    submission.refresh_from_db()
    assert submission.state == "withdrawn"
    erase_person(nora.person_id)  # twice does no more


def test_a_nominator_who_is_erased_takes_back_what_was_not_sent_in(
    round_: NominationRound, lena: User
) -> None:
    sent, written = nominated(round_, lena), nominated(round_, lena, category="teaching")
    asked = nominated(round_, lena, email="una@work.example")
    nora = an_applicant("nora@work.example")
    for one in (sent, written):
        agreed(one, nora)
    sent_in(sent)
    erase_person(lena.person_id)
    for one, state in ((sent, "agreed"), (written, "withdrawn"), (asked, "withdrawn")):
        one.refresh_from_db()
        assert (one.state, one.nominator, one.why) == (state, None, "")
    assert sent.name == "Nora Made-Up"  # hers goes on


def test_winners_of_one_category_can_both_be_erased(
    round_: NominationRound, lena: User, client: Client
) -> None:
    both = [nominated(round_, lena), nominated(round_, lena, email="otto@work.example")]
    for one in both:
        agreed(one)
    Nomination.objects.update(state="won", shortlisted_at="2026-01-01T00:00Z")
    NominationRound.objects.update(announced_at="2026-01-02T00:00Z")
    assert "Nora" in client.get(f"/nominations/{round_.slug}/").content.decode()
    for email in ("nora@work.example", "otto@work.example"):
        erase_person(User.objects.get(email=email).person_id)
    assert not [word for one in both for word in PRIVATE if word in held(one)]
    shown = client.get(f"/nominations/{round_.slug}/").content.decode()
    assert "Nora" not in shown
    assert "Winner<" not in shown


def test_a_year_after_only_winners_are_remembered(round_: NominationRound, lena: User) -> None:
    lost, won = nominated(round_, lena), nominated(round_, lena, category="teaching")
    nora = an_applicant("nora@work.example")
    agreed(won, nora)
    actions.say_no(actor=links.holder_of(lost), nomination=lost)
    Nomination.objects.filter(pk=won.pk).update(state="won")
    with time_machine.travel(round_.announce_at + timedelta(days=364)):
        tasks.forget_nominations.func()
    assert "nora@work.example" in held(lost)
    with time_machine.travel(round_.announce_at + timedelta(days=366)):
        tasks.forget_nominations.func()
        tasks.forget_nominations.func()
    assert not [word for word in PRIVATE if word in held(lost)]
    assert not [word for word in PRIVATE[1:] if word in held(won)]
    won.refresh_from_db()
    assert (won.name, won.technician, won.nominator) == ("Nora Made-Up", nora, None)


# --- what was written and judged -----------------------------------------------------------------
def all_kept() -> str:
    """Every word that the engine's tables hold."""
    models = [*apps.get_app_config("assessment").get_models(), Nomination]
    return str([list(model._default_manager.values()) for model in models])


def written_and_judged(round_: NominationRound, lena: User) -> Submission:
    """The one that is on the shortlist; beside it there is one whose second judge is missing."""
    both = nominated(round_, lena), nominated(round_, lena, email="otto@work.example")
    for one in both:
        agreed(one)
        sent_in(one)
    assert both[0].submission is not None
    assert both[1].submission is not None
    judged(both[0].submission, "outstanding", "strong")
    judged(both[1].submission, "good")
    Judgement.objects.update(reason="A pump is no rig.", private="Ask Sam.")
    Seat.objects.update(summary="Short of pumps.")
    both[0].refresh_from_db()
    actions.put_on_shortlist(actor=Actor.of(an_officer()), nomination=both[0])
    return both[0].submission


def decided(submission: Submission, outcome: DecisionOutcome) -> None:
    board = person("board@prize.example")
    Duty.objects.create(user=board, standard=STANDARD, kind=DutyKind.RATIFY)
    decision = recommend_decision(
        actor=Actor.of(an_officer()), submission=submission, outcome=outcome, reasons="Most points."
    )
    ratify_decision(actor=Actor.of(board), decision=decision)


@pytest.mark.parametrize("written", [False, True])
def test_once_the_winners_are_named_nobody_waits_for_the_others(
    round_: NominationRound, lena: User, client: Client, written: bool
) -> None:
    one = nominated(round_, lena)
    submission = agreed(one)
    if written:
        sent_in(one)
        judged(submission, "good")  # and the second judge has not answered
        judge = Reviewer.objects.create(user=person("slow@prize.example"), standards=[STANDARD])
        officer = Actor.of(an_officer())
        give_seat(actor=officer, submission=submission, user=judge.user, number=2)
    client.force_login(lena)
    assert ("Write it" in client.get("/my/nominations/").content.decode()) == (not written)
    with time_machine.travel(round_.announce_at + timedelta(minutes=1)):
        tasks.name_winners.func()
        submission.refresh_from_db()
        tell({"submission": str(submission.key), "state": submission.state})
        assert "Write it" not in client.get("/my/nominations/").content.decode()
        assert how_many_wait(an_officer()) == []
    assert submission.state == "withdrawn"
    assert not submission.seats.filter(state__in=("invited", "accepted")).exists()


@pytest.mark.parametrize("outcome", [DecisionOutcome.APPROVE, DecisionOutcome.DECLINE])
def test_a_year_after_no_word_is_left_of_what_was_written_or_judged(
    round_: NominationRound, lena: User, outcome: DecisionOutcome
) -> None:
    decided(written_and_judged(round_, lena), outcome)
    said = ("It runs again.", "It is so.", "sam@work.example", "A pump is no rig.", "Ask Sam.",
            "Short of pumps.", "Most points.", str(lena.person_id))  # fmt: skip
    assert not [word for word in said if word not in all_kept()]
    with time_machine.travel(round_.announce_at + timedelta(days=1)):
        tasks.name_winners.func()
    with time_machine.travel(round_.announce_at + timedelta(days=366)):
        for _ in range(2):
            tasks.forget_nominations.func()
    assert not [word for word in said if word in all_kept()]
    is_won = outcome == DecisionOutcome.APPROVE
    assert Submission.objects.count() == is_won
    assert [list(faults_of(one)) for one in Award.objects.all()] == [[]] * is_won
