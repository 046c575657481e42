"""What equipment offers other rooms, registered at start-up."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.urls import reverse

from benchside.core.registries import (
    PagePurge,
    Plain,
    ToDo,
    ToDoSource,
    WorkspaceTab,
    page_purges,
    todo_sources,
    workspace_tabs,
)
from benchside.core.sitting import Sitting
from benchside.organisations import roles
from benchside.organisations.enums import MemberRole
from benchside.organisations.equipment import files, queries, search, states
from benchside.organisations.equipment.events import EQUIPMENT_CHANGED
from benchside.organisations.events import STAFF_CHANGED
from benchside.organisations.models import Organisation
from benchside.people.events import PROFILE_CHANGED

__all__ = ["files", "register", "search", "states"]  # named, so that their offers are known
SHOWING_IT = ("/equipment*", "/search/*", "/api/v1/equipment*", "/sitemap.xml")
KEEPERS = frozenset({*roles.with_right(roles.KEEP_EQUIPMENT), MemberRole.CHAMPION.value})


def address(slug: str, name: str = "equipment") -> str:
    return reverse(f"organisations:{name}", args=[slug])


TAB = WorkspaceTab(
    key="organisations.equipment", area="visibility", title="Equipment", url=address, order=40
)


def pages_showing(payload: Mapping[str, Plain], *, pages: Sequence[str]) -> Iterable[str]:
    return pages


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    """For those who keep equipment: what is in nobody's hands."""
    if not sitting.has_one_of(KEEPERS):
        return []
    if not (count := queries.nobody_runs(Organisation(pk=sitting.organisation_id))):
        return []
    return [
        ToDo(
            title=f"Say who runs {count} item{'' if count == 1 else 's'}",
            why="Nobody is named with them, so nobody who needs them knows whom to ask.",
            do="See them",
            url=f"{address(sitting.slug)}?nobody=yes",
            order=60,
        )
    ]


def register() -> None:
    workspace_tabs.register(TAB)
    todo_sources.register(ToDoSource(key="organisations.equipment", things=things_to_do))
    for event, key in (
        (EQUIPMENT_CHANGED, "equipment"),
        (PROFILE_CHANGED, "equipment.people"),
        (STAFF_CHANGED, "equipment.staff"),
    ):
        page_purges.register(
            PagePurge(
                key=f"organisations.{key}",
                event=event.key,
                addresses=partial(pages_showing, pages=SHOWING_IT),
            )
        )
