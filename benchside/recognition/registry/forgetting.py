"""What a registrar's desk gives a person of theirs, and how it forgets them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from benchside.core.registries import PersonalDataExport
from benchside.recognition.entries import seals
from benchside.recognition.models import (
    CaseDecision,
    CaseNote,
    ConductCase,
    Entry,
    EntryRequest,
    EqualityAnswer,
    ProposedMove,
    Sanction,
    YearlyRenewal,
)
from benchside.recognition.registry.actions.equality import FIELDS


def _entries(person: UUID) -> QuerySet[Entry]:
    return Entry.objects.filter(award__technician__account__person_id=person)


def _answers(person: UUID) -> QuerySet[EqualityAnswer]:
    return EqualityAnswer.objects.filter(
        application__submission__technician__account__person_id=person
    )


def export(person: UUID) -> dict[str, Any]:
    """Of concerns what they were told and answered, never who wrote nor what others noted."""
    mine = _entries(person)
    cases = ConductCase.objects.filter(entry__in=mine, told_at__isnull=False)
    renewals = YearlyRenewal.objects.filter(entry__in=mine)
    return {
        "renewals": [
            {"period_end": one.period_end.isoformat(), "told": one.conduct_words}
            for one in renewals
        ],
        "requests": [
            {"what": one.verb, "reason": one.reason, "words": one.words, "answer": one.answer}
            for one in EntryRequest.objects.filter(entry__in=mine)
        ],
        "concerns": [{"told": one.told, "answer": one.answer, "state": one.state} for one in cases],
        "sanctions": [
            {"title": one.title, "words": one.words, "begins": one.begins.isoformat()}
            for one in Sanction.objects.filter(entry__in=mine)
        ],
        "equality": [{name: getattr(one, name) for name in FIELDS} for one in _answers(person)],
    }


def erase(person: UUID) -> None:
    """Blank what was written of them; that it happened, and when, stays with the entry."""
    mine = _entries(person)
    _answers(person).delete()
    YearlyRenewal.objects.filter(entry__in=mine).update(conduct_words="")
    EntryRequest.objects.filter(entry__in=mine).update(words="", reason="", answer="")
    ProposedMove.objects.filter(entry__in=mine).update(words="", published="", answer="")
    Sanction.objects.filter(entry__in=mine).update(words="")
    for entry in mine.filter(sanctions__isnull=False).distinct():
        seals.seal(entry)
    cases = ConductCase.objects.filter(entry__in=mine)
    CaseNote.objects.filter(case__in=cases).update(text="")
    CaseDecision.objects.filter(case__in=cases).update(
        reasons="", published="", appeal="", heard=""
    )
    cases.update(said="", name="", reply_to="", told="", answer="")


OURS = PersonalDataExport(
    key="recognition.registry",
    title="Your entries: renewals, what you asked for, concerns",
    export=export,
    erase=erase,
    order=20,
)
