"""This part of the demonstration: three made-up registers, two bodies with licences, and an
application in every state somebody may want to see."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

from django.utils import timezone

from benchside.accounts import demo as accounts
from benchside.accounts.demo import Made
from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.assessment.actions import (
    accept_seat,
    add_file,
    answer_support,
    ask_for_more,
    ask_supporter,
    give_seat,
    ratify_decision,
    recommend_decision,
    save_judgement,
    save_statement,
    sign,
    submit,
    submit_review,
)
from benchside.assessment.advising import concerns_of
from benchside.assessment.awarding import loading as standards
from benchside.assessment.content import asked, judged
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.models import Duty, Reviewer, Seat
from benchside.assessment.showing import links
from benchside.assessment.standards import Criterion
from benchside.core.actions import SYSTEM, Actor
from benchside.organisations.actions.members import start
from benchside.organisations.enums import Kind, MemberRole, OrganisationState
from benchside.organisations.models import Organisation
from benchside.people import actions as people
from benchside.people.queries import technician_of
from benchside.recognition.enums import LicenceScope
from benchside.recognition.models import Licence, Register, RegisterApplication
from benchside.recognition.registers import actions, loading, queries
from benchside.recognition.registers.actions.applying import Chosen

REGISTERS = (
    "registered-technician", "registered-engineering-technician", "registered-it-technician",
)  # fmt: skip
INSTITUTE = "The Made-Up Institute of Technicians"
SOCIETY = "The Made-Up Society of Engineers"
RATIFIERS = ("body-ratifier", "other-body-ratifier")  # one ratifies, the other hears the appeal
ASSESSORS = ("register-assessor", "other-register-assessor", "third-register-assessor")
SAID = "I did this myself. A made-up answer, to show how an application looks when it is written."


class Case(NamedTuple):
    """Somebody made up, what they apply to by which route, and how far it has come."""

    local: str
    name: str
    register: str
    route: str
    steps: tuple[Callable[["Way"], None], ...]


class Way(NamedTuple):
    """An application on its way, and whoever runs the register."""

    application: RegisterApplication
    registrar: Actor
    assessors: list[User]
    ratifier: Actor

    @property
    def holder(self) -> Actor:
        technician = self.application.submission.technician
        if technician is None or technician.account is None:
            raise LookupError(self.application.number)
        return Actor.of(technician.account)


# --- the steps ----------------------------------------------------------------------------------
def half_written(way: Way) -> None:
    found = [one for one in asked(way.application.submission) if one.words]
    for one in found[: len(found) // 2]:
        _write(way, one)


def sent(way: Way) -> None:
    """Written, shown, spoken for, signed and sent in."""
    submission = way.application.submission
    for one in asked(submission):
        if one.words:
            _write(way, one)
        if one.evidence.at_least:
            add_file(
                actor=way.holder,
                submission=submission,
                name=f"{one.key}.txt",
                data=f"Made up: {one.title} of {way.application.number}.".encode(),
                title=one.title,
                serves={one.key: ""},
            )
    for number in range(submission.version.standard.supporters_on(submission.route)):
        _spoken_for(way, number)
    name = way.application.name
    sign(
        actor=way.holder,
        submission=submission,
        step="applicant",
        signed_as=name,
        faced=concerns_of(submission),
    )
    submit(actor=way.holder, submission=submission)
    actions.take_in(application=way.application)


def _write(way: Way, one: Criterion) -> None:
    submission = way.application.submission
    said = submission.statements.get(criterion=one.key)
    if said.text:
        return
    save_statement(
        actor=way.holder,
        submission=submission,
        criterion=one.key,
        text=one.example or SAID,
        based_on=said.number,
    )


def _spoken_for(way: Way, number: int) -> None:
    submission = way.application.submission
    supporter = ask_supporter(
        actor=way.holder,
        submission=submission,
        name="Manny Made-Up" if number == 0 else "Sue Made-Up",
        email=f"speaks-{submission.pk}-{number}{DEMONSTRATION_DOMAIN}",
        relation="Line manager",
    )
    areas = submission.version.standard.areas
    texts = {area.key: "I have seen them do it, often, and well. Made up." for area in areas}
    answer_support(actor=links.holder_of(supporter), supporter=supporter, texts=texts)


def checked(way: Way) -> None:
    actions.check_application(actor=way.registrar, application=way.application)


def paid(way: Way) -> None:
    for fee in queries.open_fees(way.application):
        actions.pay_fee(actor=way.registrar, fee=fee)


def invoiced(way: Way) -> None:
    for fee in queries.open_fees(way.application):
        actions.invoice_fee(
            actor=way.registrar, fee=fee, reference="MADE-UP-4711", payer="Made-Up University"
        )


def _seats(way: Way) -> list[Seat]:
    submission = way.application.submission
    wanted = submission.version.standard.seats_on(submission.route)
    seats = []
    for number, user in enumerate(way.assessors[:wanted], start=1):
        seat = give_seat(actor=way.registrar, submission=submission, user=user, number=number)
        accept_seat(actor=Actor.of(user), seat=seat, no_conflict=True)
        seats.append(seat)
    submission.refresh_from_db()
    return seats


def seated(way: Way) -> None:
    _seats(way)


def more_asked(way: Way) -> None:
    seat = _seats(way)[0]
    ask_for_more(
        actor=Actor.of(seat.user),
        seat=seat,
        text="A made-up request: tell us what you yourself did in the second answer.",
        due_on=timezone.localdate() + timedelta(days=14),
        criteria=["a2"],
    )


def judged_met(way: Way) -> None:
    _judge(way, "met")


def judged_not_met(way: Way) -> None:
    _judge(way, "not-met")


def _judge(way: Way, grade: str) -> None:
    reason = "" if grade == "met" else "It says what the group did, not what you did. Made up."
    for seat in _seats(way):
        actor = Actor.of(seat.user)
        for number, one in enumerate(judged(way.application.submission)):
            given = grade if number == 0 else "met"
            why = reason if number == 0 else ""
            save_judgement(actor=actor, seat=seat, criterion=one.key, grade=given, reason=why)
        submit_review(actor=actor, seat=seat)
    way.application.submission.refresh_from_db()


def recommended(way: Way) -> None:
    _recommend(way, DecisionOutcome.APPROVE, "All of it is met.")


def _recommend(way: Way, outcome: DecisionOutcome, reasons: str) -> None:
    recommend_decision(
        actor=way.registrar,
        submission=way.application.submission,
        outcome=outcome,
        reasons=f"{reasons} Made up.",
    )


def approved(way: Way) -> None:
    recommended(way)
    _ratify(way)


def declined(way: Way) -> None:
    _recommend(
        way,
        DecisionOutcome.DECLINE,
        "One competence is not shown yet. Say what you yourself did, and apply again.",
    )
    _ratify(way)


def _ratify(way: Way) -> None:
    submission = way.application.submission
    ratify_decision(actor=way.ratifier, decision=submission.decisions.get())
    way.application.refresh_from_db()
    actions.take_up_approval(application=way.application)


TO_REVIEW = (sent, checked, paid)
CASES = (
    Case("candidate", "", REGISTERS[0], "equivalency", (half_written,)),
    Case("candidate", "", REGISTERS[1], "accredited", (*TO_REVIEW, judged_met, approved)),
    Case("registered", "", REGISTERS[0], "standard", (*TO_REVIEW, judged_met, approved, paid)),
    Case("applicant-unpaid", "Una Made-Up", REGISTERS[0], "standard", (sent,)),
    Case("applicant-invoiced", "Ivo Made-Up", REGISTERS[0], "standard", (sent, checked, invoiced)),
    Case("applicant-read", "Rea Made-Up", REGISTERS[0], "equivalency", (*TO_REVIEW, seated)),
    Case("applicant-asked", "Mora Made-Up", REGISTERS[0], "standard", (*TO_REVIEW, more_asked)),
    Case("applicant-judged", "Jude Made-Up", REGISTERS[0], "apprenticeship",
         (*TO_REVIEW, judged_met)),
    Case("applicant-waits", "Wade Made-Up", REGISTERS[0], "standard",
         (*TO_REVIEW, judged_met, recommended)),
    Case("applicant-declined", "Dee Made-Up", REGISTERS[0], "standard",
         (*TO_REVIEW, judged_not_met, declined)),
    Case("applicant-talks", "Tali Made-Up", REGISTERS[1], "individual", (*TO_REVIEW, judged_met)),
    Case("applicant-it", "Ike Made-Up", REGISTERS[2], "accredited", (*TO_REVIEW, seated)),
)  # fmt: skip


# --- making it ----------------------------------------------------------------------------------
def create() -> None:
    """Once; nothing where the people are not there."""
    registrar = _user("registrar")
    ratifiers = [user for local in RATIFIERS if (user := _user(local))]
    assessors = [user for local in ASSESSORS if (user := _user(local))]
    if registrar is None or not ratifiers or len(assessors) < len(ASSESSORS):
        return
    registers = _registers()
    if not registers:
        return
    institute = _bodies(registers, ratifiers)
    _duties(registrar, ratifiers, assessors)
    if RegisterApplication.objects.exists():
        return
    for case in CASES:
        register = registers[case.register]
        user = _applicant(case)
        if user is not None:
            made = _begin(register, case, user, institute)
            for step in case.steps:
                step(Way(made, Actor.of(registrar), assessors, Actor.of(ratifiers[0])))


def _user(local: str) -> User | None:
    return User.objects.filter(email=local + DEMONSTRATION_DOMAIN).first()


def _registers() -> dict[str, Register]:
    """The registers, each with its standard taken from its file where nobody has loaded it."""
    for one in standards.compared():
        if one.standard.key in REGISTERS and one.waits == standards.Waits.FIRST:
            standards.take(one)
    made = (loading.make_register(key) for key in REGISTERS)
    return {one.standard: one for one in made if one and queries.version_of(one)}


def _bodies(registers: dict[str, Register], ratifiers: list[User]) -> Organisation:
    institute, society = _body(INSTITUTE), _body(SOCIETY)
    for user in ratifiers:
        start(institute.pk, user, MemberRole.SIGNER)
    given = [(register, institute, LicenceScope.FULL) for register in registers.values()]
    given.append((registers[REGISTERS[1]], society, LicenceScope.DEVELOPMENT))
    for register, body, scope in given:
        if not Licence.objects.filter(register=register, body=body).exists():
            actions.give_licence(
                actor=SYSTEM,
                register=register,
                body=body,
                scope=scope,
                starts_on=timezone.localdate() - timedelta(days=400),
            )
    return institute


def _body(name: str) -> Organisation:
    admin = _user("administrator")
    person = admin.person_id if admin else uuid4()
    found, _ = Organisation.objects.get_or_create(
        slug=name.removeprefix("The ").lower().replace(" ", "-"),
        defaults={
            "name": name,
            "kind": Kind.BODY,
            "state": OrganisationState.APPROVED,
            "applied_by": person,
            "decided_by": person,
            "decided_at": timezone.now(),
        },
    )
    return found


def _duties(registrar: User, ratifiers: list[User], assessors: list[User]) -> None:
    for standard in REGISTERS:
        for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
            Duty.objects.get_or_create(user=registrar, standard=standard, kind=kind)
        for user in ratifiers:
            Duty.objects.get_or_create(user=user, standard=standard, kind=DutyKind.RATIFY)
    for user in assessors:
        trained = timezone.localdate() - timedelta(days=200)
        held, _ = Reviewer.objects.get_or_create(user=user, defaults={"trained_on": trained})
        held.standards = list(dict.fromkeys([*held.standards, *REGISTERS]))
        held.most = max(held.most, len(CASES))
        held.save(update_fields=["standards", "most"])


def _applicant(case: Case) -> User | None:
    """Somebody with a record of their own and a qualification in it."""
    if case.name:
        accounts.create_people(password=None, people=[Made(case.local, case.name)])
    user = _user(case.local)
    if user is not None and technician_of(user) is None:
        actor = Actor.of(user)
        people.begin_record(actor=actor, user=user)
        technician = technician_of(user)
        if technician is not None:
            values = {"title": "BTEC National", "awarded_by": "Made-Up College", "year": 2019}
            people.add_line(
                actor=actor, profile=technician.profile, kind="qualifications", values=values
            )
    return user


def _begin(register: Register, case: Case, user: User, body: Organisation) -> RegisterApplication:
    name = user.name.split(" (")[0]
    chosen = Chosen(route=case.route, body=body, name=name, membership=f"M-{user.pk}")
    return actions.begin_application(actor=Actor.of(user), register=register, chosen=chosen)
