"""A round of a made-up prize, its officer and judges, people nominated in it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import (
    accept_seat,
    answer_support,
    ask_supporter,
    give_seat,
    load_standard,
    publish_standard,
    save_judgement,
    save_statement,
    sign,
    submit,
    submit_review,
)
from benchside.assessment.advising import concerns_of
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty, Reviewer, StandardVersion, Submission
from benchside.assessment.showing import links as support
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, Actor
from benchside.people.models import Technician
from benchside.recognition.marks.first import FOLDER
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import actions, links
from tests.factories.people import person
from tests.factories.registers import an_applicant

STANDARD = "technician-prize"


def a_prize() -> StandardVersion:
    version = load_standard(actor=SYSTEM, standard=read(FOLDER / f"{STANDARD}.toml"))
    if version.state == "draft":
        publish_standard(actor=SYSTEM, version=version)
    return version


def an_officer(email: str = "officer@prize.example") -> User:
    found = User.objects.filter(email=email).first() or person(email)
    for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
        Duty.objects.get_or_create(user=found, standard=STANDARD, kind=kind)
    return found


def a_round(slug: str = "prize-2026", **fields: Any) -> NominationRound:
    """Open since yesterday for a month."""
    a_prize()
    today = timezone.localdate()
    values = {
        "name": "Prize 2026",
        "opens_on": today - timedelta(days=1),
        "closes_on": today + timedelta(days=30),
        "shortlist_on": today + timedelta(days=60),
        "announce_at": timezone.now() + timedelta(days=90),
    }
    return actions.begin_round(
        actor=Actor.of(an_officer()), slug=slug, standard=STANDARD, **(values | fields)
    )


def nominated(
    round_: NominationRound, by: User, *, email: str = "nora@work.example", **fields: Any
) -> Nomination:
    values = {"category": "research", "name": "Nora Made-Up", "why": "She mends what others bin."}
    return actions.nominate(actor=Actor.of(by), round_=round_, email=email, **(values | fields))


def agreed(nomination: Nomination, technician: Technician | None = None) -> Submission:
    actions.agree(
        actor=links.holder_of(nomination),
        nomination=nomination,
        technician=technician or an_applicant(nomination.email),
        name=nomination.name,
    )
    assert nomination.submission is not None
    return nomination.submission


def sent_in(nomination: Nomination) -> Submission:
    """Written, supported, signed and sent in by the nominator."""
    submission, nominator = nomination.submission, nomination.nominator
    assert submission is not None
    assert nominator is not None
    actor = Actor.of(nominator)
    for key in ("did", "difference", "others"):
        save_statement(
            actor=actor, submission=submission, criterion=key, text="It runs again.", based_on=0
        )
    asked = ask_supporter(
        actor=actor, submission=submission, name="Sam", email="sam@work.example", relation="Peer"
    )
    answer_support(actor=support.holder_of(asked), supporter=asked, texts={"work": "It is so."})
    sign(
        actor=actor,
        submission=submission,
        step="nominator",
        signed_as=nominator.name,
        faced=concerns_of(submission),
    )
    submit(actor=actor, submission=submission)
    submission.refresh_from_db()
    return submission


def judged(submission: Submission, *grades: str) -> None:
    """Each judge gives one grade for everything."""
    officer = Actor.of(an_officer())
    for number, grade in enumerate(grades, start=1):
        email = f"judge{number}@prize.example"
        judge = User.objects.filter(email=email).first() or person(email)
        Reviewer.objects.get_or_create(user=judge, defaults={"standards": [STANDARD]})
        seat = give_seat(actor=officer, submission=submission, user=judge, number=number)
        accept_seat(actor=Actor.of(judge), seat=seat, no_conflict=True)
        for key in ("did", "difference", "others"):
            save_judgement(actor=Actor.of(judge), seat=seat, criterion=key, grade=grade)
        submit_review(actor=Actor.of(judge), seat=seat)
    submission.refresh_from_db()
