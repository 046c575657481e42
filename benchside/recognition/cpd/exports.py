"""What declarations and audits hold of a person, and how they forget."""

from typing import Any
from uuid import UUID

from benchside.core.registries import PersonalDataExport
from benchside.recognition.models import (
    AnnualDeclaration,
    AuditCase,
    AuditLetter,
    AuditVerdict,
    DeclarationReminder,
)


def _theirs(person_id: UUID) -> dict[str, UUID]:
    return {"entry__award__technician__account__person_id": person_id}


def held(person_id: UUID) -> dict[str, Any]:
    """What they declared, and their part in audits, as the register tells it to them."""
    said = AnnualDeclaration.objects.filter(**_theirs(person_id))
    drawn = AuditCase.objects.filter(**_theirs(person_id), notified_at__isnull=False)
    return {
        "declarations": [
            {
                "register": one.entry.register.name,
                "year": one.year,
                "cpd kept": one.is_kept,
                "code kept": one.is_conduct_kept,
                "career break": one.had_break,
                "words": one.words,
                "made at": one.made_at.isoformat(),
            }
            for one in said.select_related("entry__register")
        ],
        "audits": [
            {
                "register": one.run.register.name,
                "year": one.run.year,
                "state": one.get_state_display(),
                "summary": one.summary,
                "why more time": one.more_time,
                "said to them": one.words,
                "verdicts": [
                    {
                        "standard": each.get_standard_display(),
                        "met": each.is_met,
                        "words": each.words,
                    }
                    for each in one.verdicts.all()
                ],
            }
            for one in drawn.select_related("run__register").prefetch_related("verdicts")
        ],
    }


def forget(person_id: UUID) -> None:
    """Their words go, and what was said of them; that a run drew an entry, and how it ended, stays
    with its number."""
    said = AnnualDeclaration.objects.filter(**_theirs(person_id))
    said.filter(is_kept=True, is_conduct_kept=True).update(words="")
    said.exclude(words="").update(words=FORGOTTEN)
    drawn = AuditCase.objects.filter(**_theirs(person_id))
    keys = list(drawn.values_list("pk", flat=True))
    AuditVerdict.objects.filter(case__in=keys).exclude(words="").update(words=FORGOTTEN)
    AuditCase.objects.filter(pk__in=keys).update(summary="", words="")
    AuditCase.objects.filter(pk__in=keys).exclude(more_time="").update(more_time=FORGOTTEN)
    AuditLetter.objects.filter(case__in=keys).delete()
    DeclarationReminder.objects.filter(**_theirs(person_id)).delete()


FORGOTTEN = "(forgotten)"
EXPORT = PersonalDataExport(
    key="recognition.cpd", title="CPD declarations and audits", export=held, erase=forget, order=10
)
