"""What can be asked at a registrar's desk, starting from what the asker may see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding.queries import rules_of, version_in_force
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import AwardEvent, Duty
from benchside.assessment.standards import AwardState
from benchside.assessment.standards.shapes import in_words
from benchside.organisations.models import Membership, Organisation
from benchside.recognition.entries import searching
from benchside.recognition.entries.as_at import proposer_of
from benchside.recognition.entries.notices import Notice
from benchside.recognition.models import (
    ConductCase,
    Entry,
    Licence,
    ProposedMove,
    Register,
    RegisterApplication,
    Sanction,
)
from benchside.recognition.registry.enums import ConductState, ProposalState
from benchside.recognition.registry.states import OVER


# --- whose desk ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Desk:
    """A register as one person may see it: all of it, or the entries of their own bodies.

    `keeps`: they keep its entries and see to conduct. `seconds`: they are the second person for
    `bodies`, where None stands for all.
    """

    register: Register
    user: User
    runs: bool
    keeps: bool
    seconds: bool
    bodies: frozenset[int] | None

    @property
    def sees_conduct(self) -> bool:
        return self.keeps or self.seconds

    def entries(self) -> QuerySet[Entry]:
        """Those they may see, never more: all for a registrar, those of their bodies else."""
        found = Entry.objects.filter(register=self.register)
        if self.runs or self.bodies is None:
            return found
        return found.filter(body__in=self.bodies)

    def cases(self) -> QuerySet[ConductCase]:
        """Concerns they may read: never one about themselves."""
        if not self.sees_conduct:
            return ConductCase.objects.none()
        found = ConductCase.objects.filter(entry__in=self._conduct_entries())
        found = found.exclude(entry__award__technician__account=self.user)
        return found.select_related("entry__award__technician", "entry__register", "entry__body")

    def _conduct_entries(self) -> QuerySet[Entry]:
        found = Entry.objects.filter(register=self.register)
        if self.keeps or self.bodies is None:
            return found
        return found.filter(body__in=self.bodies)


def desks_of(user: User) -> list[Desk]:
    """The registers somebody has a desk for, by name."""
    held: dict[str, set[str]] = {}
    for standard, kind in Duty.objects.filter(user=user).values_list("standard", "kind"):
        held.setdefault(standard, set()).add(kind)
    registers = Register.objects.order_by("name")
    if not user.is_superuser:
        registers = registers.filter(standard__in=held)
    here = Membership.objects.live().filter(user=user).values_list("organisation", flat=True)
    bodies = frozenset(here) if held else frozenset()
    found = (_desk(user, one, frozenset(held.get(one.standard, ())), bodies) for one in registers)
    return [one for one in found if one is not None]


def _desk(
    user: User, register: Register, kinds: Collection[str], bodies: frozenset[int]
) -> Desk | None:
    if user.is_superuser:
        return Desk(register, user, True, True, True, None)
    runs = bool({DutyKind.ASSIGN, DutyKind.KEEP} & set(kinds))
    seconds = DutyKind.RATIFY in kinds and bool(bodies)
    if not runs and not seconds:
        return None
    return Desk(register, user, runs, DutyKind.KEEP in kinds, seconds, bodies)


def desk_of(user: User, slug: str) -> Desk | None:
    return next((one for one in desks_of(user) if one.register.slug == slug), None)


# --- entries ------------------------------------------------------------------------------------
SORTS: dict[str, tuple[Any, ...]] = {
    "number": ("award__number",),
    "name": ("name", "award__number"),
    "state": ("award__state", "award__number"),
    "body": ("body__name", "award__number"),
    "ends": (F("award__period_end").asc(nulls_last=True), "award__number"),
    "admitted": ("admitted_on", "award__number"),
}
DUE = [
    ("ready", "Ready to be renewed"),
    ("due", "Year ends within 90 days"),
    ("unreached", "Due, and no address for letters"),
    ("over", "Year is over"),
]


def entries(
    desk: Desk, *, words: str = "", state: str = "", body: str = "", due: str = "", sort: str = ""
) -> QuerySet[Entry]:
    """The entries of a desk, narrowed and sorted."""
    found: Any = desk.entries().select_related("award__version", "award__technician", "body")
    if state:
        found = found.filter(award__state=state)
    if body:
        found = found.filter(body__slug=body)
    if due:
        found = found.filter(_due(desk.register, due))
    if words:
        numbers = ("award__number", "former_numbers__number")
        columns = ("name", "former_names__name", *numbers)
        found = found.filter(searching.having(words, columns, numbers)).distinct()
    found = found.order_by(*SORTS.get(sort.removeprefix("-"), SORTS["number"]))
    return found.reverse() if sort.startswith("-") else found


def _due(register: Register, due: str) -> Q:
    today = timezone.localdate()
    standing = Q(award__state__in=[one.key for one in states_of(register) if one.stands])
    if due == "over":
        return standing & Q(award__period_end__lt=today)
    if due == "ready":
        return standing & Q(
            renewals__period_end=F("award__period_end"),
            renewals__renewed_at__isnull=True,
            renewals__details_at__isnull=False,
            renewals__conduct_at__isnull=False,
        )
    soon = date.fromordinal(today.toordinal() + 90)
    if due == "unreached":
        reached = Q(award__technician__account__is_active=True)
        reached |= Q(award__technician__work_email__gt="")
        return standing & Q(award__period_end__lte=soon) & ~reached
    return standing & Q(award__period_end__range=(today, soon))


def states_of(register: Register) -> tuple[AwardState, ...]:
    """The states of its standard in force."""
    version = version_in_force(register.standard)
    found = version.standard.award if version else None
    return found.states if found else ()


def former_numbers(entry: Entry, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Numbers that lead to it, each with the changes that its list told of; none is kept of
    somebody who was erased."""
    return [
        {
            "number": one.number,
            "name": one.said.get("name", ""),
            "history": [
                (date.fromisoformat(day), titles.get(state, state), why)
                for day, state, why in one.said.get("history", ())
            ],
        }
        for one in entry.former_numbers.all()
    ]


