"""The days of a charter as calendars: its windows for everybody, a lead's own days for a lead."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from benchside.core.ics import AllDay, calendar
from benchside.impact.charters import queries
from benchside.impact.charters.deadlines import Reminder, months_on, round_key
from benchside.impact.models import Charter, Cycle, Signatory

AHEAD, BEHIND = 36, 12  # months


def windows(charter: Charter, today: date) -> str:
    """Every window from a year ago to three years ahead."""
    book = queries.rulebook(charter)
    first, last = months_on(today, -BEHIND), months_on(today, AHEAD)
    begins, rules = max(one for one in book.sets if one[0] <= today or one == book.sets[0])
    days = rules.windows_between(first, last)
    page = f"{settings.BASE_URL}{reverse('impact:charter', args=[charter.slug])}"
    entries = [
        AllDay(
            uid=f"window-{charter.slug}-{round_key(day)}@{_host()}",
            sequence=0,
            changed_at=datetime.combine(begins, time.min, UTC),
            first=day,
            last=day,
            title=f"{charter.name}: self-assessments are taken in until today",
            url=page,
        )
        for day in days
    ]
    return calendar(charter.name, entries, made_by=settings.SITE_NAME)


def own(signatory: Signatory) -> str:
    """The days of one signatory: each open stage, and what should be happening before it."""
    book = queries.rulebook(signatory.charter)
    entries = [
        entry
        for cycle in queries.open_cycles().filter(signatory=signatory).order_by("stage")
        for entry in _of(cycle, signatory, book.on(cycle.due_on).reminders_for(cycle.due_on))
    ]
    name = f"{signatory.charter.name}: {signatory.organisation.name}"
    return calendar(name, entries, made_by=settings.SITE_NAME)


def _of(
    cycle: Cycle, signatory: Signatory, reminders: list[tuple[Reminder, date]]
) -> Iterator[AllDay]:
    path = reverse(
        "impact:inside_charter", args=[signatory.organisation.slug, signatory.charter.slug]
    )
    moved = [one for one in (cycle.extended_at, cycle.overridden_at) if one is not None]
    days = [("due", f"Stage {cycle.stage} is due", cycle.due_on)]
    days += [(one.key, one.title, day) for one, day in reminders]
    for key, title, day in sorted(days, key=lambda each: each[2]):
        yield AllDay(
            uid=f"stage-{cycle.pk}-{key}@{_host()}",
            sequence=len(moved),
            changed_at=max(moved, default=signatory.began_at),
            first=day,
            last=day,
            title=f"{title}: {signatory.charter.name}",
            words=f"Stage {cycle.stage}, due on {cycle.due_on:%d/%m/%Y}.",
            url=f"{settings.BASE_URL}{path}",
        )


def _host() -> str:
    return str(urlsplit(settings.BASE_URL).hostname)
