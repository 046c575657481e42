"""What can be asked about declarations and audits. Whoever asks has passed the gate of the
register, or asks about themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding.queries import state_of
from benchside.core.actions import Actor
from benchside.core.disclosure import WORKFORCE, ProtectedList, protect_list
from benchside.core.models.audit import AuditEvent
from benchside.organisations.models import Employment, Membership
from benchside.recognition.cpd import rules
from benchside.recognition.cpd.committee_moves import SUSPENDED_STATE
from benchside.recognition.cpd.declaring import correct_until, due_on, open_years
from benchside.recognition.cpd.enums import ANSWERABLE, ASKED, OVER, TO_READ, CaseState, RunState
from benchside.recognition.cpd.population import standing
from benchside.recognition.cpd.whereabouts import Presence, presence
from benchside.recognition.models import (
    AnnualDeclaration,
    AuditCase,
    AuditRun,
    Entry,
    Register,
)
from benchside.recognition.registry.mails import anywhere

Order = str | OrderBy
CASE_SORTS: dict[str, tuple[Order, ...]] = {
    "name": ("entry__name", "pk"),
    "number": ("entry__award__number", "pk"),
    "state": ("state", "due_on", "pk"),
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "sent": (F("submitted_at").asc(nulls_last=True), "pk"),
}
DECLARED_SORTS: dict[str, tuple[Order, ...]] = {
    "name": ("name", "pk"),
    "number": ("award__number", "pk"),
    "made": (F("said__made_at").asc(nulls_last=True), "pk"),
}


# --- one's own ----------------------------------------------------------------------------------
def entries_of(user: User) -> QuerySet[Entry]:
    """Somebody's own entries, whatever their state."""
    return Entry.objects.filter(award__technician__account=user).select_related(
        "register", "body", "award__version", "award__technician"
    )


def case_of(entry: Entry) -> AuditCase | None:
    """The newest audit they were told of."""
    found = entry.audit_cases.filter(notified_at__isnull=False)
    return found.select_related("run__register", "share").order_by("-run__year", "-pk").first()


def declared(entry: Entry, year: int) -> bool:
    """Whether a year's CPD was declared; asked by renewals."""
    return AnnualDeclaration.objects.filter(entry=entry, year=year).exists()


def years_to_declare(entry: Entry, on: date) -> tuple[int, ...]:
    """The years that may be declared on a day and are not; none where nothing is asked."""
    rule = entry.register.rules.cpd_on(on)
    if rule is None:
        return ()
    said = set(entry.declarations.values_list("year", flat=True))
    years = open_years(on, rule.declare_by, since=entry.admitted_on, declared=said)
    return tuple(one for one in years if due_on(one, rule.declare_by) >= rule.valid_from)


def correctable_until(said: AnnualDeclaration, on: date) -> date | None:
    """The last day on which they may correct what they declared; none where it is over, they are
    off the register, or an audit of that year is open."""
    entry = said.entry
    rule = entry.register.rules.cpd_on(on)
    if rule is None or not state_of(entry.award).stands or is_looked_into(entry, said.year):
        return None
    last = correct_until(said.due_on, timezone.localdate(said.made_at), rule.correct_days)
    return last if last is not None and on <= last else None


def is_looked_into(entry: Entry, year: int) -> bool:
    """Whether an audit of that year is not over for them: a silent one is not."""
    return entry.audit_cases.filter(run__year=year).exclude(state__in=OVER).exists()


@dataclass(frozen=True, slots=True)
class Next:
    """Something of CPD that waits for somebody on a register: what, why, where, until when."""

    title: str
    why: str
    url: str
    by: date | None = None


def next_things(entry: Entry, on: date) -> list[Next]:
    """What waits for them now, what is nearest first; for the page of their registrations."""
    found = []
    case = case_of(entry)
    number = [entry.award.number]
    if case is not None and case.state in ANSWERABLE:
        is_asked = case.state not in ASKED or presence(case) == Presence.HERE
        is_due = is_asked and case.due_on is not None and case.due_on >= on
        by = case.due_on if is_due else None
        until = f" by {by:%-d %B %Y}" if by else ""
        url = reverse("recognition:my_audit", args=number)
        found.append(Next("Show your CPD", f"You were drawn. Share your log{until}.", url, by))
    rule = entry.register.rules.cpd_on(on)
    for year in years_to_declare(entry, on):
        url = reverse("recognition:declare", args=number)
        by = due_on(year, rule.declare_by) if rule else None
        why = _declare_by(by, on)
        found.append(Next(f"Declare your CPD of {year}", why, url, by))
    return found


def _declare_by(by: date | None, on: date) -> str:
    if by is None:
        return "It takes two minutes."
    when = f"It is due by {by:%-d %B %Y}." if by >= on else f"It was due on {by:%-d %B %Y}."
    return f"{when} It takes two minutes."


