"""What this part offers the others, registered at start-up."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from benchside.accounts.enums import Purpose
from benchside.accounts.models import Invitation
from benchside.accounts.offers import NO, Offer, offers
from benchside.core.imports import importers
from benchside.core.registries import (
    Panel,
    Plain,
    Subscription,
    ToDo,
    ToDoSource,
    WorkspaceTab,
    measures,
    panels,
    subscriptions,
    todo_sources,
    workspace_tabs,
)
from benchside.core.sitting import Sitting
from benchside.organisations import roles
from benchside.organisations.models import Organisation
from benchside.people.actions import note_refusal
from benchside.people.enums import ClaimAnswer
from benchside.recognition.bringing import claiming, letters, registered, tasks
from benchside.recognition.bringing.importing import ENTRIES
from benchside.recognition.bringing.measures import every, of_each_register
from benchside.recognition.events import ENTRY_CHANGED
from benchside.recognition.models import Entry, Fee

__all__ = ["register", "tasks"]  # named, so that what goes by the clock is known early


def _inside(slug: str) -> str:
    return reverse("recognition:registrations", args=[slug])


TAB = WorkspaceTab(
    key="recognition.registrations",
    area="recognition",
    title="Registrations",
    url=_inside,
    roles=frozenset(roles.with_right(roles.SEE_STAFF)),
    order=35,
)


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    """For those who keep the staff list: fees they were asked to pay, and what ends soon."""
    if not sitting.has_one_of(roles.with_right(roles.KEEP_STAFF)):
        return []
    here = Organisation(pk=sitting.organisation_id, slug=sitting.slug, kind=sitting.kind)
    found: list[ToDo] = []
    if count := registered.waiting(here).count():
        asks = "technician asks" if count == 1 else "technicians ask"
        found.append(
            ToDo(
                title="Fees you are asked to pay",
                why=f"{count} {asks} you to pay the fee of a register.",
                do="Answer",
                url=_inside(here.slug),
                order=36,
            )
        )
    keys = registered.standards()
    if count := registered.ends_soon(registered.named(here, keys=keys), keys=keys).count():
        ends = "registration is over or ends" if count == 1 else "registrations are over or end"
        found.append(
            ToDo(
                title="Registrations to renew",
                why=f"{count} {ends} within {registered.SOON} days.",
                do="See whose",
                url=f"{_inside(here.slug)}?due=yes",
                order=37,
            )
        )
    return found


# --- one's own page -------------------------------------------------------------------------------
def own_fees(number: str, _: uuid.UUID | None) -> Mapping[str, Any] | None:
    """Nothing for whoever owes nothing."""
    if not Fee.objects.filter(entry__award__number=number, state__in=registered.UNSETTLED).exists():
        return None
    words = "What is owed, and whom you can ask to pay it."
    return {"heading": "Fees", "things": [("What you owe", words, reverse("recognition:my_fees"))]}


OWN = Panel(
    key="recognition.fees",
    place="recognition.my_entry",
    title="Fees",
    template="recognition/registers/panels/links.html",
    context=own_fees,
    order=15,
)


def when_entry_changed(payload: Mapping[str, Plain]) -> None:
    """Who is hidden is known to nobody who holds an older letter either."""
    hidden = Entry.objects.filter(pk=int(str(payload["entry_id"])), is_hidden=True)
    letters.close_letters(list(hidden.values_list("award__number", flat=True)))


HIDDEN = Subscription(
    key="recognition.letters_of_hidden", event=ENTRY_CHANGED.key, handle=when_entry_changed
)


# --- the letter by which somebody comes to their entry --------------------------------------------
def landing(invitation_id: int) -> str:
    number = Invitation.objects.get(pk=invitation_id).about.removeprefix(letters.KIND)
    return reverse("recognition:my_registration", args=[number])


def accepted(invitation_id: int, person_id: uuid.UUID) -> None:
    claiming.take_up_entry(invitation_id=invitation_id, person_id=person_id)


OFFER = Offer(
    key=f"{Purpose.CLAIM}:{letters.KIND.removesuffix(':')}",
    accepted=accepted,
    landing=landing,
    letter="recognition/your_entry",
    page="recognition/bringing/claim.html",
    refusals=((ClaimAnswer.NOT_ME.value, ClaimAnswer.NOT_ME.label), *NO),
    declined=note_refusal,
)
TO_DO = ToDoSource(key="recognition.registrations", things=things_to_do)


def register() -> None:
    importers.register(ENTRIES)
    workspace_tabs.register(TAB)
    todo_sources.register(TO_DO)
    subscriptions.register(HIDDEN)
    panels.register(OWN)
    offers.register(OFFER)
    for measure in every():
        measures.register(measure)
    measures.source(of_each_register)
