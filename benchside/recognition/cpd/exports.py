"""What declarations and audits hold of a person, and how they forget."""

from typing import Any
from uuid import UUID

from benchside.core.registries import PersonalDataExport
from benchside.recognition.cpd.enums import CaseState, told_state
from benchside.recognition.models import (
    AnnualDeclaration,
    AuditCase,
    AuditLetter,
    AuditVerdict,
    DeclarationReminder,
    EarlierDeclaration,
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
                "said before": [
                    {
                        "cpd kept": each.is_kept,
                        "code kept": each.is_conduct_kept,
                        "career break": each.had_break,
                        "words": each.words,
                        "said at": each.said_at.isoformat(),
                    }
                    for each in one.earlier.all()
                ],
            }
            for one in said.select_related("entry__register").prefetch_related("earlier")
        ],
        "audits": [
            _audit(one)
            for one in drawn.select_related("run__register").prefetch_related("verdicts")
        ],
    }


def _audit(case: AuditCase) -> dict[str, Any]:
    """What they have been told. That one reader doubts it is nobody's to know, until another has
    looked: till then it is to be read, and what is said of this round is left out."""
    is_doubted = case.state == CaseState.DOUBTED
    told = [one for one in case.verdicts.all() if not is_doubted or one.round < case.rounds]
    return {
        "register": case.run.register.name,
        "year": case.run.year,
        "state": told_state(case.state),
        "summary": case.summary,
        "why more time": case.more_time,
        "said to them": "" if is_doubted else case.words,
        "verdicts": [
            {"standard": one.get_standard_display(), "met": one.is_met, "words": one.words}
            for one in told
        ],
    }


def forget(person_id: UUID) -> None:
    """Their words go, and what was said of them; that a run drew an entry, and how it ended, stays
    with its number."""
    said = AnnualDeclaration.objects.filter(**_theirs(person_id))
    said.filter(is_kept=True, is_conduct_kept=True).update(words="")
    said.exclude(words="").update(words=FORGOTTEN)
    earlier = EarlierDeclaration.objects.filter(declaration__in=said)
    earlier.exclude(words="").update(words=FORGOTTEN)
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
