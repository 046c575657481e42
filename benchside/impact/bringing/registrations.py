"""What this part offers the others, registered at start-up."""

from functools import partial

from django.urls import reverse

from benchside.core.registries import WorkspaceTab, personal_data_exports, workspace_tabs
from benchside.impact.bringing import importer, tasks
from benchside.impact.bringing.personal import NAMES
from benchside.organisations import roles

__all__ = ["importer", "register", "tasks"]  # named, so that both are known from the start


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


def register() -> None:
    workspace_tabs.register(TAB)
    personal_data_exports.register(NAMES)
