"""What this part offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping

from benchside.assessment.events import AWARD_CHANGED, STANDARD_PUBLISHED
from benchside.core.registries import PagePurge, Plain, Subscription, page_purges, subscriptions
from benchside.recognition.entries import names
from benchside.recognition.events import ENTRY_CHANGED
from benchside.recognition.models import Entry


def when_award_changed(payload: Mapping[str, Plain]) -> None:
    for entry in Entry.objects.filter(award=int(str(payload["award_id"]))):
        names.refresh(entry)


LISTENERS = (
    Subscription(key="recognition.entries", event=AWARD_CHANGED.key, handle=when_award_changed),
)


def pages_of_registers(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/registers/*", "/api/v1/registers*", "/sitemap.xml")


PURGES = tuple(
    PagePurge(key=f"recognition.entries.{event}", event=event, addresses=pages_of_registers)
    for event in (AWARD_CHANGED.key, ENTRY_CHANGED.key, STANDARD_PUBLISHED.key)
)


def register() -> None:
    for listener in LISTENERS:
        subscriptions.register(listener)
    for purge in PURGES:
        page_purges.register(purge)
