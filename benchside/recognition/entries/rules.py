"""Who may, with entries: the person chooses what else is shown, the registrar keeps the rest, but
never of their own."""

from typing import Any

from benchside.assessment.enums import DutyKind
from benchside.assessment.rules import standards_of
from benchside.core.actions import Actor
from benchside.core.permissions import Predicate, is_system, predicate
from benchside.recognition.models import Entry, HidingRequest, Register


def entry_of(subject: Any) -> Entry | None:
    match subject:
        case Entry():
            return subject
        case HidingRequest():
            return subject.entry
    return None


def register_of(subject: Any) -> Register | None:
    if isinstance(subject, Register):
        return subject
    entry = entry_of(subject)
    return entry.register if entry else None


@predicate("a registrar of the register")
def keeps(actor: Actor, subject: Any) -> bool:
    register = register_of(subject)
    return register is not None and register.standard in standards_of(actor, DutyKind.KEEP)


@predicate("whose entry it is")
def is_own(actor: Actor, subject: Any) -> bool:
    entry = entry_of(subject)
    holder = entry.award.technician if entry else None
    if actor.account is None or holder is None:
        return False
    return bool(holder.account_id == actor.account.pk)


can_keep: Predicate = (keeps & ~is_own) | is_system
