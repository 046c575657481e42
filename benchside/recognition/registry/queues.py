"""What waits at a registrar's desk, queue by queue. Other parts register theirs: CPD, hidden ones.

All queues of applications are read from one list of what is under way, so that the desk asks the
database as often for a thousand as for one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Max, Prefetch
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.enums import SubmissionState
from benchside.assessment.models import Seat
from benchside.core.models.audit import AuditEvent
from benchside.core.registries import Registry
from benchside.recognition.models import (
    RegisterApplication,
)
from benchside.recognition.registers import queries as registers
from benchside.recognition.registry.queries import Desk

UNDER_WAY = (
    SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW, SubmissionState.MORE_ASKED,
    SubmissionState.REVIEWED, SubmissionState.RECOMMENDED, SubmissionState.APPEALED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what and whose, since when, until when it should be done, and where."""

    title: str
    what: str
    url: str
    since: date
    due: date | None = None

    def days(self, today: date) -> int:
        return (today - self.since).days

    def is_late(self, today: date) -> bool:
        return self.due is not None and self.due < today


@dataclass
class Reader:
    """One desk, and what was read for it once."""

    desk: Desk
    today: date = field(default_factory=timezone.localdate)

    def due(self, state: str, since: date) -> date | None:
        days = self.desk.register.rules.target_days(state)
        return None if days is None else since + timedelta(days=days)

    @cached_property
    def applications(self) -> list[RegisterApplication]:
        """Everything sent in and not over, with what is asked of it below; never one's own."""
        found = RegisterApplication.objects.filter(register=self.desk.register)
        found = found.exclude(submission__technician__account=self.desk.user)
        under = found.filter(submission__state__in=UNDER_WAY)
        unpaid = found.filter(
            submission__state=SubmissionState.APPROVED,
            admitted_at__isnull=True,
        ).filter(registers.LIVE)
        both = under | unpaid
        if not self.desk.runs and self.desk.bodies is not None:
            both = both.filter(body__in=self.desk.bodies)
        seats = Prefetch("submission__seats", queryset=Seat.objects.only("state", "due_on",
                         "number", "submission_id"))  # fmt: skip
        both = both.select_related("submission__version", "submission__technician", "body")
        both = both.prefetch_related(
            seats, "fees", "submission__interviews", "submission__decisions", "submission__requests"
        )
        return list(both.order_by("submission__submitted_at", "pk"))

    @cached_property
    def moved(self) -> dict[str, datetime]:
        """When each of them came into the state it is in, as the trail has it."""
        keys = [str(one.submission_id) for one in self.applications]
        events = AuditEvent.objects.filter(
            subject_type="assessment.Submission", subject_id__in=keys, detail__has_key="to"
        )
        return dict(events.order_by().values_list("subject_id").annotate(last=Max("at")))

    def since(self, one: RegisterApplication) -> date:
        moment = self.moved.get(str(one.submission_id)) or one.submission.submitted_at
        return timezone.localdate(moment) if moment else self.today

    def row(self, one: RegisterApplication, what: str, *, target: str = "") -> Waiting:
        since = self.since(one)
        holder = one.submission.technician
        return Waiting(
            title=holder.name if holder else one.number,
            what=what or f"{one.number}, through {one.body}",
            url=reverse("assessment:case", args=[one.submission.key]),
            since=since,
            due=self.due(target or one.submission.state, since),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """`waiting(reader)` gives what waits in it. `for_second`: the second person has it too.
    `for_desk`: the desk has to do something, not the person, or the clock."""

    key: str
    title: str
    waiting: Callable[[Reader], Iterable[Waiting]]
    for_second: bool = False
    conduct: bool = False
    for_desk: bool = True
    order: int = 0


queues: Registry[Queue] = Registry("queues of a registrar's desk")


def queues_of(desk: Desk) -> list[Queue]:
    """Those that somebody may see."""
    return [
        one
        for one in queues
        if (desk.runs or (one.for_second and desk.seconds))
        and (desk.sees_conduct or not one.conduct)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A queue on the desk: how many wait, since when the oldest, how many are late."""

    queue: Queue
    count: int
    oldest: int | None
    late: int


def lines(desk: Desk) -> list[Line]:
    reader = Reader(desk)
    found = []
    for one in queues_of(desk):
        rows = list(one.waiting(reader))
        oldest = max((row.days(reader.today) for row in rows), default=None)
        late = sum(row.is_late(reader.today) for row in rows)
        found.append(Line(one, len(rows), oldest, late))
    return found


def how_many_wait(desk: Desk) -> int:
    """How many applications, entries and concerns the desk has to do something about."""
    reader = Reader(desk)
    found = (one.waiting(reader) for one in queues_of(desk) if one.for_desk)
    return len({row.url for rows in found for row in rows})
