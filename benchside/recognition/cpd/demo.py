"""This part of the demonstration: last year's audit, over; this year's, with somebody who is asked,
somebody to be read, and the committee."""

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.assessment.actions import grant_award
from benchside.assessment.actions.awards import Given
from benchside.assessment.awarding import loading as standards
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty, Reviewer, StandardVersion
from benchside.core.actions import SYSTEM, Actor
from benchside.organisations.actions.members import start
from benchside.organisations.enums import Kind, MemberRole, OrganisationState
from benchside.organisations.models import Organisation
from benchside.people.actions import begin_record
from benchside.people.cpd.demo import keep_a_log
from benchside.people.models import Technician
from benchside.recognition.cpd import actions, clock, sampling
from benchside.recognition.cpd.actions import Plan, Said
from benchside.recognition.cpd.enums import CaseState, StandardKey
from benchside.recognition.cpd.population import standing
from benchside.recognition.cpd.queries import years_to_declare
from benchside.recognition.entries import names
from benchside.recognition.models import AuditCase, AuditRun, Entry, Licence, Register
from benchside.recognition.registers import loading

STANDARD = "registered-technician"
INSTITUTE = "The Made-Up Institute of Technicians"
ENOUGH = 24  # on the register, so that a sample has parts
ASSESSORS = ("register-assessor", "other-register-assessor")
MISSING = "All of it is of one kind. Add two things of another kind, such as a course or a talk."
# How last year's audit ended, one after the other.
ENDS = (CaseState.ACCEPTED, CaseState.ACCEPTED, CaseState.SILENT, CaseState.COMMITTEE)
# This year's share, wider where no seed draws those who are to be drawn: all of them, at last.
PERCENTS = (Decimal(20), Decimal(50), Decimal(100))
TRIES = 500


def create() -> None:
    """Once; nothing where the registrar or the standard is not there."""
    registrar, register = _user("registrar"), _register()
    asked, shown = _user("asked"), _user("drawn")
    if registrar is None or asked is None or shown is None or register is None:
        return
    if AuditRun.objects.filter(register=register).exists():
        return
    _duties(registrar)
    version = StandardVersion.objects.in_force(STANDARD)
    if version is None:
        return
    for user in (asked, shown):
        keep_a_log(user)
        _on_the_register(register, version, begin_record(actor=Actor.of(user), user=user))
    for number in range(max(0, ENOUGH - standing(register).count())):
        made = Technician.objects.create(
            name=f"Made-Up Technician {number + 1:02d}",
            work_email=f"made-up-{number + 1:02d}{DEMONSTRATION_DOMAIN}",
        )
        _on_the_register(register, version, made, years=2 + number % 6)
    _last_year(register, Actor.of(registrar))
    _this_year(register, Actor.of(registrar), [asked, shown])
    _declare(register)


def _user(local: str) -> User | None:
    return User.objects.filter(email=local + DEMONSTRATION_DOMAIN).first()


def _register() -> Register | None:
    """The register, its standard taken from its file where nobody has loaded it."""
    for one in standards.compared():
        if one.standard.key == STANDARD and one.waits == standards.Waits.FIRST:
            standards.take(one)
    return loading.make_register(STANDARD)


def _duties(registrar: User) -> None:
    for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
        Duty.objects.get_or_create(user=registrar, standard=STANDARD, kind=kind)
    for user in filter(None, map(_user, ASSESSORS)):
        found, _ = Reviewer.objects.get_or_create(user=user)
        if STANDARD not in found.standards:
            found.standards = [*found.standards, STANDARD]
            found.save(update_fields=["standards"])


def _body(register: Register) -> Organisation:
    body = Organisation.objects.filter(name=INSTITUTE).first()
    if body is None:
        person = uuid4()
        body = Organisation.objects.create(
            name=INSTITUTE,
            slug="made-up-institute-of-technicians",
            kind=Kind.BODY,
            state=OrganisationState.APPROVED,
            applied_by=person,
            decided_by=person,
            decided_at=timezone.now(),
        )
    if not Licence.objects.filter(register=register, body=body).exists():
        Licence.objects.create(register=register, body=body)
    if (ratifier := _user("body-ratifier")) is not None:
        start(body.pk, ratifier, MemberRole.SIGNER)
        Duty.objects.get_or_create(user=ratifier, standard=STANDARD, kind=DutyKind.RATIFY)
    return body


