"""Who wins is decided at the desk of reviews, by two people; till the hour nobody outside knows."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty, Judgement, Submission
from benchside.assessment.reviewing.queries import how_many_wait
from benchside.core.actions import Actor
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import actions, tasks
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> NominationRound:
    return a_round()


@pytest.fixture
def lena() -> User:
    return person("lena@work.example", name="Lena Made-Up")


@pytest.fixture
def one(round_: NominationRound, lena: User) -> Nomination:
    """On the shortlist; its judges differ on whether it is strong enough."""
    made = nominated(round_, lena)
    judged(agreed_and_sent(made), "outstanding", "good")
    made.refresh_from_db()
    actions.put_on_shortlist(actor=Actor.of(an_officer()), nomination=made)
    return made


@pytest.fixture
def board() -> User:
    user = person("board@prize.example")
    Duty.objects.create(user=user, standard=STANDARD, kind=DutyKind.RATIFY)
    return user


def agreed_and_sent(one: Nomination) -> Submission:
    agreed(one)
    return sent_in(one)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def case(one: Nomination) -> str:
    assert one.submission is not None
    return f"/assess/submissions/{one.submission.key}/"


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def decide(one: Nomination, board: User, outcome: str) -> None:
    """As it is pressed: recommended by the officer, ratified by another."""
    officer = as_(an_officer())
    said = {"outcome": outcome, "reasons": "Points. Made up."}
    assert officer.post(f"{case(one)}recommend/", said).status_code == 302
    assert one.submission is not None
    decision = one.submission.decisions.get()
    where = reverse("assessment:case_ratify", args=[one.submission.key, decision.pk])
    assert as_(board).post(where, {"verb": "ratify"}).status_code == 302


# --- at the desk ---------------------------------------------------------------------------------
def test_an_officer_recommends_and_another_ratifies_a_winner(
    one: Nomination, board: User, round_: NominationRound
) -> None:
    assert ("recommend", "To be recommended", 1) in how_many_wait(an_officer())
    page = words(as_(an_officer()).get(case(one)))
    assert "Recommend it" in page
    assert "Release it" not in page  # nothing of it is for the nominee to read yet
    assert "third seat" not in page  # a prize has none, however its judges differ
    decide(one, board, "approve")
    with time_machine.travel(round_.announce_at + timedelta(minutes=1)):
        tasks.name_winners.func()
    one.refresh_from_db()
    assert one.state == "won"


def test_whoever_does_not_win_reads_no_word_of_a_judge(
    one: Nomination, board: User, round_: NominationRound, lena: User
) -> None:
    Judgement.objects.update(reason="A pump is no rig.")
    decide(one, board, "decline")
    with time_machine.travel(round_.announce_at + timedelta(minutes=1)):
        tasks.name_winners.func()
        assert one.submission is not None
        page = words(as_(lena).get(f"/forms/{one.submission.key}/outcome/"))
    assert "Points. Made up." in page
    assert "A pump is no rig." not in page
