"""Reading what the reports of a register are made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from benchside.assessment.awarding.queries import state_of
from benchside.assessment.enums import SeatState, SubmissionState
from benchside.assessment.models import Reviewer
from benchside.assessment.reviewing.queries import is_trained
from benchside.core.disclosure import ProtectedTable
from benchside.recognition.models import Entry, EqualityAnswer, Register, RegisterApplication
from benchside.recognition.registry import outcomes
from benchside.recognition.registry.actions.equality import FIELDS
from benchside.recognition.registry.enums import AgeBand, Disability, Ethnicity, Sex
from benchside.recognition.registry.outcomes import Decided, Times

QUESTIONS = {
    "sex": ("Sex", Sex),
    "age_band": ("Age", AgeBand),
    "ethnicity": ("Ethnic group", Ethnicity),
    "disability": ("Disability", Disability),
}
ENDED = {
    SubmissionState.APPROVED: outcomes.APPROVED,
    SubmissionState.DECLINED: outcomes.DECLINED,
    SubmissionState.WITHDRAWN: outcomes.LEFT,
    SubmissionState.EXPIRED: outcomes.LEFT,
}
YEARS_BACK = 3


def decided(register: Register, until: date) -> list[Decided]:
    """Applications that were sent in and were over by a day, of the last three years."""
    since = until - timedelta(days=366 * YEARS_BACK)
    found = RegisterApplication.objects.filter(
        register=register,
        submission__state__in=list(ENDED),
        submission__submitted_at__isnull=False,
        submission__closed_at__date__range=(since, until),
    ).select_related("submission__version", "equality")
    return [_decided(one) for one in found]


def _decided(one: RegisterApplication) -> Decided:
    submission = one.submission
    way = submission.version.standard.route(submission.route)
    sent, closed = submission.submitted_at, submission.closed_at
    days = (closed - sent).days if sent and closed else 0
    return Decided(
        route=way.title if way else submission.route,
        outcome=ENDED[SubmissionState(submission.state)],
        days=days,
        groups=_groups(getattr(one, "equality", None)),
    )


def _groups(answer: EqualityAnswer | None) -> dict[str, str]:
    if answer is None:
        return {}
    said = {name: getattr(answer, name) for name in FIELDS}
    return {name: str(QUESTIONS[name][1](value).label) for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Report:
    """Everything of the page of outcomes: a table each, and how long decisions took by route."""

    until: date
    tables: list[tuple[str, ProtectedTable]]
    times: list[tuple[str, Times]]


def report(register: Register, today: date | None = None) -> Report:
    until = outcomes.quarter_end(today or timezone.localdate())
    found = decided(register, until)
    routes = sorted({one.route for one in found})
    tables = [("Route", outcomes.by_route(found, routes))]
    for key, (title, choices) in QUESTIONS.items():
        labels = [str(label) for label in choices.labels]
        tables.append((title, outcomes.by_group(found, key, labels)))
    times = [("All routes", outcomes.times(one.days for one in found))]
    times += [
        (route, outcomes.times(one.days for one in found if one.route == route)) for route in routes
    ]
    return Report(
        until,
        [(title, one) for title, one in tables if one is not None],
        [(title, one) for title, one in times if one is not None],
    )


# --- assessors ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody trained for a register: their load, the level they are registered at themselves,
    and what speaks against asking them."""

    reviewer: Reviewer
    load: int
    done: int
    late: int
    registered_as: str
    warnings: tuple[str, ...]


def level_number(level: str) -> int:
    """The number in a level's name, as in "RQF level 3"; 0 where there is none."""
    found = re.search(r"\d+", level)
    return int(found.group()) if found else 0


def assessors(register: Register) -> list[Assessor]:
    """All of a register, by name."""
    today = timezone.localdate()
    seats = "user__seats"
    here = Q(**{f"{seats}__submission__version__key": register.standard})
    is_open = Q(**{f"{seats}__state__in": (SeatState.INVITED, SeatState.ACCEPTED)})
    found = Reviewer.objects.select_related("user").annotate(
        load=Count(seats, filter=is_open, distinct=True),
        done=Count(
            seats, filter=here & Q(**{f"{seats}__state": SeatState.SUBMITTED}), distinct=True
        ),
        late=Count(
            seats, filter=here & is_open & Q(**{f"{seats}__due_on__lt": today}), distinct=True
        ),
    )
    ours = [one for one in found.order_by("user__name", "pk") if register.standard in one.standards]
    held = _entries_of(ours)
    return [_assessor(register, one, held.get(one.user_id, [])) for one in ours]


def _entries_of(found: Sequence[Reviewer]) -> dict[int, list[Entry]]:
    people = [one.user_id for one in found]
    held: dict[int, list[Entry]] = {}
    entries = Entry.objects.filter(award__technician__account__in=people)
    for one in entries.select_related("award__version", "award__technician", "register"):
        technician = one.award.technician
        if technician is not None and technician.account_id is not None:
            held.setdefault(technician.account_id, []).append(one)
    return held


def _assessor(register: Register, reviewer: Reviewer, held: list[Entry]) -> Assessor:
    standing = [one for one in held if state_of(one.award).stands]
    highest = max(standing, key=lambda one: level_number(one.register.rules.level), default=None)
    load = int(getattr(reviewer, "load", 0))
    return Assessor(
        reviewer=reviewer,
        load=load,
        done=int(getattr(reviewer, "done", 0)),
        late=int(getattr(reviewer, "late", 0)),
        registered_as=f"{highest.register.letters}, {highest.register.rules.level}"
        if highest
        else "",
        warnings=tuple(_warnings(register, reviewer, highest, load)),
    )


def _warnings(
    register: Register, reviewer: Reviewer, highest: Entry | None, load: int
) -> Iterator[str]:
    if not reviewer.is_active:
        yield "Is not asked any more"
    if reviewer.trained_on is None:
        yield "No training is written down"
    if not is_trained(reviewer) and reviewer.refresh_by:
        yield f"Training was to be refreshed by {reviewer.refresh_by:%-d %B %Y}"
    wanted = level_number(register.rules.level)
    if highest is None:
        yield "Is on no register here"
    elif level_number(highest.register.rules.level) < wanted:
        yield f"Is registered below {register.rules.level}"
    if load >= reviewer.most:
        yield f"Has {load} already, and takes {reviewer.most}"
