"""Who may bring entries in, and who reads what an employer is shown."""

from typing import Any

from benchside.assessment.enums import DutyKind
from benchside.assessment.rules import standards_of
from benchside.core.actions import Actor
from benchside.core.permissions import is_system, predicate
from benchside.recognition.models import BroughtList, Register


@predicate("a keeper of the register’s entries")
def keeps(actor: Actor, subject: Any) -> bool:
    register = subject.register if isinstance(subject, BroughtList) else subject
    if not isinstance(register, Register):
        return False
    return register.standard in standards_of(actor, DutyKind.KEEP)


can_bring = keeps | is_system
