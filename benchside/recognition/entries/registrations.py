"""What this part offers the others, registered at start-up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from benchside.assessment.awarding.joining import move_awards
from benchside.assessment.awarding.offers import AwardHome, award_homes
from benchside.assessment.events import AWARD_CHANGED, STANDARD_PUBLISHED
from benchside.assessment.models import Award
from benchside.core.registries import (
    PagePurge,
    Panel,
    Plain,
    Subscription,
    page_purges,
    panels,
    personal_data_exports,
    subscriptions,
)
from benchside.people.joining import movers
from benchside.people.models import Technician
from benchside.recognition.entries import names, queries, seals, tasks
from benchside.recognition.entries.forgetting import OURS
from benchside.recognition.entries.publishing import published, readable
from benchside.recognition.enums import AskedState
from benchside.recognition.events import ENTRY_CHANGED
from benchside.recognition.models import Entry, Register
from benchside.recognition.registry.actions import can_be_renewed
from benchside.recognition.registry.mails import anywhere
from benchside.recognition.registry.queues import Queue, Reader, Waiting, queues

__all__ = ["register", "tasks"]  # named, so that what goes by the clock is known early


def when_award_changed(payload: Mapping[str, Plain]) -> None:
    found = Entry.objects.filter(award=int(str(payload["award_id"])))
    for entry in found:
        names.refresh(entry)
    seals.seal_new_events(found)


LISTENERS = (
    Subscription(key="recognition.entries", event=AWARD_CHANGED.key, handle=when_award_changed),
)


def pages_of_registers(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/registers/*", "/api/v1/registers*", "/sitemap.xml")


PURGES = tuple(
    PagePurge(key=f"recognition.entries.{event}", event=event, addresses=pages_of_registers)
    for event in (AWARD_CHANGED.key, ENTRY_CHANGED.key, STANDARD_PUBLISHED.key)
)


def seal_joined(kept: Technician, gone: Technician) -> None:
    """Entries whose holder's two records become one are another record's, and sealed as such. The
    engine moves awards too, before this or after: the order of movers is nobody's promise."""
    move_awards(kept, gone)
    for entry in Entry.objects.filter(award__technician=kept):
        seals.seal(entry)


# --- whose awards these are ---------------------------------------------------------------------
def covers(standard: str) -> bool:
    return Register.objects.filter(standard=standard).exists()


def url_of(award: Award) -> str:
    register = Register.objects.get(standard=award.version.key)
    return reverse("recognition:entry", args=[register.slug, award.number])


def renew_url_of(award: Award) -> str:
    return reverse("recognition:renew_entry", args=[award.number])


def readers_of(award: Award) -> Sequence[str]:
    """The person, by their account or the work address their employer's list has."""
    entry = Entry.objects.select_related("award__technician__account").filter(award=award).first()
    address = anywhere(entry) if entry else ""
    return [address] if address else []


def can_renew(award: Award) -> bool:
    entry = Entry.objects.select_related("award__version").filter(award=award).first()
    return entry is not None and can_be_renewed(entry)


def public_name_of(award: Award) -> str | None:
    """As the register has it, and as far as it is published."""
    entry = readable(Entry.objects.filter(award=award)).first()
    shown = published(entry) if entry else None
    return shown.name if shown else None


HOME = AwardHome(
    key="recognition.entries",
    covers=covers,
    url=url_of,
    renew_url=renew_url_of,
    write_to=readers_of,
    public_name=public_name_of,
    can_renew=can_renew,
)


# --- one's own page -----------------------------------------------------------------------------
def own_links(number: str, _: UUID | None) -> Mapping[str, Any]:
    shown = reverse("recognition:my_shown", args=[number])
    return {
        "heading": "What is shown",
        "things": [
            ("What the register shows of you", "Area, employer, earlier names; or nothing.", shown)
        ],
    }


OWN = Panel(
    key="recognition.entries",
    place="recognition.my_entry",
    title="What is shown",
    template="recognition/registers/panels/links.html",
    context=own_links,
    order=30,
)


# --- the registrar's desk -----------------------------------------------------------------------
def hiding(reader: Reader) -> Iterator[Waiting]:
    register = reader.desk.register
    found = queries.requests_kept(register, reader.desk.user).filter(state=AskedState.OPEN)
    for one in found:
        since = timezone.localdate(one.made_at)
        yield Waiting(
            title=f"{one.entry.award.number} {one.entry.name}",
            what="Asks to be shown again" if one.wants_shown else "Asks to be shown to nobody",
            url=reverse("recognition:hiding_answer", args=[register.slug, one.pk]),
            since=since,
            due=reader.due("asked", since),
        )


HIDING = Queue(key="hiding", title="Asks to be hidden, or shown again", waiting=hiding, order=125)


def register() -> None:
    movers.append(seal_joined)
    personal_data_exports.register(OURS)
    panels.register(OWN)
    queues.register(HIDING)
    award_homes.register(HOME)
    for listener in LISTENERS:
        subscriptions.register(listener)
    for purge in PURGES:
        page_purges.register(purge)
