"""Reminders: once before a day, once after it, never again."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from benchside.assessment.enums import SeatState, SubmissionState
from benchside.assessment.models import Seat
from benchside.assessment.reviewing import mails
from benchside.core.schedule import daily
from benchside.core.tasks import task

BEFORE = timedelta(days=7)
OPEN = (SeatState.INVITED, SeatState.ACCEPTED)
# Not while more is asked for: nobody can hand in then.
READING = (SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW)


@daily(at="07:10")
@task(attempts=3)
def remind_reviewers() -> None:
    """Whoever has a week left or less is told once; whoever is late, once more."""
    today = timezone.localdate()
    found = Seat.objects.filter(state__in=OPEN, submission__state__in=READING)
    late = found.filter(due_on__lt=today, chased_at__isnull=True)
    soon = found.filter(_soon(today), reminded_at__isnull=True)
    _once(late.values_list("pk", flat=True), "chased_at", mails.overdue)
    _once(soon.values_list("pk", flat=True), "reminded_at", mails.due_soon)


def _soon(today: date) -> Q:
    return Q(due_on__gte=today, due_on__lte=today + BEFORE)


def _once(keys: Iterable[int], column: str, send: Callable[[Seat], None]) -> None:
    """Mark and send together: a job that is killed, or two at once, send each letter once."""
    for pk in list(keys):
        with transaction.atomic():
            held = Seat.objects.filter(pk=pk, **{f"{column}__isnull": True})
            if held.update(**{column: timezone.now()}):
                send(Seat.objects.select_related("user", "submission__version").get(pk=pk))
