"""The mark that comes with the program, a school with a head, applications as far as one likes."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import (
    accept_seat,
    give_seat,
    grant_award,
    load_standard,
    publish_standard,
    ratify_decision,
    recommend_decision,
    save_judgement,
    save_statement,
    sign,
    submit,
    submit_review,
)
from benchside.assessment.actions.awards import Given
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.models import Award, Decision, Duty, Reviewer
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, Actor
from benchside.organisations.enums import Kind, MemberRole
from benchside.organisations.models import Employment, Organisation
from benchside.people.models import Technician
from benchside.recognition.marks import actions, first
from benchside.recognition.marks.service_factor import Line
from benchside.recognition.models import Application, Mark
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person

STANDARD = "technician-support-mark"
FILE = first.FOLDER / f"{STANDARD}.toml"
HOURS = (Line(subject="science", hours=Decimal(40), weeks=39, people=2),)


def a_mark() -> Mark:
    """With its standard published."""
    version = load_standard(actor=SYSTEM, standard=read(FILE))
    if version.state == "draft":
        publish_standard(actor=SYSTEM, version=version)
    mark = first.make_mark(STANDARD)
    assert mark is not None
    return mark


def a_school(slug: str = "north-high", **fields: Any) -> Organisation:
    return an_organisation(slug, kind=Kind.SCHOOL, **fields)


def a_head(school: Organisation) -> User:
    return a_member(school, MemberRole.SIGNER)


def employ(user: User, school: Organisation) -> Employment:
    """Put somebody on a school's staff list as a technician."""
    technician = Technician.objects.create(
        name=user.get_full_name(), account=user, claimed_at=timezone.now()
    )
    return Employment.objects.create(organisation=school, technician=technician, key=user.email)


def with_duty(name: str, *kinds: DutyKind) -> User:
    email = f"{name}@benchside.example"
    user = User.objects.filter(email=email).first() or person(email)
    for kind in kinds:
        Duty.objects.get_or_create(user=user, standard=STANDARD, kind=kind)
    return user


def an_assessor(name: str) -> User:
    user = with_duty(name)
    Reviewer.objects.get_or_create(user=user, defaults={"standards": [STANDARD]})
    return user


def an_application(
    school: Organisation, head: User, *, level: str = "standard", **more: Any
) -> Application:
    """Begun and no more."""
    mark = more.pop("mark", None) or a_mark()
    return actions.begin_application(
        actor=Actor.of(head), mark=mark, organisation=school, level=level
    )


def write(application: Application, head: User) -> None:
    """All answers, the hours sheet and an order number."""
    actor, submission = Actor.of(head), application.submission
    for one in submission.version.standard.asked_at(submission.level):
        statement = submission.statements.get(criterion=one.key)
        save_statement(
            actor=actor,
            submission=submission,
            criterion=one.key,
            text="We do." if one.words else "",
            choice=one.options[0] if one.options else "",
            based_on=statement.number,
        )
    actions.save_hours(actor=actor, submission=submission, taught=Decimal(60), lines=HOURS)
    if not application.is_free:
        actions.give_order_number(actor=actor, application=application, number="PO 1")


def send(application: Application, head: User) -> None:
    actor = Actor.of(head)
    sign(actor=actor, submission=application.submission, step="head", signed_as="Hedda Made-Up")
    submit(actor=actor, submission=application.submission)


def judge(application: Application, **not_met: str) -> None:
    """By two; `not_met` gives the reasons by question, with _ for -."""
    officer = Actor.of(with_duty("mark-officer", DutyKind.ASSIGN))
    for number, name in enumerate(("one", "two"), start=1):
        seat = give_seat(
            actor=officer,
            submission=application.submission,
            user=an_assessor(f"assessor-{name}"),
            number=number,
        )
        actor = Actor.of(seat.user)
        accept_seat(actor=actor, seat=seat, no_conflict=True)
        submission = application.submission
        for one in submission.version.standard.asked_at(submission.level):
            why = not_met.get(one.key.replace("-", "_"), "")
            grade = "nearly" if why else "met"
            save_judgement(actor=actor, seat=seat, criterion=one.key, grade=grade, reason=why)
        submit_review(actor=actor, seat=seat)
    application.submission.refresh_from_db()


def decide(application: Application, outcome: DecisionOutcome) -> Award | None:
    """Recommended by one, ratified by another."""
    decision: Decision = recommend_decision(
        actor=Actor.of(with_duty("mark-officer", DutyKind.ASSIGN)),
        submission=application.submission,
        outcome=outcome,
        reasons="As the assessors say.",
    )
    ratifier = Actor.of(with_duty("ratifier", DutyKind.RATIFY))
    return ratify_decision(actor=ratifier, decision=decision)


def a_declined(school: Organisation, head: User, **not_met: str) -> Application:
    made = an_application(school, head)
    write(made, head)
    send(made, head)
    judge(made, **(not_met or {"kit": "No dates are written down."}))
    decide(made, DecisionOutcome.DECLINE)
    made.submission.refresh_from_db()
    return made


def a_holder(
    slug: str = "north-high", *, since: date = date(2026, 3, 1), level: str = "standard"
) -> Award:
    mark = a_mark()
    version = load_standard(actor=SYSTEM, standard=read(FILE))
    assert version.key == mark.standard
    school = Organisation.objects.filter(slug=slug).first() or a_school(slug)
    given = Given(organisation=school, level=level, starts_on=since)
    return grant_award(actor=SYSTEM, version=version, given=given)
