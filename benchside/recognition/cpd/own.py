"""What this part has for somebody's own space: CPD they read or decide on, and what waits of their
own."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.awarding.queries import state_of
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Reviewer
from benchside.assessment.rules import standards_of
from benchside.core.actions import Actor
from benchside.core.registries import OwnSource, ToDo
from benchside.recognition.cpd import queries
from benchside.recognition.cpd.committee_moves import SUSPENDED_STATE
from benchside.recognition.cpd.enums import TO_READ, CaseState, RunState
from benchside.recognition.cpd.rules import MAY_RUN
from benchside.recognition.models import Entry, Register
from benchside.recognition.registers.upkeep import Due, Upkeep

COUNTED = 5  # registers whose cases are counted for somebody's first page


def desks(user: User) -> Sequence[ToDo]:
    """Each register with an audit whose cases they read, or decide on for a body."""
    reads, decides = _read_by(user), standards_of(Actor.of(user), DutyKind.RATIFY)
    found = [_reading(one, user) for one in _audited(reads)]
    return found + [_committee(one, user) for one in _audited(decides - reads)]


def _read_by(user: User) -> set[str]:
    """The standards whose registers somebody runs, or assesses for."""
    reviewer = Reviewer.objects.filter(user=user, is_active=True).first()
    return standards_of(Actor.of(user), *MAY_RUN) | set(reviewer.standards if reviewer else ())


def _audited(standards: set[str]) -> QuerySet[Register]:
    asked = Register.objects.filter(audit_runs__state=RunState.ANNOUNCED, standard__in=standards)
    return asked.distinct().order_by("name")[:COUNTED]


def _reading(register: Register, user: User) -> ToDo:
    """Nobody takes the second look at what they doubted themselves."""
    found = queries.readable(register, user).filter(state__in=TO_READ)
    own = found.filter(state=CaseState.DOUBTED, doubted_by=user.person_id).count()
    count = found.count() - own
    url = reverse("recognition:cpd_cases", args=[register.slug])
    return ToDo(
        title=f"CPD to read: {register.name}",
        why=f"{count} to read." if count else "Nothing to read now.",
        do="Read it" if count else "See the cases",
        url=f"{url}?waits=us" if count else url,
        order=30,
    )


def _committee(register: Register, user: User) -> ToDo:
    today = timezone.localdate()
    waits = queries.for_us(register, user, today).exclude(
        state__in=(*TO_READ, CaseState.TIME_ASKED)
    )
    count = waits.count()
    return ToDo(
        title=f"CPD the committee decides on: {register.name}",
        why=f"{count} to decide." if count else "Nothing to decide now.",
        do="See the cases",
        url=reverse("recognition:cpd_committee", args=[register.slug]),
        order=30,
    )


DESKS = OwnSource(key="recognition.cpd", things=desks)


# --- one's own entry ------------------------------------------------------------------------------
def learning(entry: Entry, today: date) -> Iterator[Due]:
    """What was asked of their CPD, while it can cost them their place: not on a break, and not once
    they have left."""
    state, rule = entry.award.state, entry.register.rules.cpd_on(today)
    if rule is None or state in rule.not_audited:
        return
    if state_of(entry.award).stands or state == SUSPENDED_STATE:
        for one in queries.next_things(entry, today):
            yield Due(one.title, one.why, one.url, one.by)


UPKEEP = Upkeep(key="cpd.learning", due=learning, order=30)
