"""What this part offers the others, registered at start-up."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from benchside.core.registries import (
    Panel,
    measures,
    own_desks,
    panels,
    personal_data_exports,
)
from benchside.recognition.cpd import queries, states, tasks
from benchside.recognition.cpd.enums import CaseState
from benchside.recognition.cpd.exports import EXPORT
from benchside.recognition.cpd.measures import MEASURES
from benchside.recognition.cpd.own import DESKS, UPKEEP
from benchside.recognition.models import Entry
from benchside.recognition.registers.upkeep import upkeep
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
    things = [(one.title, one.why, one.url) for one in waits]
    if entry and entry.declarations.exists():
        url = reverse("recognition:declare", args=[number])
        things.append(("Your declarations", "What you said of each year.", url))
    things.append(
        ("Your CPD log", "What you learn as you work. Yours alone.", reverse("people:cpd"))
    )
    return {"heading": "Your learning", "things": things}


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
    for one in queries.for_us(register, reader.desk.user, reader.today):
        moved = one.decided_at or one.referred_at or one.submitted_at or one.notified_at
        since = timezone.localdate(moved)
        yield Waiting(
            title=f"{one.entry.award.number} {one.entry.name}",
            what=WHAT.get(one.state, one.get_state_display()),
            url=reverse("recognition:cpd_case", args=[register.slug, one.pk]),
            since=since,
            due=reader.due("asked", since),
        )


WHAT: dict[str, str] = {
    CaseState.SUSPENDED: "Suspended, and no answer by the day: the committee decides",
    CaseState.ACCEPTED: "Their CPD was accepted: the suspension is to be lifted",
}
CASES = Queue(key="cpd", title="CPD to be read or decided", waiting=cases, order=195)


def register() -> None:
    renewal_checks.register(CHECK)
    panels.register(OWN)
    own_desks.register(DESKS)
    upkeep.register(UPKEEP)
    queues.register(CASES)
    for measure in MEASURES:
        measures.register(measure)
    personal_data_exports.register(EXPORT)
