"""This part of the demonstration: an application under way, some holders, one with targets."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import uuid4

from django.utils import timezone

from benchside.accounts import demo as accounts
from benchside.accounts.demo import Made
from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.assessment.actions import (
    accept_seat,
    give_seat,
    grant_award,
    ratify_decision,
    recommend_decision,
    save_judgement,
    save_statement,
    sign,
    submit,
    submit_review,
)
from benchside.assessment.actions.awards import Given
from benchside.assessment.advising import concerns_of
from benchside.assessment.awarding import clock, loading
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.models import Award, Duty, Reviewer, Seat, Submission
from benchside.core.actions import SYSTEM, Actor
from benchside.organisations.actions.members import start
from benchside.organisations.enums import Kind, MemberRole, OrganisationState
from benchside.organisations.models import Organisation
from benchside.recognition.enums import Subject
from benchside.recognition.marks import actions, first, queries
from benchside.recognition.marks.service_factor import Line
from benchside.recognition.models import Application, Mark

STANDARD = "technician-support-mark"
SCHOOL = "Made-Up High School"


class Held(NamedTuple):
    """A made-up holder: how long ago its mark began, and at which level."""

    name: str
    town: str
    level: str
    days: int


HOLDERS = (
    Held("Made-Up Academy", "Nowhere", "gold", 400),
    Held("Made-Up Grammar School", "Elsewhere", "standard", 960),
    Held("Made-Up Sixth Form College", "Nowhere-on-Sea", "standard", 120),
    Held("Made-Up Technical School", "Elsewhere", "standard", 1300),
)
ASSESSORS = ("mark-assessor", "second-assessor")
# Reviewers of a charter who judge here too, where they are there: the second assessor advises the
# school that applies, so is no judge of it, and where two disagree a third is wanted.
LENT = ("reviewer", "second-reviewer")
CALLED_BY = 450  # days after which the call of the first year has been made
FAILED = ("Made-Up Community School", "Elsewhere")
NOT_YET = {
    "unpaid": "Stocktaking in August is not paid. Say from which year it is, and for how many "
    "days.",
    "contract-match": "The grade of the food technician was set nine years ago. Have it looked at "
    "again, and tell us what came of it.",
    "managed": "Two of five technicians have nobody who meets them. Name a line manager for each.",
}
SAID = "A made-up answer, to show how an application looks when it is written. "


def create() -> None:
    """Once; nothing where the school or the people are not there."""
    head, officer = _user("headteacher"), _user("mark-officer")
    school = Organisation.objects.filter(name=SCHOOL).first()
    if head is None or officer is None or school is None:
        return
    mark = _mark()
    if mark is None:
        return
    _give_duties(officer)
    start(school.pk, head, MemberRole.SIGNER)
    if Application.objects.filter(mark=mark).exists():
        return
    _under_way(mark, school, head, officer)
    for one in HOLDERS:
        _hold(mark, one)
    _not_met(mark, officer)


def _user(local: str) -> User | None:
    return User.objects.filter(email=local + DEMONSTRATION_DOMAIN).first()


def _mark() -> Mark | None:
    """The mark, its standard taken from its file where nobody has loaded it."""
    for one in loading.compared():
        if one.standard.key == STANDARD and one.waits == loading.Waits.FIRST:
            loading.take(one)
    mark = first.make_mark(STANDARD)
    return mark if mark and queries.version_of(mark) else None


def _give_duties(officer: User) -> None:
    for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
        Duty.objects.get_or_create(user=officer, standard=STANDARD, kind=kind)
    ratifier = _user("ratifier") or _user("administrator")
    Duty.objects.get_or_create(user=ratifier, standard=STANDARD, kind=DutyKind.RATIFY)
    for local in ASSESSORS:
        Reviewer.objects.get_or_create(
            user=_user(local), defaults={"trained_on": timezone.localdate() - timedelta(days=200)}
        )
    emails = [local + DEMONSTRATION_DOMAIN for local in (*ASSESSORS, *LENT)]
    for found in Reviewer.objects.filter(user__email__in=emails):
        if STANDARD not in found.standards:
            found.standards = [*found.standards, STANDARD]
            found.save(update_fields=["standards"])


# --- under way ----------------------------------------------------------------------------------
def _under_way(mark: Mark, school: Organisation, head: User, officer: User) -> None:
    actor = Actor.of(head)
    made = actions.begin_application(actor=actor, mark=mark, organisation=school, level="standard")
    asked = made.submission.version.standard.asked_at("standard")
    for one in asked[: len(asked) // 2]:
        _answer(actor, made.submission, one.key)
    _hours(actor, made.submission, Decimal(52))
    adviser = _user("second-assessor")
    if adviser is not None:
        actions.name_adviser(actor=Actor.of(officer), application=made, adviser=adviser)


def _answer(actor: Actor, submission: Submission, key: str) -> None:
    one = submission.version.standard.criterion(key)
    save_statement(
        actor=actor,
        submission=submission,
        criterion=key,
        text=(one.example or SAID) if one.words else "",
        choice=one.options[0] if one.options else "",
        based_on=0,
    )


def _hours(actor: Actor, submission: Submission, science: Decimal) -> None:
    lines = [
        Line(subject=Subject.SCIENCE, hours=science, weeks=39, people=2),
        Line(subject=Subject.DESIGN, hours=Decimal(30), weeks=39, people=1),
        Line(subject=Subject.MUSIC, hours=Decimal(12), weeks=39, people=1),
        Line(subject=Subject.FOOD, hours=Decimal(20), weeks=39, people=1),
    ]
    actions.save_hours(actor=actor, submission=submission, taught=Decimal(96), lines=lines)


# --- holders ------------------------------------------------------------------------------------
def _open(name: str, town: str) -> Organisation:
    """A made-up school nobody need ask for."""
    admin = _user("administrator")
    person = admin.person_id if admin else uuid4()
    slug = name.lower().replace(" ", "-")
    found, _ = Organisation.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name,
            "kind": Kind.SCHOOL,
            "town": town,
            "state": OrganisationState.APPROVED,
            "applied_by": person,
            "decided_by": person,
            "decided_at": timezone.now(),
        },
    )
    return found


def _hold(mark: Mark, one: Held) -> Award:
    """Granted as if long ago; then the clock does what it would have done since."""
    version = queries.version_of(mark)
    if version is None:
        raise LookupError(mark.standard)
    begun: date = timezone.localdate() - timedelta(days=one.days)
    given = Given(organisation=_open(one.name, one.town), level=one.level, starts_on=begun)
    award = grant_award(actor=SYSTEM, version=version, given=given)
    clock.walk(award, timezone.localdate())
    call = actions.plan_follow_up(award=award)
    if call.done_on is None and one.days > CALLED_BY:
        actions.record_follow_up(
            actor=SYSTEM,
            follow_up=call,
            words="A made-up call: all is as it was, and a second technician has begun.",
            done_on=call.due_on,
        )
    return award


# --- not met ------------------------------------------------------------------------------------
def _not_met(mark: Mark, officer: User) -> None:
    """The whole way: written, signed, judged by two, declined by two others."""
    ratifier = _user("ratifier") or _user("administrator")
    (head,) = accounts.create_people(
        password=None, people=[Made("community-head", "Cora Made-Up (headteacher)")]
    )
    school = _open(*FAILED)
    start(school.pk, head, MemberRole.SIGNER)
    actor, run = Actor.of(head), Actor.of(officer)
    made = actions.begin_application(actor=actor, mark=mark, organisation=school, level="standard")
    actions.give_order_number(actor=actor, application=made, number="MADE-UP-17")
    for one in made.submission.version.standard.asked_at("standard"):
        _answer(actor, made.submission, one.key)
    _hours(actor, made.submission, Decimal(64))  # enough: nothing to face at signing
    sign(
        actor=actor,
        submission=made.submission,
        step="head",
        signed_as="Cora Made-Up",
        faced=concerns_of(made.submission),
    )
    submit(actor=actor, submission=made.submission)
    for number, local in enumerate(("mark-assessor", "second-assessor"), start=1):
        assessor = _user(local)
        if assessor is not None:
            seat = give_seat(actor=run, submission=made.submission, user=assessor, number=number)
            _judge(seat)
    made.submission.refresh_from_db()
    decision = recommend_decision(
        actor=run,
        submission=made.submission,
        outcome=DecisionOutcome.DECLINE,
        reasons="Three things are not there yet. Much else is good: do these three and try again.",
    )
    if ratifier is not None:
        ratify_decision(actor=Actor.of(ratifier), decision=decision)
    actions.set_targets(application=made)


def _judge(seat: Seat) -> None:
    actor = Actor.of(seat.user)
    accept_seat(actor=actor, seat=seat, no_conflict=True)
    for one in seat.submission.version.standard.asked_at("standard"):
        why = NOT_YET.get(one.key, "")
        grade = "not-met" if why else "met"
        save_judgement(actor=actor, seat=seat, criterion=one.key, grade=grade, reason=why)
    submit_review(actor=actor, seat=seat)
