"""Who may, with declarations and audits: the registrar's staff run them, assessors read them, who
ratifies for the body decides on the register. Nobody reads their own, or a colleague's."""

from django.db.models import Model

from benchside.accounts.models import User
from benchside.assessment import rules as engine
from benchside.assessment.enums import DutyKind
from benchside.assessment.interests import organisations_of
from benchside.assessment.models import Reviewer
from benchside.assessment.seats import Case, Conflict, conflicts
from benchside.assessment.seats import Reviewer as Person
from benchside.core.actions import Actor
from benchside.core.permissions import is_superuser, is_system, predicate
from benchside.organisations.models import Employment, Membership
from benchside.recognition.models import AnnualDeclaration, AuditCase, AuditRun, Entry, Register

MAY_RUN = (DutyKind.ASSIGN, DutyKind.KEEP)


def _entry_of(subject: Model) -> Entry:
    return subject if isinstance(subject, Entry) else subject.entry  # type: ignore[attr-defined]


def _standard_of(subject: Model | None) -> str:
    match subject:
        case Register():
            return subject.standard
        case AuditRun() | Entry():
            return subject.register.standard
        case AuditCase():
            return subject.run.register.standard
        case AnnualDeclaration():
            return subject.entry.register.standard
    return ""


@predicate("a registrar")
def is_registrar(actor: Actor, subject: Model | None) -> bool:
    return _standard_of(subject) in engine.standards_of(actor, *MAY_RUN)


@predicate("an assessor of the register")
def is_assessor(actor: Actor, subject: Model | None) -> bool:
    if actor.account is None:
        return False
    found = Reviewer.objects.filter(user_id=actor.account.pk, is_active=True).first()
    return found is not None and _standard_of(subject) in found.standards


@predicate("somebody who ratifies for the register")
def is_ratifier(actor: Actor, subject: Model | None) -> bool:
    return _standard_of(subject) in engine.standards_of(actor, DutyKind.RATIFY)


@predicate("a member of the body")
def is_of_the_body(actor: Actor, subject: Model) -> bool:
    if actor.account is None:
        return False
    here = Membership.objects.live().filter(organisation=_entry_of(subject).body_id)
    return here.filter(user_id=actor.account.pk).exists()


@predicate("the person it is about")
def is_own(actor: Actor, subject: Model) -> bool:
    technician = _entry_of(subject).award.technician
    if actor.account is None or technician is None:
        return False
    return bool(technician.account_id == actor.account.pk)


def against(actor: Actor, case: AuditCase) -> tuple[Conflict, ...]:
    """Why this person may not read a case, whatever their rights."""
    if actor.account is None:
        return ()
    technician = case.entry.award.technician
    work = Employment.objects.current().filter(technician=technician)
    touched = Case(
        key=case.pk,
        holder_people=frozenset({technician.account_id} if technician else ()),
        holder_organisations=frozenset(work.values_list("organisation_id", flat=True)),
    )
    user = User.objects.get(pk=actor.account.pk)
    person = Person(key=user.pk, organisations=organisations_of(user))
    return conflicts(person, touched, is_personal=True)


@predicate("without a conflict")
def is_free(actor: Actor, case: AuditCase) -> bool:
    return not against(actor, case)


@predicate("another than the first reader")
def is_second(actor: Actor, case: AuditCase) -> bool:
    return actor.person_id is not None and actor.person_id != case.doubted_by


reads_all = is_registrar | is_assessor
can_enter = reads_all | is_ratifier
can_run = is_registrar | is_system
has_business = reads_all | (is_ratifier & is_of_the_body)
can_read = has_business & is_free
can_review = (is_registrar | is_assessor) & is_free
can_look_again = can_review & is_second
can_answer = is_own
can_declare = is_own
can_grant_time = is_registrar & is_free
can_suspend = ((is_ratifier & is_of_the_body) | is_superuser) & is_free
can_go_by_the_clock = is_system
