"""Reminders of stages that are due: by the clock once each, by an officer's hand at any time."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.impact.charters import mails, queries, rules
from benchside.impact.charters.deadlines import Rulebook
from benchside.impact.models import Cycle, CycleReminder
from benchside.impact.models.reminders import BY_HAND

LATE, WEEK = "late", timedelta(days=7)
HAND_AGAIN = timedelta(days=1)  # an officer who presses twice sends once


def remind_now(*, actor: Actor, cycle: Cycle) -> int:
    """Write to leads and deputies now. Returns to how many. Raises Denied; Refused where nothing
    is awaited, nobody can be written to, or it was done within a day."""
    with acting("cycle.remind", actor=actor, subject=cycle.signatory, may=rules.can_remind) as act:
        if not queries.open_cycles().filter(pk=cycle.pk).exists():
            raise Refused("Nothing is awaited for this stage.")
        since = timezone.now() - HAND_AGAIN
        if cycle.reminders.filter(key=BY_HAND, sent_at__gte=since).exists():
            raise Refused("They were reminded within a day.", "Wait until tomorrow.")
        people = mails.due(cycle, title="")
        if not people:
            raise Refused("Nobody leads it there.", "Hand the organisation over to somebody first.")
        CycleReminder.objects.create(
            cycle=cycle, key=BY_HAND, due_on=cycle.due_on, people=people, sent_by=actor.person_id
        )
        act.note(stage=cycle.stage, people=people)
    return people


def send_reminders(today: date) -> int:
    """All that have come due up to today and were not sent for that day, the nearest alone: who is
    reminded for the first time two months before gets one letter, not three."""
    sent = 0
    books: dict[int, Rulebook] = {}
    waiting = queries.open_cycles().select_related("signatory__charter", "signatory__organisation")
    for cycle in waiting.order_by("due_on", "pk"):
        charter = cycle.signatory.charter
        book = books.setdefault(charter.pk, queries.rulebook(charter))
        sent += _remind(cycle, book, today)
    return sent


def _remind(cycle: Cycle, book: Rulebook, today: date) -> bool:
    due = cycle.due_on
    reached = [(one.key, one.title) for one, day in book.on(due).reminders_for(due) if day <= today]
    if due < today:
        reached.append((LATE, ""))
    if not reached:
        return False
    with transaction.atomic():
        made = [
            CycleReminder.objects.get_or_create(cycle=cycle, key=key, due_on=due)
            for key, _ in reached
        ]
        last, is_new = made[-1]
        if not is_new or (last.key == LATE and today - due > WEEK * 8):
            return False
        last.people = mails.due(cycle, title=reached[-1][1])
        last.save(update_fields=["people"])
    return True