def _on_the_register(
    register: Register, version: StandardVersion, technician: Technician, years: int = 3
) -> None:
    if Entry.objects.filter(register=register, award__technician=technician).exists():
        return
    since = timezone.localdate() - timedelta(days=365 * years)
    # Their year began at most half a year ago, so that nothing of it is due.
    begins = timezone.localdate() - timedelta(days=180)
    award = grant_award(
        actor=SYSTEM, version=version, given=Given(technician=technician, starts_on=begins)
    )
    entry = Entry.objects.create(
        award=award,
        register=register,
        body=_body(register),
        name=technician.name,
        admitted_on=since,
    )
    names.index(entry)


# --- the audits ---------------------------------------------------------------------------------
def _last_year(register: Register, registrar: Actor) -> None:
    """Over: most accepted, one silent, one with the committee."""
    year = timezone.localdate().year - 1
    ends = timezone.localdate().replace(year=year, month=12, day=31)
    plan = Plan(year=year, percent=Decimal(25), strata=("years",), ends_on=ends)
    run = actions.freeze_population(actor=registrar, register=register, plan=plan)
    actions.draw_sample(actor=registrar, run=run, seed="made-up seed 0")
    due = timezone.localdate() + timedelta(days=30)
    actions.announce_run(actor=registrar, run=run, due_on=due)
    for number, case in enumerate(run.cases.select_related("entry__award__technician")):
        who = case.entry.award.technician
        # Whoever signs in here had theirs accepted, so that they can be drawn this year.
        is_ours = who is not None and who.account_id is not None
        _ends(case, CaseState.ACCEPTED if is_ours else ENDS[number % len(ENDS)])


def _ends(case: AuditCase, state: CaseState) -> None:
    """Written down as it was: most of them have no account to act with."""
    now = timezone.now()
    AuditCase.objects.filter(pk=case.pk).update(
        state=state,
        notified_at=now,
        due_on=timezone.localdate() + timedelta(days=30),
        decided_at=now if state == CaseState.ACCEPTED else None,
        referred_at=now if state == CaseState.COMMITTEE else None,
        is_certain=state == CaseState.COMMITTEE,
    )
    reader = _user(ASSESSORS[0])
    if state == CaseState.ACCEPTED and reader is not None:
        for key in StandardKey:
            if key != StandardKey.POINTS:
                case.verdicts.create(round=0, standard=key, is_met=True, made_by=reader.person_id)


def _this_year(register: Register, registrar: Actor, users: list[User]) -> None:
    """Announced: two have an account, one of whom has shown a log."""
    today = timezone.localdate()
    run = _run_with(register, registrar, users)
    actions.announce_run(actor=registrar, run=run, due_on=today + timedelta(days=42))
    for case in run.cases.all():
        clock.notify(case.pk)
    _, drawn = users
    case = run.cases.get(entry__award__technician__account=drawn)
    actions.submit_year(
        actor=Actor.of(drawn),
        case=case,
        summary="This year was about safety: lasers, gas, and showing others how.",
    )


def _declare(register: Register) -> None:
    """Whoever has an account, and no audit, declares their year: they may still correct it."""
    unasked = register.entries.filter(audit_cases__isnull=True)
    for user in User.objects.filter(technician__awards__entry__in=unasked):
        entry = unasked.get(award__technician__account=user)
        for year in years_to_declare(entry, timezone.localdate()):
            said = Said(is_kept=True, is_conduct_kept=True)
            actions.declare_year(actor=Actor.of(user), entry=entry, year=year, said=said)


def _run_with(register: Register, registrar: Actor, users: Collection[User]) -> AuditRun:
    """This year's run, drawn with a seed that takes these; of a greater share where none does."""
    numbers = register.entries.filter(award__technician__account__in=users)
    wanted = set(numbers.values_list("award__number", flat=True))
    for percent in PERCENTS:
        plan = Plan(
            year=timezone.localdate().year,
            percent=percent,
            strata=("body", "years"),
            each_stratum=True,
            ends_on=timezone.localdate() - timedelta(days=1),
        )
        run = actions.freeze_population(actor=registrar, register=register, plan=plan)
        if seed := _seed_for(run, wanted):
            actions.draw_sample(actor=registrar, run=run, seed=seed)
            return run
        actions.abandon_run(actor=registrar, run=run)
    raise LookupError("They are not among those who can be drawn.")


def _seed_for(run: AuditRun, wanted: Collection[str]) -> str:
    """The first made-up seed that draws all of these; empty where none of the first does."""
    members = sampling.parse(run.population.encode())
    for number in range(TRIES):
        seed = f"made-up seed {number}"
        sample = sampling.draw(
            members, seed=seed, percent=run.percent, each_stratum=run.each_stratum
        )
        if set(wanted) <= {one.number for one in sample}:
            return seed
    return ""
