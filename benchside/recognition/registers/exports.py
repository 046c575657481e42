"""What applications to registers hold about a person, and how they forget."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from benchside.assessment.models import Submission
from benchside.assessment.showing.forgetting import Beside
from benchside.core.registries import PersonalDataExport
from benchside.recognition.models import Fee, Interview, RegisterApplication


def _applications(person_id: UUID) -> QuerySet[RegisterApplication]:
    found = RegisterApplication.objects.filter(submission__technician__account__person_id=person_id)
    return found.select_related("register", "body", "submission").order_by("pk")


def export(person_id: UUID) -> dict[str, Any]:
    return {
        "applications_to_registers": [
            {
                "number": one.number,
                "register": one.register.name,
                "body": one.body.name,
                "name": one.name,
                "membership": one.membership,
                "state": one.submission.get_state_display(),
                "checked": one.checked_at.isoformat() if one.checked_at else None,
                "conditions_not_met": one.unmet_why,
                "pay_by": one.pay_by.isoformat() if one.pay_by else None,
                "fees": [
                    {
                        "for": fee.get_kind_display(),
                        "amount": str(fee.amount),
                        "state": fee.get_state_display(),
                        "payer": fee.payer,
                    }
                    for fee in one.fees.all()
                ],
                "interviews": [_interview(held) for held in one.submission.interviews.all()],
            }
            for one in _applications(person_id).prefetch_related("fees", "submission__interviews")
        ]
    }


def _interview(held: Interview) -> dict[str, Any]:
    return {
        "held": held.held_at.isoformat() if held.held_at else None,
        "you_asked_for": held.adjustments,
        "outcome": held.get_outcome_display(),
        "notes": held.notes,
        "set_aside": held.set_aside_at.isoformat() if held.set_aside_at else None,
    }


def erase(person_id: UUID) -> None:
    """Blank what names the person; that there was an application, and what it paid, stays."""
    for one in _applications(person_id):
        forget_beside(one.submission)


def forget_beside(submission: Submission) -> None:
    """What stands of an application beside what the engine forgets. Its entry is its own affair."""
    Interview.objects.filter(submission=submission).update(adjustments="", notes="")
    Fee.objects.filter(application__submission=submission).update(payer="")
    RegisterApplication.objects.filter(submission=submission).update(
        name="", membership="", unmet_why=""
    )


BESIDE = Beside(key="recognition.registers", forget=forget_beside)

# Before the record lets go of its account, by which these are found.
EXPORT = PersonalDataExport(
    key="recognition.registers",
    title="Your applications to registers",
    export=export,
    erase=erase,
    order=240,
)