# --- declarations of a register -----------------------------------------------------------------
def declarations(
    register: Register, year: int, *, words: str = "", what: str = "", sort: str = "name"
) -> QuerySet[Entry]:
    """Everybody who stands and owes the year's declaration, or has made it. `what` narrows it:
    "missing", "made", "late", "no" or "corrected"."""
    rule = register.rules.cpd_on(timezone.localdate())
    due = due_on(year, rule.declare_by) if rule else date(year, 12, 31)
    away = rule.not_audited if rule else ()
    asked = standing(register).exclude(award__state__in=away)
    owing = Q(pk__in=asked.values("pk"), admitted_on__lte=due)
    found = (
        Entry.objects.filter(register=register)
        .annotate(said=FilteredRelation("declarations", condition=Q(declarations__year=year)))
        .filter(owing | Q(said__isnull=False))
        .select_related("award", "body")
    )
    narrow = {
        "missing": Q(said__isnull=True),
        "made": Q(said__isnull=False),
        "late": Q(said__made_at__date__gt=F("said__due_on")),
        "no": Q(said__is_kept=False) | Q(said__is_conduct_kept=False),
        "corrected": Q(said__corrected_at__isnull=False),
    }
    if what in narrow:
        found = found.filter(narrow[what])
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(award__number__icontains=word))
    return found.order_by(*_ordered(DECLARED_SORTS, sort))


def said_by(entries: Sequence[Entry], year: int) -> list[tuple[Entry, AnnualDeclaration | None]]:
    """Each with what they declared of a year."""
    found = AnnualDeclaration.objects.filter(entry__in=entries, year=year)
    found = found.prefetch_related("earlier")
    said = {one.entry_id: one for one in found}
    return [(one, said.get(one.pk)) for one in entries]


# --- audits of a register -----------------------------------------------------------------------
def runs(register: Register) -> QuerySet[AuditRun]:
    """Newest first, with how many cases each has and how many of them wait to be read. The
    population stays in the database."""
    waits = Q(cases__state__in=TO_READ)
    return (
        AuditRun.objects.filter(register=register)
        .defer("population")
        .annotate(many=Count("cases"), to_read=Count("cases", filter=waits))
        .order_by("-year", "-pk")
    )


def audits_by_year(register: Register) -> dict[int, int]:
    """The audit of each year that has one, which no other may be made beside."""
    found = AuditRun.objects.filter(register=register).exclude(state=RunState.ABANDONED)
    return dict(found.values_list("year", "pk"))


def readable(register: Register, user: User) -> QuerySet[AuditCase]:
    """The cases somebody may read, as on the page of one: never their own or a colleague's, and
    those of their own bodies alone where all they do is ratify."""
    roles = Membership.objects.live().filter(user=user).values("organisation")
    work = Employment.objects.current().filter(technician__account=user).values("organisation")
    with_them = Employment.objects.current().filter(
        Q(organisation__in=roles) | Q(organisation__in=work)
    )
    found = (
        AuditCase.objects.filter(run__register=register)
        .exclude(entry__award__technician__account=user)
        .exclude(entry__award__technician__in=with_them.values("technician"))
    )
    if rules.reads_all(Actor.of(user), register):
        return found
    return found.filter(entry__body__in=roles)


def cases(
    register: Register,
    user: User,
    *,
    words: str = "",
    state: str = "",
    year: str = "",
    waits: str = "",
    sort: str = "due",
) -> QuerySet[AuditCase]:
    """The cases of a register, narrowed and sorted. `waits`: "us" for what the register has to do
    next, "them" for what the person has."""
    found = (
        readable(register, user)
        .select_related("entry__award__technician", "entry__body", "run", "share")
        .defer("run__population")
    )
    if state:
        found = found.filter(state=state)
    if year.isdigit() and len(year) == 4:
        found = found.filter(run__year=int(year))
    if waits == "us":
        found = found.filter(state__in=(*TO_READ, CaseState.TIME_ASKED))
    if waits == "them":
        theirs = (CaseState.NOTIFIED, CaseState.RESUBMIT, CaseState.DEFERRED)
        found = found.filter(state__in=theirs)
    for word in words.split()[:8]:
        found = found.filter(
            Q(entry__name__icontains=word) | Q(entry__award__number__icontains=word)
        )
    return found.order_by(*_ordered(CASE_SORTS, sort))


def committee(register: Register, user: User) -> QuerySet[AuditCase]:
    """What the committee has to decide, what it decided and waits for, and what is to be lifted."""
    last_chance = Q(state=CaseState.DEFERRED, referred_at__isnull=False)
    here = Q(state=CaseState.COMMITTEE) | last_chance | SUSPENDED | TO_LIFT
    return cases(register, user).filter(here).order_by("state", "due_on", "pk")


# Suspended for it still, and not by another door out of it or away for good.
SUSPENDED = Q(state=CaseState.SUSPENDED, entry__award__state=SUSPENDED_STATE)
TO_LIFT = Q(state=CaseState.ACCEPTED, entry__award__state=SUSPENDED_STATE)


