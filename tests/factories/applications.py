"""Applications to a register, as far as one likes."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import (
    accept_seat,
    add_file,
    answer_support,
    ask_supporter,
    give_seat,
    load_standard,
    meet_conditions,
    publish_standard,
    ratify_decision,
    recommend_decision,
    save_judgement,
    save_statement,
    sign,
    submit,
    submit_review,
)
from benchside.assessment.content import asked, judged
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.models import Decision, Duty, Reviewer
from benchside.assessment.showing import links
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, Actor
from benchside.core.models import AuditEvent
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Organisation
from benchside.people.models import Technician
from benchside.recognition.models import Fee, Licence, Register, RegisterApplication
from benchside.recognition.registers import actions, loading
from benchside.recognition.registers.actions.applying import Chosen
from benchside.recognition.registers.actions.details import Details
from tests.factories.organisations import an_organisation
from tests.factories.people import person
from tests.factories.registers import FILE, a_body, a_ratifier, a_register, a_registrar, an_assessor

Moves = tuple[tuple[str, str, int], ...]  # from, to, days after it was begun


def a_claimed(email: str = "tess@work.example") -> Technician:
    """Somebody with an account, a record and a profile."""
    user = User.objects.filter(email=email).first() or person(email)
    made, _ = Technician.objects.get_or_create(
        account=user, defaults={"name": user.name, "claimed_at": timezone.now()}
    )
    return made


def begun(
    technician: Technician | None = None, *, route: str = "apprenticeship", **more: Any
) -> RegisterApplication:
    technician = technician or a_claimed()
    register: Register = more.pop("register", None) or a_register()
    body: Organisation = more.pop("body", None) or a_body()
    chosen = Chosen(route=route, body=body, name=more.pop("name", technician.name))
    return actions.begin_application(
        actor=Actor.of(technician.account), register=register, chosen=chosen
    )


def write(application: RegisterApplication) -> None:
    """Every answer and every document that its route asks for, and the supporters' words."""
    submission = application.submission
    actor = Actor.of(submission.technician.account)
    for one in asked(submission):
        if one.words:
            said = submission.statements.get(criterion=one.key)
            save_statement(
                actor=actor,
                submission=submission,
                criterion=one.key,
                text="I did it, and I say how.",
                based_on=said.number,
            )
        for _ in range(one.evidence.at_least):
            add_file(
                actor=actor,
                submission=submission,
                name=f"{one.key}.txt",
                data=f"A made-up {one.title}.".encode(),
                title=one.title,
                serves={one.key: ""},
            )
    speak_for(application)


def speak_for(application: RegisterApplication) -> None:
    submission = application.submission
    actor = Actor.of(submission.technician.account)
    standard = submission.version.standard
    for number in range(standard.supporters_on(submission.route)):
        supporter = ask_supporter(
            actor=actor,
            submission=submission,
            name=f"Sam {number}",
            email=f"sam{number}@speaks.example",
        )
        texts = {area.key: "I have seen it." for area in standard.areas}
        answer_support(actor=links.holder_of(supporter), supporter=supporter, texts=texts)


def send(application: RegisterApplication) -> None:
    actor = Actor.of(application.submission.technician.account)
    sign(actor=actor, submission=application.submission, step="applicant", signed_as="Tess Made-Up")
    submit(actor=actor, submission=application.submission)
    actions.take_in(application=application)


def sent(technician: Technician | None = None, **more: Any) -> RegisterApplication:
    made = begun(technician, **more)
    write(made)
    send(made)
    return made


def ready(application: RegisterApplication, registrar: User) -> None:
    """Checked and its fee paid."""
    actions.check_application(actor=Actor.of(registrar), application=application)
    for fee in Fee.objects.filter(application=application, state="due"):
        actions.pay_fee(actor=Actor.of(registrar), fee=fee)


def move(application: RegisterApplication, body: Organisation, registrar: User) -> None:
    """Let another body decide it."""
    actions.correct_details(
        actor=Actor.of(registrar),
        application=application,
        details=Details(name=application.name, body=body),
        why="The body cannot decide it",
    )


