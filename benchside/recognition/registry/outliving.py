"""What of an entry outlives the account of its person, and for how long.

Whoever is told of a concern stays until it is decided: they are to be heard. All else is erased at
once. But while a decision about them is public, or bars them from coming back, the entry keeps its
name, and the case what was decided; and what nobody has told them of yet runs to its end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.awarding.queries import rules_of, shown_state_of
from benchside.core.registries import ErasureTerm, ErasureTerms
from benchside.recognition.entries import folding
from benchside.recognition.models import (
    ConductCase,
    Entry,
    ProposedMove,
    Register,
    RegisterApplication,
    Sanction,
)
from benchside.recognition.registers.doors import opens_after
from benchside.recognition.registry import life, queries
from benchside.recognition.registry.enums import ConductState, ProposalState
from benchside.recognition.registry.states import OVER

# Said to everybody who is on a register, so that it tells nobody anything.
UNTIL_DECIDED = (
    "If the register still has to decide something about this entry, the name goes when that is "
    "over."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """That a name stays: `until` is the last day, None while nobody can know it. `is_told`: for
    what its person knows of."""

    until: date | None
    is_told: bool = True


def kept(entry: Entry, today: date) -> Kept | None:
    """None for an entry that nothing keeps."""
    told = told_of(entry, today)
    if open_cases(entry).exists() or open_proposals(entry).exists():
        return Kept(until=None, is_told=told is not None)
    return told


def told_of(entry: Entry, today: date) -> Kept | None:
    """The same for what its person knows of, and no more."""
    ends = list(_ends(entry, today))
    known = [one for one in ends if one is not None]
    if not ends:
        return None
    return Kept(until=max(known) if len(known) == len(ends) else None)


def kept_after_erasing(entry: Entry) -> Kept | None:
    """The same of an entry whose person had their account erased, for the desk."""
    is_asked = entry.forget_asked_at is not None and bool(entry.name)
    return kept(entry, timezone.localdate()) if is_asked else None


def _ends(entry: Entry, today: date) -> Iterable[date | None]:
    """The last day of all that is public of it, and of the bar on coming back."""
    yield from (one.until for one in queries.notices(entry))
    barred = _barred_for(entry)
    last = life.began(entry) + timedelta(days=barred - 1)
    if barred and today <= last:
        yield last


def _barred_for(entry: Entry) -> int:
    """In days since it came into its state."""
    by_appeal = entry.register.rules.conduct.reverse
    return opens_after(rules_of(entry.award), entry.award.state, by_appeal)


def open_cases(entry: Entry) -> QuerySet[ConductCase]:
    return entry.conduct_cases.exclude(state__in=OVER)


def open_proposals(entry: Entry) -> QuerySet[ProposedMove]:
    """What would be decided about them, and waits for a second person."""
    found = entry.proposals.filter(state=ProposalState.OPEN)
    return found.filter(~Q(sanction="") | Q(case__isnull=False))


def decided(entry: Entry) -> list[Sanction]:
    """What is public of it, and what put it where it is while that bars it from coming back."""
    barred = _barred_for(entry) > 0
    newest = entry.sanctions.filter(is_health=False, overturned_at__isnull=True).first()
    found = {one.pk: one for one in queries.public_sanctions(entry)}
    if barred and newest is not None:
        found[newest.pk] = newest
    return list(found.values())


def asked() -> QuerySet[Entry]:
    """Entries that outlive the account of their person."""
    found = Entry.objects.filter(forget_asked_at__isnull=False).exclude(name="")
    return found.select_related("award__version", "register").order_by("pk")


# --- for the person, before they say yes --------------------------------------------------------
def _mine(person: UUID) -> QuerySet[Entry]:
    found = Entry.objects.filter(award__technician__account__person_id=person).exclude(name="")
    return found.select_related("award__version", "register", "body").order_by("pk")


def waits_for(person: UUID) -> list[ErasureTerm]:
    """Each open concern that they were told of."""
    told = Q(told_at__isnull=False)
    return [
        ErasureTerm(
            f"A concern about your entry {entry.award.number} is open, and you are to be heard. "
            f"{_when(case)} Ask {entry.body.name} about it.",
            reverse("recognition:my_case", args=[entry.award.number, case.pk]),
        )
        for entry in _mine(person)
        for case in open_cases(entry).filter(told)
    ]


def _when(case: ConductCase) -> str:
    decision = case.decisions.filter(confirmed_at__isnull=False).first()
    if case.state == ConductState.DECIDED and decision and decision.appeal_by:
        return f"It is over after your last day to appeal, {decision.appeal_by:%-d %B %Y}."
    if case.hearing_on and case.state == ConductState.HEARING:
        return f"It is heard on {case.hearing_on:%-d %B %Y}, and then decided."
    return "It has no set last day yet."


def stays(person: UUID) -> list[ErasureTerm]:
    return [ErasureTerm(_stays(one)) for one in _mine(person)]


def _stays(entry: Entry) -> str:
    """Never a word of what they were not told."""
    where = f"{entry.award.number} on {entry.register.name}"
    found = told_of(entry, timezone.localdate())
    if found is None:
        return f"Your name leaves {where}. {UNTIL_DECIDED}"
    last = f"until {found.until:%-d %B %Y}" if found.until else "as long as it lasts"
    return (
        f"{where} keeps your name, its status and what was decided about you, {last}: as public as "
        f"they are now. The day after, they go by themselves. {UNTIL_DECIDED}"
    )


TERMS = ErasureTerms(key="recognition.registry", waits_for=waits_for, stays=stays)


# --- for those who look at an application -------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Namesake:
    """An entry that is kept after its person's account, under a name that fits. Unless it
    `is_told`, only those who run the register may know why."""

    number: str
    state: str
    until: date | None
    is_told: bool


def namesakes_of(application: RegisterApplication) -> list[Namesake]:
    technician = application.submission.technician
    names = (application.name, technician.name if technician else "")
    return _namesakes(application.register, names)


def _namesakes(register: Register, names: Sequence[str]) -> list[Namesake]:
    """Somebody who was removed and had their account erased is no one's account: the name alone
    tells, and a person has to look."""
    today = timezone.localdate()
    found = asked().filter(register=register)
    return [
        Namesake(one.award.number, shown_state_of(one.award).title, held.until, held.is_told)
        for one in found
        if any(_fits(name, one.name) for name in names)
        and (held := told_of(one, today) or kept(one, today)) is not None
    ]


def _fits(name: str, other: str) -> bool:
    """One of the two may leave a middle name out."""
    return bool(name) and (folding.bears(name, [other]) or folding.bears(other, [name]))