def decidable(register: Register) -> Q:
    """Whose case the committee can decide: they stand, or are suspended for this already."""
    return Q(entry__in=standing(register)) | Q(entry__award__state=SUSPENDED_STATE)


def decidable_among(register: Register, found: Iterable[AuditCase]) -> set[int]:
    """The keys of those."""
    keys = [one.pk for one in found]
    here = AuditCase.objects.filter(decidable(register), pk__in=keys)
    return set(here.values_list("pk", flat=True))


def for_us(register: Register, user: User, on: date) -> QuerySet[AuditCase]:
    """What waits for the register by a day; nothing that cannot be done now."""
    ours = Q(state__in=(*TO_READ, CaseState.TIME_ASKED))
    to_decide = Q(state=CaseState.COMMITTEE) & decidable(register)
    to_end = SUSPENDED & Q(due_on__lt=on)
    found = readable(register, user).filter(ours | to_decide | to_end | TO_LIFT)
    return found.select_related("entry__award")


def waiting(register: Register, user: User) -> dict[str, int]:
    """How many cases wait for whom, for the registrar's desk."""
    found = readable(register, user)
    return found.aggregate(
        to_read=Count("pk", filter=Q(state=CaseState.SUBMITTED)),
        second_look=Count("pk", filter=Q(state=CaseState.DOUBTED)),
        time_asked=Count("pk", filter=Q(state=CaseState.TIME_ASKED)),
        committee=Count("pk", filter=Q(state=CaseState.COMMITTEE)),
    )


# --- how it ended -------------------------------------------------------------------------------
OUTCOMES: dict[str, Sequence[str]] = {
    "Accepted": (CaseState.ACCEPTED,),
    "Not met": (CaseState.FAILED, CaseState.COMMITTEE, CaseState.SUSPENDED, CaseState.REMOVED),
    "Not answered": (CaseState.SILENT,),
    "More time given": (CaseState.DEFERRED,),
    "Left the register": (CaseState.CLOSED,),
    "Under way": (
        CaseState.SELECTED, CaseState.NOTIFIED, CaseState.TIME_ASKED, CaseState.SUBMITTED,
        CaseState.RESUBMIT, CaseState.DOUBTED,
    ),
}  # fmt: skip


def outcomes(run: AuditRun) -> dict[str, int]:
    """True counts of how the cases of a run stand."""
    counts = dict(run.cases.order_by().values_list("state").annotate(many=Count("pk")))
    return {
        title: sum(counts.get(state, 0) for state in states) for title, states in OUTCOMES.items()
    }


def published(run: AuditRun) -> ProtectedList:
    """The same as it may leave the registrar's desk: once nothing is under way."""
    found = outcomes(run)
    closed = run.state == RunState.ANNOUNCED and not found.pop("Under way")
    return protect_list(found, policy=WORKFORCE, closed=closed)


# --- one case -----------------------------------------------------------------------------------
def is_unreached(case: AuditCase) -> bool:
    """Whether they would have been asked by now, had anybody an address of theirs."""
    waits = case.state == CaseState.SELECTED and case.run.state == RunState.ANNOUNCED
    return waits and not anywhere(case.entry)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a case: when, what, by whom."""

    at: date
    words: str
    who: str


VERBS = {
    "cpd-audit.notify": "Asked to show their CPD",
    "cpd-audit.submit": "Shared their year",
    "cpd-audit.ask-for-time": "Asked for more time",
    "cpd-audit.give-time": "More time given",
    "cpd-audit.refuse-time": "No more time given",
    "cpd-audit.refuse-time-again": "No more time given",
    "cpd-audit.fall-silent": "Did not answer",
    "cpd-audit.accept": "Accepted",
    "cpd-audit.ask-again": "Asked again",
    "cpd-audit.doubt": "Found not met: waits for a second look",
    "cpd-audit.fail": "Found not met on a second look",
    "cpd-audit.refer": "Passed to the committee",
    "cpd-audit.give-last-chance": "A last chance given",
    "cpd-audit.suspend": "Suspended",
    "cpd-audit.remove": "Removed",
    "cpd-audit.close": "Closed: left the register",
}


def steps_of(case: AuditCase) -> list[Step]:
    """What happened to a case, the oldest first, from its audit events."""
    told = list(AuditEvent.objects.about(case).order_by("at", "pk"))
    people = [one.actor for one in told if one.actor]
    names = {
        one.person_id: one.get_full_name() for one in User.objects.filter(person_id__in=people)
    }
    return [
        Step(
            timezone.localdate(one.at),
            VERBS.get(one.verb, one.verb),
            names.get(one.actor, "somebody") if one.actor else "by this site",
        )
        for one in told
    ]


def _ordered(sorts: Mapping[str, tuple[Order, ...]], sort: str) -> Sequence[Order]:
    fields = sorts[sort.removeprefix("-")]
    return [_reversed(one) for one in fields] if sort.startswith("-") else fields


def _reversed(field: Order) -> Order:
    if isinstance(field, str):
        return f"-{field}"
    return OrderBy(field.expression, descending=True, nulls_last=True)