def entry_of(desk: Desk, number: str) -> Entry | None:
    found = desk.entries().filter(award__number=number)
    return found.select_related(
        "award__version", "award__technician__account", "body", "register"
    ).first()


def bodies_of(register: Register) -> list[Organisation]:
    """Those that hold or held a licence for it, by name."""
    held = Licence.objects.filter(register=register).values("body")
    return list(Organisation.objects.filter(pk__in=held).order_by("name"))


GONE = "Somebody who has left"


@dataclass(frozen=True, slots=True)
class Told:
    """One event of an entry, with who did it, and who had proposed it, as far as the desk knows
    the names."""

    event: AwardEvent
    who: str


def history(entry: Entry) -> list[Told]:
    """What happened to it, the last first; people by name where they still have an account."""
    events = list(entry.award.events.order_by("-number"))
    known = names_of({one.actor for one in events} | {proposer_of(one) for one in events})
    return [Told(one, _who(one, known)) for one in events]


def _who(event: AwardEvent, known: Mapping[UUID, str]) -> str:
    if event.actor is None:
        return "Benchside itself"
    who, first = known.get(event.actor, GONE), proposer_of(event)
    return who if first is None else f"{who}; proposed by {known.get(first, GONE)}"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change that waited for a second person, and what came of it."""

    proposal: ProposedMove
    title: str
    proposer: str
    second: str


def proposed_before(entry: Entry) -> list[Proposed]:
    """What was proposed and is over, the last first."""
    found = list(entry.proposals.exclude(state=ProposalState.OPEN).order_by("-pk")[:20])
    known = names_of(person for one in found for person in (one.proposed_by, one.closed_by))
    return [
        Proposed(
            one,
            in_words(one.verb),
            known.get(one.proposed_by, GONE),
            known.get(one.closed_by, GONE) if one.closed_by else "",
        )
        for one in found
    ]


def names_of(people: Iterable[Any]) -> dict[Any, str]:
    """Names by person id, of those who still have an account."""
    wanted = {one for one in people if one}
    return dict(User.objects.filter(person_id__in=wanted).values_list("person_id", "name"))


def open_proposals(desk: Desk) -> QuerySet[ProposedMove]:
    """What waits for a second person, of the entries of a desk."""
    found = ProposedMove.objects.filter(state=ProposalState.OPEN, entry__in=desk.entries())
    return found.select_related("entry__award__version", "entry__body", "entry__register")


# --- a person's own -----------------------------------------------------------------------------
def own_entry(user: User, number: str) -> Entry | None:
    found = Entry.objects.filter(award__technician__account=user, award__number=number)
    return found.select_related(
        "award__version", "award__technician__account", "body", "register"
    ).first()


def own_application(user: User, number: str) -> RegisterApplication | None:
    found = RegisterApplication.objects.filter(submission__technician__account=user, number=number)
    return found.select_related("register", "submission__technician", "equality").first()


def own_cases(entry: Entry) -> QuerySet[ConductCase]:
    """What the person concerned has been told of, and no more."""
    return entry.conduct_cases.filter(told_at__isnull=False).prefetch_related("decisions")


# --- conduct ------------------------------------------------------------------------------------
CASE_SORTS = {
    "number": ("entry__award__number", "pk"),
    "came": ("made_at", "pk"),
    "moved": ("moved_at", "pk"),
    "state": ("state", "pk"),
}


def cases(
    desk: Desk, *, words: str = "", state: str = "", is_open: bool = False, sort: str = "-came"
) -> QuerySet[ConductCase]:
    found: Any = desk.cases()
    if state in ConductState.values:
        found = found.filter(state=state)
    if is_open:
        found = found.exclude(state__in=OVER)
    found = found.filter(searching.having(words, ("entry__name",), ("entry__award__number",)))
    found = found.order_by(*CASE_SORTS.get(sort.removeprefix("-"), CASE_SORTS["came"]))
    return found.reverse() if sort.startswith("-") else found


def case_of(desk: Desk, pk: int) -> ConductCase | None:
    found = desk.cases().filter(pk=pk)
    return found.prefetch_related(
        "notes", "decisions", Prefetch("proposals", ProposedMove.objects.order_by("-pk"))
    ).first()


# --- what everybody reads -----------------------------------------------------------------------
def public_sanctions(entry: Entry) -> QuerySet[Sanction]:
    """Those that are public today: never for health, never once overturned, and nothing of
    somebody whose state is shown to nobody."""
    state = next((one for one in states_of(entry.register) if one.key == entry.award.state), None)
    if state is None or not state.public:
        return entry.sanctions.none()
    today = timezone.localdate()
    goes_on = Q(kind__in=_lasting(entry), until__isnull=True, ended_on__isnull=True)
    return entry.sanctions.filter(
        Q(publish_until__gte=today) | goes_on,
        is_health=False,
        overturned_at__isnull=True,
        publish_until__isnull=False,
        begins__lte=today,
    )


def notices(entry: Entry) -> list[Notice]:
    """What is read of these, by everybody whom its entry is shown to."""
    lasting = _lasting(entry)
    return [
        Notice(
            title=one.title,
            words=one.words,
            since=one.begins,
            until=one.publish_until if ends or one.kind not in lasting else None,
            ends=ends,
        )
        for one in public_sanctions(entry)
        for ends in (one.ended_on or one.until,)
    ]


def _lasting(entry: Entry) -> list[str]:
    """Kinds of sanction whose state the entry is in, and may be let out of. One without an end is
    read for as long as it lasts: its months are counted from when it is lifted."""
    rules, state, moves = entry.register.rules, entry.award.state, rules_of(entry.award).moves
    if not any(one.verb == rules.conduct.lift and state in one.source for one in moves):
        return []
    into = {one.verb for one in moves if one.target == state}
    return [one.kind for one in rules.sanctions if one.verb in into]
