"""What files of plans put into a workspace: a sheet, and a file that waits."""

from collections.abc import Sequence
from functools import partial

from django.urls import reverse

from benchside.core.registries import ToDo, ToDoSource, WorkspaceTab
from benchside.core.sitting import Sitting
from benchside.impact.enums import FileState
from benchside.impact.models import PlanFile
from benchside.organisations import roles


def _address(name: str, slug: str) -> str:
    return reverse(f"impact:{name}", args=[slug])


TAB = WorkspaceTab(
    key="impact.bringing",
    area="impact",
    title="Bring your plan",
    url=partial(_address, "bring_in"),
    roles=frozenset(roles.with_right(roles.KEEP_PLAN)),
    order=45,
)


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    if not sitting.has_one_of(roles.with_right(roles.KEEP_PLAN)):
        return []
    waiting = PlanFile.objects.filter(
        plan__organisation=sitting.organisation_id, state=FileState.OPEN
    )
    file = waiting.select_related("plan").defer("tables").first()
    if file is None:
        return []
    return [
        ToDo(
            title=f"Finish bringing in {file.filename}",
            why=f"It holds “{file.plan.title}”, and nothing of it is in yet.",
            do="Go on with it",
            url=reverse("impact:bring_read", args=[sitting.slug, file.key]),
            order=32,
        )
    ]


TO_DO = ToDoSource(key="impact.bringing", things=things_to_do)
