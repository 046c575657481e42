"""What this part offers the others, registered at start-up."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from benchside.core.registries import Panel, measures, panels, personal_data_exports
from benchside.recognition.cpd import queries, states, tasks
from benchside.recognition.cpd.enums import TO_READ, CaseState
from benchside.recognition.cpd.exports import EXPORT
from benchside.recognition.cpd.measures import MEASURES
from benchside.recognition.models import AuditCase, Entry
from benchside.recognition.registry.checks import Missing, RenewalCheck, renewal_checks
from benchside.recognition.registry.queues import Queue, Reader, Waiting, queues

__all__ = ["register", "states", "tasks"]  # named, so that tables and clocks are known early


def undeclared(entry: Entry, _: date) -> Missing | None:
    """A renewal waits for the declarations that are open."""
    today = timezone.localdate()
    for year in queries.years_to_declare(entry, today):
        url = reverse("recognition:declare", args=[entry.award.number])
        return Missing(f"Declare your CPD of {year}.", url)
    return None


CHECK = RenewalCheck(key="cpd.declared", title="CPD", missing=undeclared, order=30)


def own_links(number: str, _: UUID | None) -> Mapping[str, Any] | None:
    entry = (
        Entry.objects.select_related("award__version", "register")
        .filter(award__number=number)
        .first()
    )
    waits = queries.next_things(entry, timezone.localdate()) if entry else []
    log = ("Your CPD log", "What you learn as you work. Yours alone.", reverse("people:cpd"))
    things = [(one.title, one.why, one.url) for one in waits]
    return {"heading": "Your learning", "things": [*things, log]}


OWN = Panel(
    key="recognition.cpd",
    place="recognition.my_entry",
    title="Your learning",
    template="recognition/registers/panels/links.html",
    context=own_links,
    order=20,
)


def cases(reader: Reader) -> Iterator[Waiting]:
    register = reader.desk.register
    found = AuditCase.objects.filter(run__register=register, state__in=FOR_US)
    for one in found.select_related("entry__award"):
        moved = one.referred_at or one.submitted_at or one.notified_at
        since = timezone.localdate(moved)
        yield Waiting(
            title=f"{one.entry.award.number} {one.entry.name}",
            what=one.get_state_display(),
            url=reverse("recognition:cpd_case", args=[register.slug, one.pk]),
            since=since,
            due=reader.due("asked", since),
        )


FOR_US = (*TO_READ, CaseState.TIME_ASKED, CaseState.COMMITTEE)
CASES = Queue(key="cpd", title="CPD to be read", waiting=cases, order=195)


def register() -> None:
    renewal_checks.register(CHECK)
    panels.register(OWN)
    queues.register(CASES)
    for measure in MEASURES:
        measures.register(measure)
    personal_data_exports.register(EXPORT)
