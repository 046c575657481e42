"""What a registrar's desk gives a person of theirs, and how it forgets them."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from benchside.core.registries import PersonalDataExport
from benchside.recognition.entries import seals
from benchside.recognition.entries.forgetting import forget_name
from benchside.recognition.models import (
    CaseDecision,
    CaseNote,
    ConductCase,
    Entry,
    EntryRequest,
    EqualityAnswer,
    Sanction,
    YearlyRenewal,
)
from benchside.recognition.registry import outliving
from benchside.recognition.registry.actions.equality import FIELDS
from benchside.recognition.registry.enums import ProposalState


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
    """Blank what was written of them; that it happened, and when, stays with the entry. What was
    decided, and what is open, stays as long as `outliving` keeps their name."""
    mine = _entries(person)
    _answers(person).delete()
    YearlyRenewal.objects.filter(entry__in=mine).update(conduct_words="")
    EntryRequest.objects.filter(entry__in=mine).update(words="", reason="", answer="")
    today = timezone.localdate()
    for entry in mine.select_related("award__version", "register"):
        _forget_words(entry, today)


def look_again(entry: Entry, today: date) -> None:
    """By the clock, of an entry that outlives its person's account: blank what nothing keeps any
    more, and with the last of it the name."""
    with transaction.atomic():
        held = outliving.asked().select_for_update(of=("self",)).get(pk=entry.pk)
        _forget_words(held, today)
        if outliving.kept(held, today) is None:
            forget_name(held)


def _forget_words(entry: Entry, today: date) -> None:
    """Of an entry that is kept, a case that is open keeps all, one that led to what is public its
    decision, and every other nothing."""
    is_kept = outliving.kept(entry, today) is not None
    decided = outliving.decided(entry) if is_kept else []
    if (
        entry.sanctions.exclude(pk__in=[one.pk for one in decided])
        .exclude(words="")
        .update(words="")
    ):
        seals.seal(entry)
    _forget_proposals(entry, decided, is_kept=is_kept)
    over = entry.conduct_cases.all()
    if is_kept:
        over = over.exclude(pk__in=outliving.open_cases(entry).values("pk"))
    CaseNote.objects.filter(case__in=over).update(text="")
    decisions = CaseDecision.objects.filter(case__in=over)
    decisions.update(appeal="")
    led_here = [one.case_id for one in decided if one.case_id]
    decisions.exclude(case__in=led_here, confirmed_at__isnull=False).update(
        reasons="", published="", heard=""
    )
    over.update(said="", name="", reply_to="", told="", answer="")


def _forget_proposals(entry: Entry, decided: Collection[Sanction], *, is_kept: bool) -> None:
    """The grounds of a decision without a case stand with what was proposed."""
    gone = entry.proposals.all()
    if is_kept:
        kinds = [one.kind for one in decided]
        gone = gone.exclude(pk__in=outliving.open_proposals(entry).values("pk"))
        gone = gone.exclude(state=ProposalState.DONE, sanction__in=kinds)
    gone.update(words="", published="", answer="")


OURS = PersonalDataExport(
    key="recognition.registry",
    title="Your entries: renewals, what you asked for, concerns",
    export=export,
    erase=erase,
    order=20,
)
