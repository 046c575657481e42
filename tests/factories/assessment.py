"""Submissions of a made-up standard in any state, and seats, walked there by the engine's verbs."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.enums import DecisionOutcome
from benchside.assessment.models import (
    Duty,
    Evidence,
    Judgement,
    Reviewer,
    Seat,
    Serves,
    SignOff,
    StandardVersion,
    Submission,
)
from benchside.assessment.signatures import freeze, lapse_signatures
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, Actor
from benchside.organisations.models import Organisation
from tests.factories.organisations import an_organisation
from tests.factories.people import person

TIDY_BENCH = Path(__file__).parent.parent / "assessment" / "made_up.toml"


def a_standard(file: Path = TIDY_BENCH) -> StandardVersion:
    """The published version that a file of the tests describes."""
    standard = read(file)
    found = StandardVersion.objects.filter(key=standard.key, version=standard.version).first()
    if found is None:
        found = actions.load_standard(actor=SYSTEM, standard=standard)
        actions.publish_standard(actor=SYSTEM, version=found)
    return found


def somebody(name: str) -> User:
    """The account of that first name, made when it is not there."""
    email = f"{name}@benchside.example"
    return User.objects.filter(email=email).first() or person(email)


def with_duties(name: str, *kinds: str, standard: str = "tidy-bench") -> User:
    """Somebody who may assign, ratify or keep awards for a standard."""
    user = somebody(name)
    for kind in kinds:
        Duty.objects.get_or_create(user=user, standard=standard, kind=kind)
    return user


def a_reviewer(name: str, *, standard: str = "tidy-bench", **fields: object) -> Reviewer:
    """Somebody trained for a standard."""
    made, _ = Reviewer.objects.update_or_create(
        user=somebody(name), defaults={"standards": [standard], **fields}
    )
    return made


def a_submission(
    state: str = "draft",
    *,
    organisation: Organisation | None = None,
    version: StandardVersion | None = None,
    level: str = "plain",
    round_key: str = "",
) -> Submission:
    """One of the made-up standard in that state; its officer is "officer", who ratifies "board",
    its reviewers "ann" and "bo". Without an organisation, of one that is new."""
    made = actions.begin_submission(
        actor=SYSTEM,
        version=version or a_standard(),
        organisation=organisation or an_organisation(f"place-{uuid4().hex[:8]}"),
        level=level,
        round_key=round_key,
    )
    for step in WAYS[state]:
        step(made)
        made.refresh_from_db()
    return made


def a_seat(
    submission: Submission, name: str = "ann", *, number: int = 1, state: str = "accepted"
) -> Seat:
    """A seat given by "officer", in that state: invited, accepted, submitted or declined."""
    officer = Actor.of(with_duties("officer", "assign", standard=submission.version.key))
    user = somebody(name)
    seat = actions.give_seat(actor=officer, submission=submission, user=user, number=number)
    if state == "declined":
        actions.decline_seat(actor=Actor.of(user), seat=seat)
    if state in {"accepted", "submitted"}:
        actions.accept_seat(actor=Actor.of(user), seat=seat, no_conflict=True)
    if state == "submitted":
        hand_in(seat)
    return seat


def judge(seat: Seat, **grades: str) -> None:
    """A judgement of every question, "met" unless said otherwise; not handed in."""
    for one in seat.submission.version.standard.asked_at(seat.submission.level or None):
        actions.save_judgement(
            actor=Actor.of(seat.user),
            seat=seat,
            criterion=one.key,
            grade=grades.get(one.key.replace("-", "_"), "met"),
            reason=f"What {seat.user.name} says of {one.key}.",
            private=f"What {seat.user.name} keeps for the panel.",
        )


def hand_in(seat: Seat, **grades: str) -> None:
    """Judged and handed in."""
    judge(seat, **grades)
    actions.submit_review(actor=Actor.of(seat.user), seat=seat)


# --- the way to each state -----------------------------------------------------------------------
def _complete(one: Submission) -> None:
    for criterion in one.version.standard.asked_at(one.level or None):
        actions.save_statement(
            actor=SYSTEM,
            submission=one,
            criterion=criterion.key,
            text=f"What is said of {criterion.key}.",
            choice=criterion.options[0] if criterion.options else "",
            based_on=0,
        )
        for number in range(criterion.evidence.at_least):
            shown = Evidence.objects.create(
                submission=one, kind="link", title=f"Log {number}", url="https://example.org/log"
            )
            Serves.objects.create(evidence=shown, criterion=criterion.key, how="It shows who.")


def signed(one: Submission) -> None:
    """Every signature that its standard asks for, given to what it says now."""
    lapse_signatures(one)
    for step in one.version.standard.sign_offs:
        SignOff.objects.create(
            submission=one,
            frozen=freeze(one),
            step=step.key,
            signed_by=uuid4(),
            signed_as="Hedda Made-Up",
        )


def _submit(one: Submission) -> None:
    signed(one)
    actions.submit(actor=SYSTEM, submission=one)


def _give_seats(one: Submission) -> None:
    for number in range(1, one.version.standard.review.seats + 1):
        a_seat(one, NAMES[number - 1], number=number)


def _ask_for_more(one: Submission) -> None:
    seat = one.seats.get(number=1)
    due = timezone.localdate() + timedelta(days=14)
    actions.ask_for_more(actor=Actor.of(seat.user), seat=seat, text="A photograph?", due_on=due)


def _review(grade: str) -> Callable[[Submission], None]:
    def step(one: Submission) -> None:
        for seat in one.seats.order_by("number"):
            asked = one.version.standard.asked_at(one.level or None)
            hand_in(seat, **{each.key.replace("-", "_"): grade for each in asked})

    return step


def _recommend(outcome: DecisionOutcome) -> Callable[[Submission], None]:
    def step(one: Submission) -> None:
        officer = with_duties("officer", "assign", standard=one.version.key)
        actions.recommend_decision(
            actor=Actor.of(officer), submission=one, outcome=outcome, reasons="As the reviews say."
        )

    return step


def _ratify(one: Submission) -> None:
    board = with_duties("board", "ratify", standard=one.version.key)
    actions.ratify_decision(actor=Actor.of(board), decision=one.decisions.get())


def _appeal(one: Submission) -> None:
    actions.appeal_decision(actor=SYSTEM, decision=one.decisions.get(), grounds="You missed it.")


def _return(one: Submission) -> None:
    officer = with_duties("officer", "assign", standard=one.version.key)
    actions.return_submission(actor=Actor.of(officer), submission=one, words="Say more, please.")


def _withdraw(one: Submission) -> None:
    actions.withdraw_submission(actor=SYSTEM, submission=one)


NAMES = ("ann", "bo", "cy", "dee", "ed")
_SENT = (_complete, _submit)
_READ = (*_SENT, _give_seats)
_REFUSED = (*_READ, _review("not-met"), _recommend(DecisionOutcome.DECLINE))
WAYS: dict[str, tuple[Callable[[Submission], None], ...]] = {
    "draft": (),
    "submitted": _SENT,
    "returned": (*_SENT, _return),
    "in-review": _READ,
    "more-asked": (*_READ, _ask_for_more),
    "reviewed": (*_READ, _review("met")),
    "recommended": (*_READ, _review("met"), _recommend(DecisionOutcome.APPROVE)),
    "approved": (*_READ, _review("met"), _recommend(DecisionOutcome.APPROVE), _ratify),
    "declined": (*_REFUSED, _ratify),
    "appealed": (*_REFUSED, _ratify, _appeal),
    "withdrawn": (*_SENT, _withdraw),
}


def judgements(seat: Seat) -> dict[str, str]:
    """What a seat says, question by question."""
    return dict(Judgement.objects.filter(seat=seat).values_list("criterion", "grade"))
