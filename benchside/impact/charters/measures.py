"""The figures charters publish of one organisation: what is due, and what is late."""

import datetime

from django.db.models import Q, QuerySet

from benchside.core.registries import Measure, Measured
from benchside.impact.charters.deadlines import months_on
from benchside.impact.enums import SignatoryState
from benchside.impact.models import Cycle

AHEAD = 12  # months


def _waiting(organisation_id: int, on: datetime.date) -> QuerySet[Cycle] | None:
    """Stages for which nothing was sent in by a day; None for an organisation that had none."""
    theirs = Cycle.objects.filter(
        signatory__organisation=organisation_id,
        signatory__announced_on__lte=on,
        signatory__state__in=(SignatoryState.ANNOUNCED, SignatoryState.LEFT),
    ).exclude(signatory__left_on__lte=on)
    if not theirs.exists():
        return None
    not_sent = Q(submission__isnull=True) | Q(submission__submitted_at__isnull=True)
    return theirs.filter(not_sent | Q(submission__submitted_at__date__gt=on)).exclude(
        closed_at__date__lte=on
    )


def due(organisation_id: int, on: datetime.date) -> Measured | None:
    waiting = _waiting(organisation_id, on)
    if waiting is None:
        return None
    soon = waiting.filter(due_on__gte=on, due_on__lte=months_on(on, AHEAD))
    return Measured(value=soon.count())


def late(organisation_id: int, on: datetime.date) -> Measured | None:
    waiting = _waiting(organisation_id, on)
    return None if waiting is None else Measured(value=waiting.filter(due_on__lt=on).count())


MEASURES = tuple(
    Measure(
        key=f"impact.self_assessments_{key}",
        title=title,
        unit="self-assessments",
        policy="",  # of documents, not of people
        observe=observe,
        order=order,
    )
    for key, title, observe, order in (
        ("due", "Self-assessments due within a year", due, 70),
        ("late", "Self-assessments that are late", late, 71),
    )
)