def of_engineers() -> Register:
    """Another register, with an interview on one of its routes; the same people run it."""
    key = "registered-engineering-technician"
    version = load_standard(actor=SYSTEM, standard=read(FILE.parent / f"{key}.toml"))
    if version.state == "draft":
        publish_standard(actor=SYSTEM, version=version)
    register = loading.make_register(key)
    assert register is not None
    Licence.objects.get_or_create(register=register, body=a_body())
    for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
        Duty.objects.get_or_create(user=the_registrar(), standard=key, kind=kind)
    return register


def the_registrar() -> User:
    email = "registrar@council.example"
    return User.objects.filter(email=email).first() or a_registrar(email)


def judge(application: RegisterApplication, grade: str = "met") -> None:
    submission = application.submission
    standard = submission.version.standard
    for number in range(1, standard.seats_on(submission.route) + 1):
        email = f"assessor{number}@council.example"
        user = User.objects.filter(email=email).first() or an_assessor(email)
        Reviewer.objects.filter(user=user).update(standards=[standard.key])
        seat = give_seat(
            actor=Actor.of(the_registrar()), submission=submission, user=user, number=number
        )
        actor = Actor.of(user)
        accept_seat(actor=actor, seat=seat, no_conflict=True)
        for one in judged(submission):
            why = "" if grade == "met" else "Say more."
            save_judgement(actor=actor, seat=seat, criterion=one.key, grade=grade, reason=why)
        submit_review(actor=actor, seat=seat)
    submission.refresh_from_db()


def recommend(
    application: RegisterApplication, outcome: DecisionOutcome = DecisionOutcome.APPROVE
) -> Decision:
    return recommend_decision(
        actor=Actor.of(the_registrar()),
        submission=application.submission,
        outcome=outcome,
        reasons="As the assessors say.",
    )


def recommend_conditions(application: RegisterApplication) -> Decision:
    return recommend_decision(
        actor=Actor.of(the_registrar()),
        submission=application.submission,
        outcome=DecisionOutcome.CONDITIONS,
        reasons="Nearly.",
        conditions="Show us the certificate itself.",
    )


def ratify(decision: Decision, application: RegisterApplication) -> None:
    ratify_decision(actor=Actor.of(the_ratifier(application.body)), decision=decision)


def meet(decision: Decision) -> None:
    meet_conditions(actor=Actor.of(the_registrar()), decision=decision)


def an_employer() -> Organisation:
    return an_organisation("their-employer")


def the_ratifier(body: Organisation) -> User:
    email = f"{MemberRole.SIGNER}@{body.slug}.example"
    return User.objects.filter(email=email).first() or a_ratifier(body)


def approved(
    technician: Technician | None = None,
    *,
    outcome: DecisionOutcome = DecisionOutcome.APPROVE,
    **more: Any,
) -> RegisterApplication:
    """The whole way to a decision; what follows it is done as if its listener had run."""
    made = sent(technician, **more)
    ready(made, the_registrar())
    judge(made)
    decision = recommend(made, outcome)
    ratify_decision(actor=Actor.of(the_ratifier(made.body)), decision=decision)
    made.refresh_from_db()
    if outcome != DecisionOutcome.DECLINE:
        actions.take_up_approval(application=made)
        made.refresh_from_db()
    return made


def trail(application: RegisterApplication, begun: datetime, moves: Moves) -> None:
    """As if it had been moved so, each so many days after it was begun."""
    for source, target, days in moves:
        AuditEvent.objects.create(
            verb="submission.made-up",
            actor_kind="system",
            subject_type="assessment.Submission",
            subject_id=str(application.submission_id),
            detail={"from": source, "to": target},
            at=begun + timedelta(days=days),
        )


def approve_at_once(number: int) -> RegisterApplication:
    """Somebody approved who owes nothing yet, by the shortest way: for many of them."""
    technician = a_claimed(f"many{number}@work.example")
    made = begun(technician)
    type(made.submission).objects.filter(pk=made.submission_id).update(
        state="approved", submitted_at=timezone.now(), closed_at=timezone.now()
    )
    return RegisterApplication.objects.get(pk=made.pk)
