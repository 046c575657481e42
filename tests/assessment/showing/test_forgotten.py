"""What was said of somebody goes with what they wrote: on asking, and six years after."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.enums import CommentKind, SubmissionState
from benchside.assessment.models import Appeal, Judgement, Submission
from benchside.assessment.showing import forgetting, tasks
from benchside.assessment.showing.said import FORGOTTEN
from benchside.core.actions import Actor
from tests.factories.assessment import a_submission, with_duties
from tests.factories.people import person
from tests.factories.technicians import a_technician

pytestmark = pytest.mark.django_db
PRIVATE = "keeps for the panel"


@pytest.fixture
def tess() -> User:
    return person("tess@work.example")


def theirs(user: User, state: str) -> Submission:
    """One about that person."""
    one = a_submission(state)
    record = getattr(user, "technician", None) or a_technician(
        account=user, claimed_at=timezone.now()
    )
    Submission.objects.filter(pk=one.pk).update(
        holder="person", technician=record, organisation=None
    )
    one.refresh_from_db()
    return one


def all_said(user: User) -> Submission:
    """Sent back once, asked for more, judged, declined with words, appealed and answered."""
    one = theirs(user, "appealed")
    one.returns.create(text="RETURN")
    one.requests.create(round=1, text="REQUEST", due_on=timezone.localdate())
    seat = one.seats.get(number=1)
    for text, released in (("PRAISE", timezone.now()), ("WAITS", None)):
        one.feedback.create(
            seat=seat, kind=CommentKind.COMMEND, text=text, original="FIRST", released_at=released
        )
    one.seats.update(summary="SUMMARY")
    one.decisions.update(reasons="REASONS", conditions="CONDITIONS")
    Appeal.objects.update(grounds="GROUNDS", answer="")
    other = with_duties("other-board", "ratify")
    actions.decide_appeal(
        actor=Actor.of(other), appeal=Appeal.objects.get(), uphold=False, answer="ANSWER"
    )
    one.refresh_from_db()
    return one


WORDS = (
    "RETURN", "REQUEST", "PRAISE", "WAITS", "FIRST", "SUMMARY", "REASONS", "CONDITIONS", "GROUNDS",
    "ANSWER", "What Ann says", PRIVATE,
)  # fmt: skip


def held(one: Submission) -> str:
    """Every word of every record about it."""
    records = [
        *one.returns.values(), *one.requests.values(), *one.feedback.values(), *one.seats.values(),
        *one.decisions.values(), *Appeal.objects.values(),
        *Judgement.objects.filter(seat__submission=one).values(),
    ]  # fmt: skip
    return str(records)


def test_a_person_is_given_what_was_said_to_them_and_nothing_else(tess: User) -> None:
    all_said(tess)
    found = str(forgetting.export(tess.person_id)["submissions"][0]["said_to_you"])
    not_theirs = ("WAITS", "FIRST", "SUMMARY", PRIVATE)
    assert [word for word in WORDS if word not in found] == list(not_theirs)


def test_a_recommendation_that_nobody_ratified_is_not_given_out(tess: User) -> None:
    one = theirs(tess, "recommended")
    one.decisions.update(reasons="REASONS")
    assert "REASONS" not in str(forgetting.export(tess.person_id))


def test_nothing_that_was_said_of_them_outlives_their_account(tess: User) -> None:
    one = all_said(tess)
    assert [word for word in WORDS if word not in held(one)] == []
    for _ in range(2):
        forgetting.erase(tess.person_id)
    assert [word for word in WORDS if word in held(one)] == []
    one.refresh_from_db()
    assert one.state == "declined"
    assert one.decisions.get().conditions == FORGOTTEN
    assert set(Judgement.objects.values_list("grade", flat=True)) == {"not-met"}


def test_six_years_after_the_same_goes_of_anybody(tess: User) -> None:
    mine, school = all_said(tess), a_submission("declined")
    later = timezone.now() + timedelta(days=6 * 365 + 3)
    with time_machine.travel(later):
        tasks.forget_old_submissions.func()
    assert [
        word for word in (*WORDS, "As the reviews say") if word in held(mine) + held(school)
    ] == []


@pytest.mark.parametrize("state", ["draft", "in-review", "more-asked", "recommended"])
def test_what_runs_is_taken_back_and_nobody_reads_on(
    tess: User, state: str, django_capture_on_commit_callbacks: object
) -> None:
    one = theirs(tess, state)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        forgetting.erase(tess.person_id)
    one.refresh_from_db()
    assert one.state == SubmissionState.WITHDRAWN
    assert not one.seats.filter(state__in=("invited", "accepted")).exists()
