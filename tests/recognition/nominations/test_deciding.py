"""Who wins is decided at the desk of reviews, by two people; till the hour nobody outside knows."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import appeal_decision, return_submission, submit
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty, Judgement, Submission
from benchside.assessment.reviewing.queries import how_many_wait
from benchside.assessment.reviewing.registrations import tell
from benchside.core.actions import Actor, Refused
from benchside.core.models import OutgoingMail
from benchside.core.personal_data import export_person
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


def test_what_was_sent_back_can_be_sent_in_again_until_the_shortlist(
    round_: NominationRound, lena: User
) -> None:
    made = nominated(round_, lena)
    submission = agreed_and_sent(made)
    officer, nominator = Actor.of(an_officer()), Actor.of(lena)
    for days, is_taken in ((31, True), (61, False)):
        return_submission(actor=officer, submission=submission, words="Who used the rig?")
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            if is_taken:
                submit(actor=nominator, submission=submission)
                continue
            with pytest.raises(Refused, match="The last day was"):
                submit(actor=nominator, submission=submission)


# --- nobody outside knows before the hour --------------------------------------------------------
def told(one: Nomination, user: User) -> list[str]:
    """All that the two people of a nomination can read of it, page by page."""
    assert one.submission is not None
    pages = [reverse(name) for name in ("recognition:my_nominations", "assessment:forms_csv")]
    pages += [reverse(name) for name in ("assessment:forms", "workspace:my")]
    for name in ("form", "outcome", "signatures"):
        pages.append(reverse(f"assessment:{name}", args=[one.submission.key]))
    answers = [as_(user).get(page) for page in pages]
    assert {answer.status_code for answer in answers} == {200}
    return [*map(words, answers), str(export_person(user.person_id))]


SECRET = (
    "Approved", "Declined", "'approved'", "'declined'", "Waiting to be ratified", "Not this time",
    "Points. Made up.", "On the shortlist", "ratified a", "recommended a",
)  # fmt: skip


@pytest.mark.parametrize("outcome", ["approve", "decline"])
def test_what_is_decided_is_read_by_nobody_before_the_hour(
    one: Nomination, board: User, round_: NominationRound, lena: User, outcome: str
) -> None:
    assert one.technician is not None
    assert one.submission is not None
    both = (lena, one.technician.account)
    last = OutgoingMail.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    decide(one, board, outcome)
    for state in ("recommended", "approved", "declined"):
        tell({"submission": str(one.submission.key), "state": state})
    mine = sorted(one.email for one in both)
    sent = OutgoingMail.objects.filter(pk__gt=last)
    assert not [letter.name for letter in sent if letter.to[0] in mine]
    for user in both:
        for page in told(one, user):
            assert not [word for word in SECRET if word in page]
    with time_machine.travel(round_.announce_at + timedelta(minutes=1)):
        tasks.name_winners.func()
        page = words(as_(lena).get(f"/forms/{one.submission.key}/outcome/"))
    assert "Points. Made up." in page
    assert "You can appeal" not in page
    letters = OutgoingMail.objects.filter(name="recognition/nomination_result")
    assert sorted(letter.to[0] for letter in letters) == mine


def test_of_the_shortlist_they_hear_on_its_day(
    one: Nomination, round_: NominationRound, lena: User
) -> None:
    assert "On the shortlist" not in words(as_(lena).get("/my/nominations/"))
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        assert "On the shortlist" in words(as_(lena).get("/my/nominations/"))


def test_where_there_is_no_appeal_none_is_taken(
    one: Nomination, board: User, round_: NominationRound, lena: User
) -> None:
    decide(one, board, "decline")
    assert one.submission is not None
    with pytest.raises(Refused, match="There is no appeal"):
        appeal_decision(
            actor=Actor.of(lena), decision=one.submission.decisions.get(), grounds="But why?"
        )
