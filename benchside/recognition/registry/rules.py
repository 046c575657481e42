"""Who may, at a registrar's desk. Nobody acts upon their own entry, whatever duties they have."""

from typing import Any

from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty
from benchside.core.actions import Actor
from benchside.core.permissions import Predicate, is_superuser, is_system, predicate
from benchside.organisations.models import Membership
from benchside.recognition.models import Entry, Register, RegisterApplication


def entry_of(subject: Any) -> Entry | None:
    """The entry that something of the desk is about."""
    if isinstance(subject, Entry):
        return subject
    if (case := getattr(subject, "case", None)) is not None and not hasattr(subject, "entry"):
        return entry_of(case)
    found = getattr(subject, "entry", None)
    return found if isinstance(found, Entry) else None


def register_of(subject: Any) -> Register | None:
    if isinstance(subject, Register):
        return subject
    if isinstance(subject, RegisterApplication):
        return subject.register
    entry = entry_of(subject)
    return entry.register if entry else None


def _has_duty(name: str, *kinds: DutyKind) -> Predicate:
    def ask(actor: Actor, subject: Any) -> bool:
        register = register_of(subject)
        if actor.account is None or register is None:
            return False
        held = Duty.objects.filter(
            user_id=actor.account.pk, standard=register.standard, kind__in=kinds
        )
        return held.exists()

    return Predicate(name, ask) | is_superuser


@predicate("the person registered")
def is_holder(actor: Actor, subject: Any) -> bool:
    entry = entry_of(subject)
    technician = entry.award.technician if entry else None
    account = technician.account_id if technician else None
    return actor.account is not None and account == actor.account.pk


@predicate("a member of the body they are registered through")
def is_of_body(actor: Actor, subject: Any) -> bool:
    entry = entry_of(subject)
    if actor.account is None or entry is None:
        return False
    here = Membership.objects.live().filter(user_id=actor.account.pk, organisation=entry.body_id)
    return here.exists()


@predicate("whoever proposed it")
def proposed_it(actor: Actor, subject: Any) -> bool:
    return getattr(subject, "proposed_by", None) == actor.person_id


@predicate("whoever proposed the decision")
def proposed_decision(actor: Actor, subject: Any) -> bool:
    if actor.person_id is None:
        return False
    waiting = subject.decisions.filter(confirmed_at__isnull=True, sent_back_at__isnull=True)
    return bool(waiting.filter(proposed_by=actor.person_id).exists())


@predicate("the applicant")
def applied(actor: Actor, subject: Any) -> bool:
    if actor.account is None or not isinstance(subject, RegisterApplication):
        return False
    technician = subject.submission.technician
    return technician is not None and technician.account_id == actor.account.pk


runs = _has_duty("a registrar of the register", DutyKind.ASSIGN, DutyKind.KEEP)
keeps = _has_duty("a keeper of the register’s entries", DutyKind.KEEP)
ratifies = _has_duty("somebody who ratifies for the register", DutyKind.RATIFY)
can_keep = keeps & ~is_holder
can_second = ratifies & (is_of_body | is_superuser) & ~is_holder
can_confirm = can_second & ~proposed_it
can_see_case = can_keep | can_second
can_keep_or_system = can_keep | is_system
