"""What this part offers the others, registered at start-up."""

from collections.abc import Sequence

from django.urls import reverse

from benchside.core.imports import importers
from benchside.core.registries import (
    ToDo,
    ToDoSource,
    WorkspaceTab,
    measures,
    todo_sources,
    workspace_tabs,
)
from benchside.core.sitting import Sitting
from benchside.organisations import roles
from benchside.organisations.models import Organisation
from benchside.recognition.bringing import registered, tasks
from benchside.recognition.bringing.importing import ENTRIES
from benchside.recognition.bringing.measures import every

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
        ends = "registration ends" if count == 1 else "registrations end"
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


TO_DO = ToDoSource(key="recognition.registrations", things=things_to_do)


def register() -> None:
    importers.register(ENTRIES)
    workspace_tabs.register(TAB)
    todo_sources.register(TO_DO)
    for measure in every():
        measures.register(measure)
