"""Who can be drawn: entries that stand today, less those it would be wrong to ask now."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from benchside.assessment.models import StandardVersion
from benchside.recognition.cpd.enums import SETTLED, CaseState, RunState, Stratum
from benchside.recognition.cpd.sampling import ALL, Member
from benchside.recognition.models import AuditCase, Entry, Register
from benchside.recognition.registers.shapes import CpdRule
from benchside.recognition.registry.mails import anywhere

ON_BREAK, UNDER_AUDIT, FORGOTTEN = "on a break", "in an audit already", "asked to be forgotten"
TOO_NEW, UNREACHED = "not on the register for all of that time", "without an address for letters"
# Silent last time; or suspended for it and standing again, for which somebody else had a reason.
NOT_SHOWN = (CaseState.SILENT, CaseState.SUSPENDED)
BANDS = ((2, "under 2 years"), (5, "2 to 5 years"))
LONGEST = "5 years and more"


@dataclass(frozen=True, slots=True)
class Population:
    """Who can be drawn, and how many of those on the register were left out, by reason."""

    members: Sequence[Member]
    left_out: dict[str, int]


def standing(register: Register) -> QuerySet[Entry]:
    """Entries whose award stands now, as the file of its own version has it."""
    stands = Q(pk__in=())
    for version in StandardVersion.objects.filter(key=register.standard):
        states = version.standard.award.states if version.standard.award else ()
        keys = [one.key for one in states if one.stands]
        stands |= Q(award__version=version, award__state__in=keys)
    return Entry.objects.filter(register=register).filter(stands)


def population_of(
    register: Register, rule: CpdRule, *, on: date, since: date, strata: Sequence[str]
) -> Population:
    """All who can be drawn today for CPD from `since` on, those silent last time for certain."""
    busy = _latest_cases(register)
    found = standing(register).select_related(
        "body", "award__technician__account", "award__submission"
    )
    routes = _routes_of(register)
    members, left_out = [], Counter[str]()
    for entry in found.order_by("award__number").iterator(chunk_size=2000):
        if why := _left_out(entry, rule, busy, since):
            left_out[why] += 1
            continue
        members.append(
            Member(
                number=entry.award.number,
                stratum=" · ".join(_parts(entry, on, strata, routes)) or ALL,
                is_certain=busy.get(entry.pk) in NOT_SHOWN,
            )
        )
    return Population(members, dict(left_out))


def _left_out(entry: Entry, rule: CpdRule, busy: dict[int, str], since: date) -> str:
    """Why an entry is not asked; nothing when it may be."""
    if entry.admitted_on > since:
        return TOO_NEW
    if entry.award.state in rule.not_audited:
        return ON_BREAK
    if busy.get(entry.pk, CaseState.ACCEPTED) not in {*SETTLED, *NOT_SHOWN}:
        return UNDER_AUDIT
    technician = entry.award.technician
    if technician is None or technician.erased_at:
        return FORGOTTEN
    # Silence is held against people: nobody is asked who cannot be told.
    return "" if anywhere(entry) else UNREACHED


def _latest_cases(register: Register) -> dict[int, str]:
    """The state of the newest case of each entry, by the entry's key."""
    told = AuditCase.objects.filter(run__register=register).exclude(run__state=RunState.ABANDONED)
    return dict(told.order_by("run__year", "pk").values_list("entry_id", "state"))


def _routes_of(register: Register) -> dict[str, str]:
    """Titles of routes, those of the newest version first."""
    versions = StandardVersion.objects.filter(key=register.standard).order_by("valid_from")
    return {one.key: one.title for version in versions for one in version.standard.routes}


def _parts(
    entry: Entry, on: date, strata: Sequence[str], routes: Mapping[str, str]
) -> Iterator[str]:
    if Stratum.BODY in strata:
        yield _one_line(entry.body.name)
    if Stratum.ROUTE in strata:
        taken = entry.award.submission.route if entry.award.submission else ""
        yield _one_line(routes.get(taken, taken) or "route not known")
    if Stratum.YEARS in strata:
        years = (on - entry.admitted_on).days / 365.25
        yield next((name for limit, name in BANDS if years < limit), LONGEST)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:100] or "not named"
