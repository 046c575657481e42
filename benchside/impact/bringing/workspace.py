"""What files of plans put into a workspace: a sheet, and a file that waits."""

import uuid
from collections.abc import Sequence
from functools import partial

from django.urls import reverse

from benchside.core.registries import ToDo, ToDoSource, WorkspaceTab
from benchside.impact.enums import FileState
from benchside.impact.models import PlanFile
from benchside.organisations import roles
from benchside.organisations.models import Membership


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


def things_to_do(organisation_id: int, viewer_id: uuid.UUID) -> Sequence[ToDo]:
    mine = Membership.objects.live().filter(
        organisation=organisation_id,
        user__person_id=viewer_id,
        role__in=roles.with_right(roles.KEEP_PLAN),
    )
    waiting = PlanFile.objects.filter(plan__organisation=organisation_id, state=FileState.OPEN)
    file = waiting.select_related("plan__organisation").defer("tables").first()
    if file is None or not mine.exists():
        return []
    return [
        ToDo(
            title=f"Finish bringing in {file.filename}",
            why=f"It holds “{file.plan.title}”, and nothing of it is in yet.",
            do="Go on with it",
            url=reverse("impact:bring_read", args=[file.plan.organisation.slug, file.key]),
            order=32,
        )
    ]


TO_DO = ToDoSource(key="impact.bringing", things=things_to_do)
