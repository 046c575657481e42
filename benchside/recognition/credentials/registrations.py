"""What this part offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from benchside.assessment.events import AWARD_CHANGED, STANDARD_PUBLISHED
from benchside.assessment.models import Award
from benchside.core.registries import (
    PagePurge,
    PersonalDataExport,
    Plain,
    Subscription,
    WorkspaceTab,
    own_todos,
    page_purges,
    personal_data_exports,
    subscriptions,
    todo_sources,
    workspace_tabs,
)
from benchside.recognition.credentials import forgetting, states, tasks, words
from benchside.recognition.credentials.actions import keep_in_step
from benchside.recognition.credentials.designs import DESIGNS, badge_designs
from benchside.recognition.events import CREDENTIALS_CHANGED, ENTRY_CHANGED
from benchside.recognition.registry.queues import queues

__all__ = ["register", "states", "tasks"]  # named, so that what goes by the clock is known early


def when_award_changed(payload: Mapping[str, Plain]) -> None:
    for award in Award.objects.filter(pk=int(str(payload["award_id"]))):
        keep_in_step(award=award)


def when_entry_changed(payload: Mapping[str, Plain]) -> None:
    """A new name on the register is a new badge."""
    for award in Award.objects.filter(entry=int(str(payload["entry_id"]))):
        keep_in_step(award=award)


def when_credentials_changed(payload: Mapping[str, Plain]) -> None:
    """What was signed a moment ago needs nobody to sign it."""
    if payload["what"] not in {"signed", "lists"}:
        tasks.sign_soon()


LISTENERS = (
    Subscription(
        key="recognition.credentials_entry", event=ENTRY_CHANGED.key, handle=when_entry_changed
    ),
    Subscription(key="recognition.credentials", event=AWARD_CHANGED.key, handle=when_award_changed),
    Subscription(
        key="recognition.credentials_signed",
        event=CREDENTIALS_CHANGED.key,
        handle=when_credentials_changed,
    ),
)


def pages(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/credentials/*", "/.well-known/did.json")


PURGES = tuple(
    PagePurge(key=f"recognition.credentials.{event}", event=event, addresses=pages)
    for event in (CREDENTIALS_CHANGED.key, ENTRY_CHANGED.key, STANDARD_PUBLISHED.key)
)


def _inside(slug: str) -> str:
    return reverse("recognition:inside_credentials", args=[slug])


TAB = WorkspaceTab(
    key="recognition.credentials", area="recognition", title="Credentials", url=_inside, order=60
)


FORGETTING = PersonalDataExport(
    key="recognition.credentials",
    title="Credentials",
    export=forgetting.export,
    erase=forgetting.erase,
    order=300,
)


def register() -> None:
    for design in DESIGNS:
        badge_designs.register(design)
    for listener in LISTENERS:
        subscriptions.register(listener)
    for purge in PURGES:
        page_purges.register(purge)
    workspace_tabs.register(TAB)
    queues.register(words.QUEUE)
    own_todos.register(words.OWN)
    todo_sources.register(words.INSIDE)
    personal_data_exports.register(FORGETTING)
